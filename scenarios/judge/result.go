package judge

import (
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// Result is what the judge says of one playing of a scenario.
type Result struct {
	Scenario string             `json:"scenario"`
	Title    string             `json:"title"`
	Section  string             `json:"section"`
	Severity scenarios.Severity `json:"severity"`
	Faults   []string           `json:"faults,omitempty"`
	Mode     scenarios.Mode     `json:"mode"`

	Verdict Verdict `json:"verdict"`
	// Reason says in a sentence why the verdict is not Passed.
	Reason string `json:"reason,omitempty"`
	// DecidedBy is the outcome that the reason tells of, if it is of one.
	DecidedBy *OutcomeKey `json:"decidedBy,omitempty"`
	// Deviations are what of the service is otherwise than the runbook has it while nothing
	// is broken, a line each.
	Deviations []string `json:"deviations,omitempty"`
	// Unsound says why nothing follows of a Failed attempt but the definite
	// evidence: what its verdict would be without that. Empty where all of it counts.
	Unsound string `json:"unsound,omitempty"`
	// Discarded is a first attempt that decided nothing while the host stalled; this
	// one was played afterwards, alone.
	Discarded *Attempt `json:"discarded,omitempty"`

	Began time.Time     `json:"began"`
	Took  time.Duration `json:"took"`
	// Detect is the time from the injection until the first documented signal
	// was seen, Recover the time from the healing until everything that must
	// hold afterwards was seen. Nil where nothing was.
	Detect  *time.Duration `json:"detect,omitempty"`
	Recover *time.Duration `json:"recover,omitempty"`

	// Signals are the same for each way in which an operator learns of it.
	Signals map[Signal]Times `json:"signals,omitempty"`
	// Impact answers the runbook's "Assess Impact".
	Impact *Impact `json:"impact,omitempty"`
	// Latencies are the times of the load's requests, so that runs can be compared.
	Latencies []Latencies `json:"latencies,omitempty"`

	Outcomes       []Outcome      `json:"outcomes"`
	WitnessReports []WitnessCheck `json:"witnessReports,omitempty"`
	Answers        []Answer       `json:"answers,omitempty"`
	// Remedies are what was done of the runbook's, in order.
	Remedies []RemedyDone   `json:"remedies,omitempty"`
	Claims   []ClaimOutcome `json:"claims"`
	// Advice lists the inferred checks that did not hold, and the properties that nobody
	// could check.
	Advice []string `json:"advice,omitempty"`

	// Overloaded says that the attempt decided nothing while the host stalled.
	Overloaded bool `json:"overloaded,omitempty"`
}

// Definite reports whether a result has definite evidence in it.
func (r Result) Definite() bool {
	return slices.ContainsFunc(r.Outcomes, func(o Outcome) bool { return o.Definite })
}

// Attempt is what became of one playing of a scenario.
type Attempt struct {
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason"`
}

// String gives the verdict and its reason.
func (a Attempt) String() string { return string(a.Verdict) + ": " + a.Reason }

// Outcome is what became of one expectation.
type Outcome struct {
	Phase scenarios.Phase `json:"phase"`
	Stage int             `json:"stage,omitempty"`
	// ID is the expectation's in its phase and stage, Expectation how it reads.
	ID          string `json:"id"`
	Expectation string `json:"expectation"`
	// Invariant says which one it is of those that hold over every answer; empty for
	// an expectation of the scenario's own.
	Invariant Invariant       `json:"invariant,omitempty"`
	Basis     scenarios.Basis `json:"basis"`
	Claims    []string        `json:"claims,omitempty"`

	Held bool `json:"held"`
	// Contained says that it did not hold and need not: the service contains
	// by other means what the fault took away.
	Contained bool `json:"contained,omitempty"`
	// Definite says that it decides, did not hold, and no slowness of the host
	// explains it.
	Definite bool `json:"definite,omitempty"`
	// Reason says why it did not hold.
	Reason string `json:"reason,omitempty"`
	// FailingSince is when the first observation began from which on it did not hold,
	// up to the last one; of what must hold of every answer, the first that did not.
	FailingSince time.Time             `json:"failingSince,omitzero"`
	Observations int                   `json:"observations"`
	Last         scenarios.Observation `json:"last"`
	// After is the time from the injection, the healing or the beginning of
	// the phase until what holds was first seen, corrected by half of Gap, the
	// pause between two observations in which it came about.
	After time.Duration `json:"after,omitempty"`
	Gap   time.Duration `json:"gap,omitempty"`
	// NotBefore and NotAfter are the window, counted from the moment that the
	// expectation names, outside of which it would not have held.
	NotBefore time.Duration `json:"notBefore,omitempty"`
	NotAfter  time.Duration `json:"notAfter,omitempty"`
	// SinceMilestone is when it came about, counted from that moment.
	SinceMilestone time.Duration `json:"sinceMilestone,omitempty"`
	// Contrast is what the same request showed in the other state of the same playing,
	// where it held; nil: nothing that can be compared was seen there.
	Contrast *Contrast `json:"contrast,omitempty"`
}

// WitnessCheck is a witness's word at one point of the course; of several in a
// row the last.
type WitnessCheck struct {
	Stage  int                  `json:"stage,omitempty"`
	Phase  scenarios.Phase      `json:"phase"`
	Want   record.Presence      `json:"want"`
	Report record.WitnessReport `json:"report"`
}

// ClaimState is what one playing says of one claim.
type ClaimState string

// The states of a claim after one playing.
const (
	ClaimHeld     ClaimState = "held"
	ClaimBroken   ClaimState = "broken"
	ClaimUntested ClaimState = "untested"
)

// ClaimOutcome is the state of one claim and why.
type ClaimOutcome struct {
	Claim  string     `json:"claim"`
	State  ClaimState `json:"state"`
	Reason string     `json:"reason,omitempty"`
	// NoSteadyState says that it is untested for want of a steady state.
	NoSteadyState bool `json:"noSteadyState,omitempty"`
	// OtherStack says that it is untested for the kind of stack alone: where another
	// playing decides the claim, this one leaves it as it is.
	OtherStack bool `json:"otherStack,omitempty"`
	// Broken are the expectations that found it broken.
	Broken []OutcomeKey `json:"broken,omitempty"`
	// CounterExample is the broken world of this very playing in which a command
	// read differently, for a claim that it holds.
	CounterExample string `json:"counterExample,omitempty"`
}
