// Package lock keeps on record what was proven: which claim, by which
// statement of which runbook, on which target, when. A runbook or a claim that
// moves on without the other no longer fits the record.
package lock

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook/binding"
)

// FileName is the name of a lock file beside a runbook.
const FileName = "claims.lock"

// format is raised when older locks can no longer be compared.
const format = 1

// Lock is what a run proved.
type Lock struct {
	Format  int               `json:"format"`
	Runbook record.Document   `json:"runbook"`
	Target  record.TargetInfo `json:"target"`
	Suite   string            `json:"suite,omitempty"`
	Stack   string            `json:"stack,omitempty"`
	// Proven is when the run began.
	Proven time.Time `json:"proven"`
	Claims []Claim   `json:"claims"`
}

// Claim is one claim on record.
type Claim struct {
	ID      string              `json:"id"`
	Verdict ledger.ClaimVerdict `json:"verdict"`
	// Statement is the id of the statement, Facts what must not change in it.
	Statement string   `json:"statement,omitempty"`
	Facts     []string `json:"facts,omitempty"`
	// Code is the hash of the claim and of the scenarios that try it.
	Code           string   `json:"code"`
	Scenarios      []string `json:"scenarios,omitempty"`
	CounterExample string   `json:"counterExample,omitempty"`
}

// New makes the record of a run, in which the scenarios were those that try the claims.
func New(run ledger.RunResult, r *binding.Report, list []scenarios.Scenario) Lock {
	l := Lock{
		Format: format, Runbook: run.Provenance.Runbook, Target: run.Provenance.Target,
		Suite: run.Provenance.Suite, Stack: run.Provenance.Stack.Kind, Proven: run.Began.UTC().Truncate(time.Second),
	}
	// Where the document lies on this machine is nobody else's business.
	l.Runbook.Name, l.Runbook.Text = base(l.Runbook.Name), ""
	rows := map[string]ledger.Row{}
	for _, row := range run.Ledger {
		rows[row.ID] = row
	}
	for _, b := range r.Bindings {
		row := rows[b.Claim.ID]
		c := claim(b, r, list)
		c.Verdict, c.Scenarios, c.CounterExample = row.Verdict, row.Scenarios, row.CounterExample
		l.Claims = append(l.Claims, c)
	}
	return l
}

func base(name string) string {
	return name[strings.LastIndexAny(name, `/\`)+1:]
}

// claim is a claim as document and code have it now.
func claim(b binding.Binding, r *binding.Report, list []scenarios.Scenario) Claim {
	c := Claim{ID: b.Claim.ID, Code: code(b.Claim, list)}
	if b.State == binding.Bound {
		s := r.Document.Statements[b.Statement]
		c.Statement, c.Facts = s.ID, binding.Essence(s)
	}
	return c
}

// code is the hash of what a claim demands and of the scenarios that try it. Those about
// pods are left out: what is locked was proven by a run that needs no cluster.
func code(c binding.Claim, list []scenarios.Scenario) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %q\n", c.ID, c.Section, c.Facts, c.Forms, c.Untestable)
	for _, s := range list {
		if s.Pods > 0 || !slices.Contains(s.Claims(), c.ID) {
			continue
		}
		fmt.Fprintf(h, "%s\n", s.ID)
		for _, stage := range s.Stages() {
			fmt.Fprintf(h, "%s\n", stage.Fault)
			expectations(h, c.ID, stage.During)
		}
		expectations(h, c.ID, s.Steady)
		expectations(h, c.ID, s.Always)
		expectations(h, c.ID, s.After)
		for _, step := range s.Diagnosis {
			if step.Claim == c.ID {
				fmt.Fprintf(h, "%q %q %q\n", step.Command, step.Healthy, step.Faulty)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// expectations writes those of a claim with all that is sent for them: what reads
// alike, and asks with another body, is another.
func expectations(h io.Writer, id string, list []scenarios.Expectation) {
	for _, expected := range list {
		e := expected.Spec()
		if slices.Contains(e.Claims, id) {
			probe, _ := json.Marshal(e.Probe) // plain data: there is nothing in it that cannot be encoded
			fmt.Fprintf(h, "%s %s\n", e, probe)
		}
	}
}

// Encode writes a lock as the file has it.
func (l Lock) Encode() ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(l); err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	return b.Bytes(), nil
}

// Decode reads what [Lock.Encode] wrote.
func Decode(text []byte) (Lock, error) {
	var l Lock
	if err := json.Unmarshal(text, &l); err != nil {
		return l, fmt.Errorf("lock: %w", err)
	}
	if l.Format != format {
		return l, fmt.Errorf("lock: format %d, this runproof reads %d", l.Format, format)
	}
	return l, nil
}
