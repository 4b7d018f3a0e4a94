package verify

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/symptoms"
)

func options() Options {
	return Options{Stack: "auto", TargetFlags: choose.TargetFlags{Target: choose.Reference}, Jobs: 1, Repeat: 1}
}

func TestUnderstandRejectsNonsense(t *testing.T) {
	for want, spoil := range map[string]func(*Options){
		"--stack":                func(o *Options) { o.Stack = "" },
		"--target":               func(o *Options) { o.Target = "other" },
		"--jobs":                 func(o *Options) { o.Jobs = 0 },
		"--budget":               func(o *Options) { o.Budget = -1 },
		"--min-tested":           func(o *Options) { o.MinTested = 101 },
		"scenario":               func(o *Options) { o.Filter.Names = []string{"x"} },
		"runbook":                func(o *Options) { o.Runbook = "/nowhere" },
		"a choice of":            func(o *Options) { o.Lock, o.Filter.Severity = true, "P1" },
		"proves nothing":         func(o *Options) { o.Lock, o.Control = true, true },
		"root of the repository": func(o *Options) { o.Lock = true },
		"--control proves":       func(o *Options) { o.Baseline, o.Control = "/nowhere", true },
		"--accept":               func(o *Options) { o.Accept = "/nowhere" },
	} {
		o := options()
		spoil(&o)
		if _, err := o.understand(); err == nil || !strings.Contains(err.Error(), want) || exit.Code(err) != judge.ExitUsage {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestTheSeedDecidesTheOrderOfPlay(t *testing.T) {
	o := options()
	orders := map[string]bool{}
	for seed := int64(1); seed < 20; seed++ {
		o.Seed = seed
		p, err := o.understand()
		if err != nil {
			t.Fatal(err)
		}
		first, again := ids(p.inOrderOfPlay()), ids(p.inOrderOfPlay())
		if first != again {
			t.Fatalf("seed %d gives two orders", seed)
		}
		orders[first] = true
	}
	if len(orders) < 2 {
		t.Error("every seed gives the same order")
	}
}

func ids(list []scenarios.Scenario) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(s.ID + " ")
	}
	return b.String()
}

func TestDecidedIsTheShareOfTrueAndFalse(t *testing.T) {
	ledger := []ledger.Row{{Verdict: ledger.True}, {Verdict: ledger.False}, {Verdict: ledger.Untested}, {Verdict: ledger.Untested}}
	if got := decided(ledger); got != 50 {
		t.Errorf("%d %%", got)
	}
	if got := decided(nil); got != 0 {
		t.Errorf("an empty ledger is decided to %d %%", got)
	}
}

func TestAnUnwritableOutputDirectoryIsAUsageError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o := options()
	o.Out = filepath.Join(file, "below")
	p, err := o.understand()
	if err != nil {
		t.Fatal(err)
	}
	var coded *exit.Error
	if _, err := bundle.CreateBelow(p.Out, p.id, p.text); !errors.As(err, &coded) || coded.Code != judge.ExitUsage {
		t.Errorf("%v", err)
	}
}

// TestAChangedFactIsNeverTrue plays nothing: the scenarios are said to have
// held. What the runbook changed is STALE all the same, and only that.
func TestAChangedFactIsNeverTrue(t *testing.T) {
	changed := strings.Replace(string(runbook.Edition()), "half-open after 30 seconds", "half-open after 60 seconds", 1)
	var held []judge.Result
	for _, s := range symptoms.All() {
		r := judge.Result{Scenario: s.ID}
		for _, id := range s.Claims() {
			r.Claims = append(r.Claims, judge.ClaimOutcome{Claim: id, State: judge.ClaimHeld})
			for _, c := range runbook.CounterExamples()[id] {
				if c.Scenario == s.ID {
					r.Outcomes = append(r.Outcomes, judge.Outcome{
						Phase: c.Phase, Stage: c.Stage, ID: c.Expectation, Basis: scenarios.Documented, Claims: []string{id}, Held: true,
					})
				}
			}
		}
		held = append(held, r)
	}
	verdicts := func(text string) map[string]ledger.ClaimVerdict {
		byID := map[string]ledger.ClaimVerdict{}
		for _, row := range ledger.New(runbook.Embedded().Entries(runbook.Bind([]byte(text))), held, runbook.CounterExamples()) {
			if row.ID != "" {
				byID[row.ID] = row.Verdict
			}
		}
		return byID
	}
	before, after := verdicts(string(runbook.Edition())), verdicts(changed)
	for id, v := range before {
		want := v
		if id == "breaker.resolution.half-open" {
			want = ledger.Stale
			if v != ledger.True {
				t.Errorf("%s is %s before", id, v)
			}
		}
		if after[id] != want {
			t.Errorf("%s is %s, want %s", id, after[id], want)
		}
	}
}

func TestWhatNobodyCanDecideIsNotMissed(t *testing.T) {
	ledger := []ledger.Row{{Verdict: ledger.True}, {Verdict: ledger.Untested, Claim: ledger.Claim{Untestable: "of people"}}, {Verdict: ledger.Stale}}
	if got := decided(ledger); got != 50 {
		t.Errorf("%d %%", got)
	}
}
