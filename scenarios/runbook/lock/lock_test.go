package lock_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/lock"
	"github.com/runproof/runproof/scenarios/symptoms"
)

func record(t *testing.T) lock.Lock {
	t.Helper()
	run := ledger.RunResult{Began: time.Unix(0, 0)}
	run.Provenance.Runbook.Name = "/home/somebody/event-service.md"
	run.Ledger = ledger.New(runbook.Embedded().Entries(runbook.Bind(runbook.Edition())), nil, nil)
	text, err := lock.New(run, runbook.Bind(runbook.Edition()), symptoms.All()).Encode()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(text, []byte("somebody")) {
		t.Errorf("the lock tells where the runbook lies on this machine")
	}
	l, err := lock.Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestNothingMovedIsNoDrift(t *testing.T) {
	for _, f := range record(t).Drift(runbook.Bind(runbook.Edition()), symptoms.All()) {
		t.Errorf("%+v", f)
	}
}

func TestWordingAndOrderAreNoDrift(t *testing.T) {
	text := strings.Replace(string(runbook.Edition()), "Requests that need the database are answered with 503", "Clients get a 503 error", 1)
	text = strings.Replace(text, "- Venues cannot be validated.\n- Requests that need a venue are answered with 503.", "- Requests that need a venue are answered with 503.\n- Venues cannot be validated.", 1)
	for _, f := range record(t).Drift(runbook.Bind([]byte(text)), symptoms.All()) {
		t.Errorf("%+v", f)
	}
}

// TestEitherSideMoving is what the gate is for.
func TestEitherSideMoving(t *testing.T) {
	edition := string(runbook.Edition())
	for name, c := range map[string]struct {
		move func(*lock.Lock) string // what becomes of the record, and of the runbook
		want string
	}{
		"a fact": {func(*lock.Lock) string { return strings.Replace(edition, "after 30 seconds", "after 60 seconds", 1) },
			"breaker.resolution.half-open: the runbook moved and the code did not"},
		"a fact that no claim names": {func(*lock.Lock) string {
			return strings.Replace(edition, "The readiness check fails.", "The readiness check fails with 503.", 1)
		}, `database.symptom.health-failing: the runbook moved and the code did not: "503" is new`},
		"a check": {func(l *lock.Lock) string { l.Claims[20].Code = "other"; return edition },
			"the claim or its check moved and the runbook did not"},
		"both": {func(l *lock.Lock) string {
			l.Claims[20].Code, l.Claims[20].Facts = "other", []string{"x"}
			return edition
		},
			"runbook and code both moved"},
		"a new claim":  {func(l *lock.Lock) string { l.Claims = l.Claims[1:]; return edition }, "new and not on record"},
		"a lost claim": {func(l *lock.Lock) string { l.Claims = append(l.Claims, lock.Claim{ID: "x.y"}); return edition }, "x.y: the claim is on record and no longer there"},
	} {
		l := record(t)
		text := c.move(&l)
		found := l.Drift(runbook.Bind([]byte(text)), symptoms.All())
		if len(found) != 1 || !strings.Contains(found[0].Text, c.want) {
			t.Errorf("%s: %+v, want %q", name, found, c.want)
		}
	}
}

func TestDecodeRejectsWhatIsNoLock(t *testing.T) {
	for _, text := range []string{"", "{}", `{"format": 99}`, "no"} {
		if _, err := lock.Decode([]byte(text)); err == nil {
			t.Errorf("%q was taken for a lock", text)
		}
	}
}
