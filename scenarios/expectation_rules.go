package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// String reads as the expectation does in the scenario.
func (e ExpectationSpec) String() string {
	var b strings.Builder
	b.WriteString(e.Probe.Key())
	for i, c := range e.Checks {
		if i > 0 {
			b.WriteString(" and")
		}
		if e.Probe.Kind == ProbeLog && i == 0 {
			b.Reset()
			b.WriteString("log")
		}
		b.WriteString(" " + c.Name())
	}
	fmt.Fprintf(&b, " by %s", e.EffectiveDeadline())
	if e.SinceMilestone != "" {
		fmt.Fprintf(&b, " since %s", e.SinceMilestone)
	}
	if e.NotBefore > 0 {
		fmt.Fprintf(&b, ", not before %s", e.NotBefore)
	}
	if e.RequiredInARow() > 1 {
		fmt.Fprintf(&b, ", %d times", e.RequiredInARow())
	}
	if e.RefusedLater != "" {
		fmt.Fprintf(&b, ", and %s until then: %s", statusNames(e.UntilRefused), e.RefusedLater)
	}
	return b.String()
}

// EffectiveBasis is the basis, Implied where none is set.
func (e ExpectationSpec) EffectiveBasis() Basis {
	if e.Basis == "" {
		return Implied
	}
	return e.Basis
}

// EffectiveDeadline is the deadline, defaultDeadline where none is set.
func (e ExpectationSpec) EffectiveDeadline() time.Duration {
	if e.Deadline == 0 {
		return defaultDeadline
	}
	return e.Deadline
}

// RequiredInARow is how many consecutive observations must hold; at least one.
func (e ExpectationSpec) RequiredInARow() int { return max(e.InARow, 1) }

// Holds judges one observation, and names the first check that does not hold.
func (e ExpectationSpec) Holds(o Observation) (bool, string) {
	for _, c := range e.Checks {
		if !c.Holds(o) {
			return false, c.Name()
		}
	}
	return true, ""
}

// FailsOn reports whether an observation shows that the checks can fail: every one of them
// that tells more than the status fails on it, or the status where none does. That an answer
// took long shows nothing: the host may have been why.
func (e ExpectationSpec) FailsOn(o Observation) bool {
	telling, status := 0, false
	for _, c := range e.Checks {
		switch {
		case c.Kind == fasterThan:
		case c.Kind == answersStatus:
			status = status || !c.Holds(o)
		case c.Holds(o):
			return false
		default:
			telling++
		}
	}
	return telling > 0 || status
}

// DependsOnContent reports whether a check looks for more than a status, a header's being
// there and a time: for something that depends on what the service keeps.
func (e ExpectationSpec) DependsOnContent() bool {
	return slices.ContainsFunc(e.Checks, func(c Check) bool {
		return !slices.Contains([]checkKind{answersStatus, withHeader, fasterThan, slowerThan, "unansweredFor"}, c.Kind)
	})
}

// Validate says what is wrong with e as it is written: an expectation that cannot
// fail, or that asks for less than it says.
func (e ExpectationSpec) Validate() error {
	if e.Probe.Kind == "" {
		return fmt.Errorf("expectation %q looks at nothing", e)
	}
	if err := e.mistaken(); err != nil {
		return err
	}
	if err := e.validateRefusal(); err != nil {
		return fmt.Errorf("expectation %q: %w", e, err)
	}
	if len(e.Checks) == 0 {
		return fmt.Errorf("expectation %q checks nothing, so it cannot fail", e)
	}
	if e.Deadline < 0 || e.InARow < 0 || e.NotBefore < 0 {
		return fmt.Errorf("expectation %q has a negative deadline or count", e)
	}
	if e.NotBefore > 0 && e.NotBefore >= e.EffectiveDeadline() {
		return fmt.Errorf("expectation %q must hold before it may", e)
	}
	if len(e.Claims) > 0 && e.Basis != Documented {
		return fmt.Errorf("expectation %q proves claims but is %s: only documented checks decide a claim", e, e.EffectiveBasis())
	}
	if len(e.Claims) == 0 && e.Basis == Documented {
		return fmt.Errorf("expectation %q is documented but names no claim", e)
	}
	return nil
}

// mistaken is the error of what was noted while the expectation was written down.
func (e ExpectationSpec) mistaken() error {
	mistakes := slices.Clone(e.mistakes)
	absent := slices.ContainsFunc(e.Checks, func(c Check) bool { return c.Kind == logLacks })
	if absent && len(e.Checks) > 1 {
		mistakes = append(mistakes, "asks for a line and for the absence of one")
	}
	if e.Probe.As != TheTenant && !strings.HasPrefix(e.Probe.Path, apiPrefix) {
		mistakes = append(mistakes, fmt.Sprintf("%s is asked for on nobody's behalf", e.Probe.Path))
	}
	if e.Probe.Kind == ProbeHTTP && e.Probe.Raw != "" && e.Probe.Safe() {
		mistakes = append(mistakes, "a safe request has no body")
	}
	if len(mistakes) == 0 {
		return nil
	}
	return fmt.Errorf("expectation %q: %s", e, strings.Join(mistakes, "; "))
}

// apiPrefix begins the paths that are asked for on somebody's behalf.
const apiPrefix = "/api/"
