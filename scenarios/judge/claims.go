package judge

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/runproof/runproof/scenarios"
)

// claims says what this playing says of each claim. Only documented checks
// decide, and only where the run as a whole can be believed.
func (j *judge) claims(r Result, outcomes []outcome) []ClaimOutcome {
	var list []ClaimOutcome
	for _, id := range j.s.Claims() {
		c := ClaimOutcome{Claim: id, State: ClaimHeld}
		switch {
		case j.mode == scenarios.Control:
			c.State, c.Reason = ClaimUntested, "control arm"
		case r.Verdict != Passed && r.Verdict != Failed:
			c.State, c.Reason = ClaimUntested, fmt.Sprintf("%s: %s", r.Verdict, r.Reason)
			c.OtherStack = r.Verdict == Unsupported && j.otherStack
		case r.Unsound != "":
			c = j.unsoundClaim(id, r, outcomes)
		default:
			c = j.claim(id, r, outcomes)
		}
		list = append(list, c)
	}
	return append(list, j.diagnosed(r, j.steady(outcomes))...)
}

// noSteadyState begins the reason of what was not looked at for want of it.
const noSteadyState = "no steady state: "

// steady says that the service was well before anything was done to it.
func (j *judge) steady(outcomes []outcome) bool {
	return j.startErr == "" && j.held(scenarios.PhaseSteady, outcomes)
}

// unsoundClaim is broken by definite evidence, and else untested.
func (j *judge) unsoundClaim(id string, r Result, outcomes []outcome) ClaimOutcome {
	for _, o := range outcomes {
		if o.definite && !o.Held && o.Basis == scenarios.Documented && slices.Contains(o.Claims, id) && o.Key(r.Scenario) == *r.DecidedBy {
			return ClaimOutcome{Claim: id, State: ClaimBroken, Reason: r.Reason}
		}
	}
	return ClaimOutcome{Claim: id, State: ClaimUntested, Reason: r.Unsound}
}

func (j *judge) claim(id string, r Result, outcomes []outcome) ClaimOutcome {
	c := ClaimOutcome{Claim: id, State: ClaimHeld}
	broken := ClaimOutcome{Claim: id, State: ClaimBroken}
	for _, o := range outcomes {
		if o.Basis != scenarios.Documented || !slices.Contains(o.Claims, id) || o.Held {
			continue
		}
		switch {
		case o.stall != nil && !o.definite:
			c.State, c.Reason = ClaimUntested, overloaded(o.stall, o.Sentence())
		case o.Contained:
			c.State, c.Reason = ClaimUntested, "the service contains it: "+o.Sentence()
		case o.Observations == 0 && !j.steady(outcomes):
			c.State, c.Reason, c.NoSteadyState = ClaimUntested, noSteadyState+r.Reason, true
		case o.unseen:
			c.State, c.Reason = ClaimUntested, o.Reason
		default:
			broken.Reason = cmp.Or(broken.Reason, o.Sentence())
			broken.Broken = append(broken.Broken, o.Key(r.Scenario))
		}
	}
	if len(broken.Broken) > 0 {
		return broken
	}
	return c
}
