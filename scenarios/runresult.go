package scenarios

import (
	"fmt"
	"slices"
	"time"
)

// RunResult is a whole run: what was played, against what, and what came out.
// It is what a bundle keeps as result.json and what every report is made of.
type RunResult struct {
	// ID is the run's id, which is also the name of its bundle.
	ID    string        `json:"id"`
	Began time.Time     `json:"began"`
	Took  time.Duration `json:"took"`
	Mode  Mode          `json:"mode"`
	// Strict says that inferred checks decided as well.
	Strict bool `json:"strict,omitempty"`
	// Jobs is how many scenarios were played side by side, at most.
	Jobs       int        `json:"jobs,omitempty"`
	Exit       int        `json:"exit"`
	Provenance Provenance `json:"provenance"`
	// Results are those of the scenarios, and of the plays of the document's commands
	// that did not pass.
	Results []Result `json:"results"`
	// Trials are the commands of the document, executed as printed.
	Trials []Trial     `json:"trials,omitempty"`
	Ledger []LedgerRow `json:"ledger"`
	// Remedies are what the runbook prescribes, on trial.
	Remedies []RemedyTrial `json:"remedies,omitempty"`
	// Floor is the longest chain of waits that the runbook itself asks for.
	Floor time.Duration `json:"floor,omitempty"`
	// Unstable lists the scenarios that came out differently when repeated.
	Unstable []string `json:"unstable,omitempty"`
	// Cut says what the files of the bundle lack, because they would be too long.
	Cut []string `json:"cut,omitempty"`
	// Findings are the hazards of the document, in its order.
	Findings []Finding `json:"findings,omitempty"`
}

// Provenance says what a run was made of, so that it can be made again and
// two runs can be compared.
type Provenance struct {
	// Suite is the version of runproof.
	Suite   string     `json:"suite"`
	Target  TargetInfo `json:"target"`
	Runbook Document   `json:"runbook"`
	Stack   StackInfo  `json:"stack"`
	// Seed is what every random choice of the run was drawn from.
	Seed    int64       `json:"seed"`
	Machine MachineInfo `json:"machine"`
}

// TargetInfo says which service was tested.
type TargetInfo struct {
	ID      string `json:"id"`
	Version string `json:"version,omitempty"`
	// Digest is the SHA-256 of the binary, or the image's digest.
	Digest string `json:"digest,omitempty"`
}

// Document says which runbook was on trial.
type Document struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	// Text is the document itself, so that it can be shown with the verdicts.
	Text string `json:"text,omitempty"`
}

// StackInfo says what the service was run beside.
type StackInfo struct {
	Kind     string       `json:"kind"`
	Services []ServerInfo `json:"services,omitempty"`
}

// ServerInfo is one server of the stack.
type ServerInfo struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
	Image   string `json:"image,omitempty"`
	Digest  string `json:"digest,omitempty"`
}

// MachineInfo says where the run was made.
type MachineInfo struct {
	OS     string `json:"os"`
	Arch   string `json:"arch"`
	CPUs   int    `json:"cpus"`
	Kernel string `json:"kernel,omitempty"`
}

// Verdicts lists the verdicts of the scenarios that were played.
func (r RunResult) Verdicts() []Verdict {
	list := make([]Verdict, 0, len(r.Results))
	for _, result := range r.Results {
		list = append(list, result.Verdict)
	}
	return list
}

// ExitCode is the exit code that the run's verdicts ask for. Failed outweighs
// everything, in every mode: that of a scenario, of an arm, or a statement that
// was found FALSE, whatever found it: a scenario, a command executed as printed,
// a number that was measured. HAZARD and STALE do not fail a run.
func (r RunResult) ExitCode() int {
	code := ExitCode(r.Verdicts())
	switch {
	case code == ExitFailed, slices.ContainsFunc(r.Remedies, RemedyTrial.failed):
		return ExitFailed
	case r.Mode == Control && code != ExitPassed:
		return ExitUndecided
	case r.Mode != Control && slices.ContainsFunc(r.Ledger, func(row LedgerRow) bool { return row.Verdict == False }):
		return ExitFailed
	case len(r.Unstable) > 0 || slices.ContainsFunc(r.Remedies, func(t RemedyTrial) bool { return !t.Decided }):
		return max(code, ExitUndecided)
	}
	return code
}

// overloadedShare is the part of the scenarios, one in so many, that may need a
// second attempt before the run says that the host is overloaded.
const overloadedShare = 10

// Overloaded says that too many scenarios needed a second attempt, and what to do
// about it; empty where few or none did.
func (r RunResult) Overloaded() string {
	n := 0
	for _, result := range r.Results {
		if result.Discarded != nil {
			n++
		}
	}
	if n*overloadedShare <= len(r.Results) {
		return ""
	}
	advice := "play fewer side by side"
	if r.Jobs > 1 {
		advice = fmt.Sprintf("--jobs %d instead of %d", r.Jobs/2, r.Jobs)
	}
	return fmt.Sprintf("the host was overloaded: %d of %d scenarios needed a second attempt; propose: %s", n, len(r.Results), advice)
}
