package scenarios

import (
	"errors"
	"fmt"
	"time"
)

// remedyKind names a cure that a runbook prescribes, by what it comes to.
type remedyKind string

// The cures. Where the runbook's command needs a cluster, the target is asked
// for what the command stands for, and the command's own claim stays untested.
const (
	// RemedyRestart ends the service gracefully and starts it again ("kubectl rollout restart").
	RemedyRestart remedyKind = "restart"
	// RemedyScale lets several processes share the requests ("kubectl scale").
	RemedyScale remedyKind = "scale"
	// RemedyFallback turns the circuit breaker's fallback on.
	RemedyFallback remedyKind = "fallback"
	// RemedyCommand runs a command of the runbook as printed.
	RemedyCommand remedyKind = "command"
)

// Remedy is one thing that the runbook tells the operator to do.
type Remedy struct {
	Kind remedyKind `json:"kind"`
	// Claim is the claim of the step that prescribes it.
	Claim string `json:"claim"`
	// Replicas is for RemedyScale.
	Replicas int `json:"replicas,omitempty"`
	// Command is for RemedyCommand.
	Command string `json:"command,omitempty"`
}

// remedyDeadline bounds one remedy: a graceful end (30 s by Kubernetes'
// default, terminationGracePeriodSeconds) and a start.
const remedyDeadline = 50 * time.Second

// Deadline bounds how long a remedy may take.
func (Remedy) Deadline() time.Duration { return remedyDeadline }

// Restart restarts the service.
func Restart(claim string) Remedy { return Remedy{Kind: RemedyRestart, Claim: claim} }

// Scale lets so many processes of the service share the requests.
func Scale(claim string, replicas int) Remedy {
	return Remedy{Kind: RemedyScale, Claim: claim, Replicas: replicas}
}

// Fallback turns the circuit breaker's fallback on.
func Fallback(claim string) Remedy { return Remedy{Kind: RemedyFallback, Claim: claim} }

// AsPrinted runs a command of the runbook as printed.
func AsPrinted(claim, command string) Remedy {
	return Remedy{Kind: RemedyCommand, Claim: claim, Command: command}
}

// String says what is done.
func (r Remedy) String() string {
	switch r.Kind {
	case RemedyScale:
		return fmt.Sprintf("scale to %d", r.Replicas)
	case RemedyCommand:
		return r.Command
	}
	return string(r.Kind)
}

func (r Remedy) validate() error {
	switch {
	case r.Claim == "":
		return fmt.Errorf("remedy %q belongs to no claim", r)
	case r.Kind == RemedyScale && r.Replicas < 2:
		return fmt.Errorf("remedy %q scales to no more than there is", r)
	case r.Kind == RemedyCommand && r.Command == "":
		return errors.New("remedy has no command")
	}
	return nil
}

// TakesServiceDown reports whether the service's process ends meanwhile.
func (r Remedy) TakesServiceDown() bool { return r.Kind == RemedyRestart }
