package runbook_test

import (
	"os"
	"testing"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// Original names the environment variable with the path of the operators'
// original, which is theirs and not part of this repository.
const Original = "RUNPROOF_ORIGINAL_RUNBOOK"

// original is the operators' original, where this machine has it.
func original(t *testing.T) []byte {
	t.Helper()
	path := os.Getenv(Original)
	if path == "" {
		t.Skipf("%s names no file: the operators' original is not tried", Original)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestScenariosAreValidAndNameKnownClaims(t *testing.T) {
	ids := map[string]bool{}
	for _, s := range symptoms.All() {
		if err := s.Validate(); err != nil {
			t.Error(err)
		}
		if ids[s.ID] {
			t.Errorf("scenario %s is listed twice", s.ID)
		}
		ids[s.ID] = true
	}
	if missing := ledger.UnknownClaims(symptoms.All(), runbook.Claims()); len(missing) > 0 {
		t.Errorf("scenarios name claims that the runbook does not have: %v", missing)
	}
}

func TestClaimsAreNamedOnce(t *testing.T) {
	ids := map[string]bool{}
	for _, c := range runbook.Claims() {
		if ids[c.ID] || c.ID == "" || c.Text == "" || c.Section == "" {
			t.Errorf("claim %+v is named twice or lacks something", c)
		}
		ids[c.ID] = true
	}
}

// TestScenariosStandInSectionsOfTheClaims: a scenario of a section that no
// claim knows would be found by no filter.
func TestScenariosStandInSectionsOfTheClaims(t *testing.T) {
	sections := map[string]bool{}
	for _, c := range runbook.Claims() {
		sections[c.Section] = true
	}
	for _, s := range symptoms.All() {
		if !sections[s.Section] {
			t.Errorf("scenario %s is of section %q, which no claim names", s.ID, s.Section)
		}
	}
}

// TestEveryClaimIsMadeByTheEdition, and every statement of it is accounted for.
func TestEveryClaimIsMadeByTheEdition(t *testing.T) {
	r := runbook.Bind(runbook.Edition())
	for _, b := range r.Bindings {
		if b.State != binding.Bound {
			t.Errorf("%s is %s: %q became %q, candidates %v", b.Claim.ID, b.State, b.Old, b.New, b.Candidates)
		}
	}
	accounted(t, r)
}

// onlyInTheEdition are the claims that fixes added.
var onlyInTheEdition = map[string]bool{"health.manual.venue-status": true, "health.manual.circuit": true, "database.symptom.names-database": true}

func TestTheOriginalIsAccountedFor(t *testing.T) {
	r := runbook.Bind(original(t))
	for _, b := range r.Bindings {
		if b.State != binding.Bound && !onlyInTheEdition[b.Claim.ID] {
			t.Errorf("%s is %s: %q became %q, candidates %v", b.Claim.ID, b.State, b.Old, b.New, b.Candidates)
		}
	}
	for i, s := range r.Document.Statements {
		if n := len(r.Of(i)); n > 1 {
			t.Errorf("line %d, %q, carries %d claims", s.Line, s.Text, n)
		}
	}
	accounted(t, r)
}

// accounted fails for statements that nobody claims and nobody excuses, and
// counts the others.
func accounted(t *testing.T, r *binding.Report) {
	t.Helper()
	count := map[document.Kind][3]int{}
	for i, s := range r.Document.Statements {
		n := count[s.Kind]
		switch claims := r.Of(i); {
		case len(claims) > 0 && claims[0].Claim.Untestable == "":
			n[0]++
		case runbook.Excuse(s, claims) != "":
			n[1]++
		default:
			n[2]++
			t.Errorf("line %d: nobody claims or excuses %s %q", s.Line, s.Kind, s.Text)
		}
		count[s.Kind] = n
	}
	for _, k := range document.Kinds() {
		if n := count[k]; n != [3]int{} {
			t.Logf("%-8s %3d claimed, %3d untestable, %d unaccounted for", k, n[0], n[1], n[2])
		}
	}
}

func TestOpenTellsWhatIsWrongWithAFile(t *testing.T) {
	if _, err := runbook.Open(t.TempDir() + "/missing.md"); err == nil {
		t.Error("a missing runbook was opened")
	}
	embedded, err := runbook.Open("")
	if err != nil || len(embedded.SHA256) != 64 {
		t.Errorf("embedded edition: %+v, %v", embedded, err)
	}
}
