package verify

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// shop is a service that somebody runs, and what it was asked.
type shop struct {
	*httptest.Server
	status int // of the list of orders

	mu    sync.Mutex
	asked []string
}

func openShop(t *testing.T, status int) *shop {
	s := &shop{status: status}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked = append(s.asked, strings.TrimSpace(r.Method+" "+r.URL.Path+" "+r.Header.Get("X-Customer")))
		switch {
		case r.URL.Path == "/readyz":
			_, _ = w.Write([]byte(`{"status":"ok"}`))
		case r.Method == http.MethodPost:
			w.WriteHeader(http.StatusCreated)
			_, _ = w.Write([]byte(`{"id":1}`))
		default:
			w.WriteHeader(s.status)
			_, _ = w.Write([]byte(`{"orders":[]}`))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

const shopRunbook = "# Shop\n\n## Health\n\n- `/readyz` answers with 200.\n- `GET /v1/orders` answers with 200.\n- `POST /v1/orders` answers with 201.\n- `/readyz` fails with 503.\n"

const shopClaims = `claims:
  - {id: health.statement.ready, section: Health, text: it is ready, facts: [/readyz, "200"], words: [answers]}
  - {id: health.statement.list, section: Health, text: it lists, facts: [GET, /v1/orders, "200"], words: [answers]}
  - {id: health.statement.place, section: Health, text: it creates, facts: [POST, /v1/orders, "201"], words: [answers]}
  - {id: health.statement.fails, section: Health, text: it fails, facts: [/readyz, "503"], words: [fails]}
`

const shopScenarios = `scenarios:
  - id: reads
    title: what it answers
    section: Health
    severity: P3
    budget: 2m
    steady:
      - {GET: /readyz, answers: 200, proves: health.statement.ready}
      - {GET: /v1/orders, answers: 200, proves: health.statement.list}
      - {POST: /v1/orders, body: created before the fault, answers: 201, proves: health.statement.place}
  - id: breaks
    title: what it answers without a database
    section: Health
    severity: P3
    budget: 2m
    fault: {refuse: postgres}
    steady:
      - {GET: /readyz, answers: 200}
    during:
      - {GET: /readyz, answers: 503, proves: health.statement.fails}
    after:
      - {GET: /readyz, answers: 200}
`

// shopOptions are the options of a run with a shop.
func shopOptions(t *testing.T, url string) Options {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	profile, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "fixtures", "target", "testdata", "orders", "profile.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	o := options()
	o.Target, o.Tenant, o.Out = "url:"+url, "acme", filepath.Join(dir, "out")
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	o.Runbook, o.Profile = file("runbook.md", shopRunbook), file("profile.yaml", string(profile))
	o.Files.Claims, o.Files.Scenarios = []string{file("claims.yaml", shopClaims)}, []string{file("scenarios.yaml", shopScenarios)}
	return o
}

// verdicts of the scenarios and claims of the one run below the directory of bundles.
func verdicts(t *testing.T, o Options) map[string]string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(o.Out, "*", "result.json"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v: %v", found, err)
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Results []struct{ Scenario, Verdict string } `json:"results"`
		Ledger  []struct{ ID, Verdict string }       `json:"ledger"`
	}
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, result := range r.Results {
		all[result.Scenario] = result.Verdict
	}
	for _, row := range r.Ledger {
		all[row.ID] = row.Verdict
	}
	return all
}

// By hand: let Access.refuses forget what is not safe, and the shop is asked to create.
func TestAServiceThatRunsIsOnlyRead(t *testing.T) {
	s := openShop(t, http.StatusOK)
	o := shopOptions(t, s.URL)
	if err := run(t.Context(), o, &bytes.Buffer{}); exit.Code(err) != judge.ExitPassed {
		t.Fatal(err)
	}
	for _, asked := range s.asked {
		if asked != "GET /readyz" && asked != "GET /v1/orders acme" {
			t.Errorf("it was asked %q", asked)
		}
	}
	got := verdicts(t, o)
	for what, want := range map[string]string{
		"reads": string(judge.Passed), "breaks": string(judge.Unsupported),
		// Nothing was broken, so nothing shows that the checks can fail.
		"health.statement.ready": string(ledger.Untested), "health.statement.place": string(ledger.Untested), "health.statement.fails": string(ledger.Untested),
	} {
		if got[what] != want {
			t.Errorf("%s: %s, want %s", what, got[what], want)
		}
	}
}

func TestAServiceThatRunsIsChangedOnlyWhereItMay(t *testing.T) {
	s := openShop(t, http.StatusOK)
	o := shopOptions(t, s.URL)
	o.AllowDestructive = true
	if err := run(t.Context(), o, &bytes.Buffer{}); exit.Code(err) != judge.ExitPassed {
		t.Fatal(err)
	}
	if !slices.Contains(s.asked, "POST /v1/orders acme") {
		t.Errorf("it was asked %q", s.asked)
	}
}

func TestAServiceThatRunsAndBreaksItsPromiseFails(t *testing.T) {
	s := openShop(t, http.StatusInternalServerError)
	o := shopOptions(t, s.URL)
	if err := run(t.Context(), o, &bytes.Buffer{}); exit.Code(err) != judge.ExitFailed {
		t.Fatal(err)
	}
	if got := verdicts(t, o); got["reads"] != string(judge.Failed) || got["health.statement.list"] != string(ledger.False) || got["breaks"] != string(judge.Unsupported) {
		t.Errorf("%v", got)
	}
}

func TestNobodyWhoAnswersIsUndecided(t *testing.T) {
	s := openShop(t, http.StatusOK)
	o := shopOptions(t, s.URL)
	s.Close()
	if err := run(t.Context(), o, &bytes.Buffer{}); exit.Code(err) != judge.ExitUndecided || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("exit %d: %v", exit.Code(err), err)
	}
}

func TestADryRunAsksNothing(t *testing.T) {
	s := openShop(t, http.StatusOK)
	o := shopOptions(t, s.URL)
	o.DryRun = true
	var out bytes.Buffer
	if err := dryRun(o, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"read only, on behalf of acme", "GET /v1/orders\n", "not: POST /v1/orders answers 201 by 5s: changes the service", "breaks"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
	if len(s.asked) > 0 {
		t.Errorf("it was asked %q", s.asked)
	}
}
