package runbook_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/symptoms"
)

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
	if missing := scenarios.UnknownClaims(symptoms.All(), runbook.Claims()); len(missing) > 0 {
		t.Errorf("scenarios name claims that the runbook does not have: %v", missing)
	}
}

var claimComment = regexp.MustCompile(`<!-- claim: ([a-z0-9.-]+) -->`)

func TestEditionCarriesEveryClaimOnce(t *testing.T) {
	var inEdition []string
	for _, match := range claimComment.FindAllSubmatch(runbook.Edition(), -1) {
		inEdition = append(inEdition, string(match[1]))
	}
	var listed []string
	for _, c := range runbook.Claims() {
		listed = append(listed, c.ID)
	}
	slices.Sort(inEdition)
	slices.Sort(listed)
	if !slices.Equal(inEdition, listed) {
		t.Errorf("claims of the edition and of the code differ:\nedition %v\ncode    %v", inEdition, listed)
	}
}

func TestSectionsOfClaimsAndScenariosAreHeadingsOfTheEdition(t *testing.T) {
	sections := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?m)^## (.+)$`).FindAllSubmatch(runbook.Edition(), -1) {
		sections[string(match[1])] = true
	}
	for _, c := range runbook.Claims() {
		if !sections[c.Section] {
			t.Errorf("claim %s is of section %q, which the edition lacks", c.ID, c.Section)
		}
	}
	for _, s := range symptoms.All() {
		if !sections[s.Section] {
			t.Errorf("scenario %s is of section %q, which the edition lacks", s.ID, s.Section)
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
