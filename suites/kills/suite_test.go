// Package kills puts the scenarios on trial: the reference service is broken
// on purpose, in one way at a time, and the scenarios of the claim that a
// defect breaks must fail, and say so of that claim. A suite that passes a
// broken service proves nothing about a sound one.
//
//	make defects              every defect against the scenarios of its claim,
//	                          health-steady and two more that the seed draws
//	make defects FULL=1       every defect against every scenario
//	make defects FULL=rest    the same without the cells in the user's record
//	make defects FAMILIES=1   one defect of each family, against one scenario
//
// RUNPROOF_DEFECTS names a service built with the tag "defects". What was played
// is printed. With RUNPROOF_UPDATE it is written down: every cell in the file that
// RUNPROOF_KILLS names (else runproof/kills.json in the user's cache directory),
// which is no part of the code; who catches what in KILLS.md; and the
// counter-examples of the ledger in scenarios/runbook/counterexamples.json.
package kills_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/fixtures/child"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/symptoms"
	"github.com/runproof/runproof/suites/stage"
	"github.com/runproof/runproof/suites/testbed"
)

func TestKills(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "kills")
}

// shared is the stack; its lanes run the service with the defects, which
// without the name of one is as sound as any.
var shared = stage.ForBinary("kills", os.Getenv("RUNPROOF_DEFECTS"))

// defect is what "event-service defects --output json" says of one.
type defect struct {
	Name      string `json:"name"`
	Family    string `json:"family"`
	Breaks    string `json:"breaks"`
	Latent    bool   `json:"latent"`
	Exclusive bool   `json:"exclusive,omitempty"`
	// Parts are those of the service that it replaces.
	Parts []string `json:"parts,omitempty"`
}

// options are how a lane gets the defect.
func (d defect) options() []testbed.Option {
	chosen := []testbed.Option{testbed.Arguments("--defect", d.Name)}
	if slices.Contains(d.Parts, "Migrate") {
		return append(chosen, testbed.Migrated("--defect", d.Name))
	}
	return chosen
}

// defects asks the service, once, while Ginkgo builds its tree.
var defects, defectsErr = listed(os.Getenv("RUNPROOF_DEFECTS"))

func listed(binary string) ([]defect, error) {
	if binary == "" {
		return nil, fmt.Errorf("RUNPROOF_DEFECTS names no service built with the tag \"defects\": use make defects")
	}
	text, err := child.Command(binary, "defects", "--output", "json").Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", binary, err)
	}
	var list []defect
	return list, json.Unmarshal(text, &list)
}

// fewest is how many defects there must be, at least.
const fewest = 45

var _ = It("has enough defects to try", Label("defects"), func() {
	Expect(defectsErr).NotTo(HaveOccurred())
	Expect(len(defects)).To(BeNumerically(">=", fewest))
})

// By hand: with the claim of a scenario called otherwise, it fails.
var _ = It("tries each with a scenario that must notice", Label("defects"), func() {
	for _, d := range defects {
		if !strings.HasPrefix(d.Breaks, rulePrefix) {
			Expect(slices.ContainsFunc(symptoms.All(), func(s scenarios.Scenario) bool { return notices(s, d.Breaks) })).
				To(BeTrue(), "%s: no scenario tries %s", d.Name, d.Breaks)
		}
	}
})

// By hand: with a line struck from KILLS.md, it fails.
var _ = It("knows who catches each", Label("defects"), func() {
	if os.Getenv(updateVariable) != "" {
		Skip("the table is being written, perhaps in parts")
	}
	for _, d := range defects {
		Expect(onFile.line(d.Name).caught()).To(BeTrue(), "%s is not on record: make defects %s=yes ARGS=\"--focus %s\"", d.Name, updateVariable, d.Name)
	}
})
