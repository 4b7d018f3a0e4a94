package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

const (
	scenariosDir   = "scenarios"
	definitionFile = "scenario.json"
	// EventsFile is the name of the file that has the events of a playing.
	EventsFile = "events.jsonl"
)

// Definition says what a playing was to show: the scenario as it was then. It lies
// beside the events, which name its expectations by their ids.
type Definition struct {
	Format  int            `json:"format"`
	Playing record.Playing `json:"playing"`
	Mode    scenarios.Mode `json:"mode"`
	Title   string         `json:"title"`
	Faults  []string       `json:"faults,omitempty"`
	// Expectations are those of each phase and stage; of a fault that is repeated
	// once for each time.
	Expectations []Expected `json:"expectations"`
	// Steps and Remedies are the ids of the diagnosis steps and of the remedies.
	Steps    []string `json:"steps,omitempty"`
	Remedies []string `json:"remedies,omitempty"`
	// Fingerprint is the SHA-256 of all that is above it.
	Fingerprint string `json:"fingerprint"`
}

// Expected is one expectation as it was when it was played.
type Expected struct {
	Phase scenarios.Phase `json:"phase"`
	Stage int             `json:"stage,omitempty"`
	ID    string          `json:"id"`
	Text  string          `json:"text"`
	// Deadline is in seconds.
	Deadline float64         `json:"deadline"`
	InARow   int             `json:"inARow"`
	Basis    scenarios.Basis `json:"basis"`
	Claims   []string        `json:"claims,omitempty"`
}

// Define is the definition of a scenario for one playing.
func Define(s scenarios.Scenario, p record.Playing, mode scenarios.Mode) Definition {
	d := Definition{Format: record.Format, Playing: p, Mode: mode, Title: s.Title, Faults: s.Faults(), Expectations: []Expected{}, Steps: s.StepIDs()}
	for _, phase := range []scenarios.Phase{scenarios.PhaseSteady, scenarios.PhaseAlways, scenarios.PhaseDuring, scenarios.PhaseAfter, scenarios.PhaseAudit} {
		stages := 1
		if phase == scenarios.PhaseDuring {
			stages = len(s.Stages())
		}
		for stage := range stages {
			list := s.ExpectationsOf(phase, stage)
			for i, id := range scenarios.IDs(list) {
				e := list[i].Spec()
				d.Expectations = append(d.Expectations, Expected{
					Phase: phase, Stage: stage, ID: id, Text: e.String(), Deadline: e.EffectiveDeadline().Seconds(),
					InARow: e.RequiredInARow(), Basis: e.EffectiveBasis(), Claims: e.Claims,
				})
			}
		}
	}
	for _, r := range s.Remedy {
		d.Remedies = append(d.Remedies, r.ID())
	}
	text, err := json.Marshal(d)
	if err != nil {
		panic(fmt.Sprintf("a definition is plain data: %v", err))
	}
	sum := sha256.Sum256(text)
	d.Fingerprint = hex.EncodeToString(sum[:])
	return d
}

// Unjudgeable says why what was recorded for the definition cannot be judged as a
// playing of the scenario today; empty: it can. Other words, claims, a shorter
// deadline or another basis are no reason: the same was asked, and for long enough.
func (d Definition) Unjudgeable(s scenarios.Scenario) string {
	today := Define(s, d.Playing, d.Mode)
	if !slices.Equal(d.Faults, today.Faults) {
		return fmt.Sprintf("its faults were %q, and are %q now", d.Faults, today.Faults)
	}
	for _, then := range d.Expectations {
		i := slices.IndexFunc(today.Expectations, then.same)
		switch {
		case i < 0:
			return fmt.Sprintf("an expectation is no longer known: %s: %s", then.Phase, then.Text)
		case today.Expectations[i].Deadline > then.Deadline || today.Expectations[i].InARow > then.InARow:
			return fmt.Sprintf("an expectation was not observed for as long as it is now: %s: %s", then.Phase, then.Text)
		}
	}
	for _, now := range today.Expectations {
		if !slices.ContainsFunc(d.Expectations, now.same) {
			return fmt.Sprintf("an expectation was not known then: %s: %s", now.Phase, now.Text)
		}
	}
	if !slices.Equal(d.Steps, today.Steps) || !slices.Equal(d.Remedies, today.Remedies) {
		return "its diagnosis steps or remedies were others"
	}
	return ""
}

// same reports whether two expectations are of one phase, stage and id.
func (e Expected) same(other Expected) bool {
	return e.Phase == other.Phase && e.Stage == other.Stage && e.ID == other.ID
}

// write writes the definition into the directory of its playing.
func (d Definition) write(dir string) error {
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, definitionFile), append(text, '\n'), 0o644)
}

// header is the first line of a file of events.
type header struct {
	Format int `json:"format"`
}
