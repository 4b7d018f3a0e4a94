package judge

import (
	"time"

	"github.com/runproof/runproof/scenarios"
)

// recovery is a time in which the service has to serve every request: from the
// last observation that an expectation of it needed to what came next.
type recovery struct {
	after        string // what it recovered from
	since, until time.Time
}

func (r recovery) covers(at time.Time) bool { return !at.Before(r.since) && at.Before(r.until) }

// recoveries are the times in which the service was seen to have recovered: from
// the faults, and from what the runbook prescribes.
func (j *traffic) recoveries() []recovery {
	healed, _ := j.s.Afterwards()
	var list []recovery
	for _, part := range []struct {
		after string
		phase scenarios.Phase
		list  []scenarios.Expectation
	}{{"the recovery", scenarios.PhaseAfter, healed}, {"the remedy", scenarios.PhaseRemedied, j.s.RecoveryInArms()}} {
		if since, held := j.settledIn(part.phase, part.list); held {
			list = append(list, recovery{part.after, since, j.nextAfter(since)})
		}
	}
	return list
}

// settledIn is the end of the last observation that the expectations of a phase needed;
// held is false where one did not hold, or nothing was expected.
func (j *timeline) settledIn(phase scenarios.Phase, list []scenarios.Expectation) (since time.Time, held bool) {
	for i, id := range scenarios.IDs(list) {
		k := key{phase, 0, id}
		if f := j.evaluate(k, list[i].Spec(), j.starts[key{phase, 0, ""}]); !f.Held {
			return since, false
		}
		if ended := j.observations[k][len(j.observations[k])-1].Ended(); ended.After(since) {
			since = ended
		}
	}
	return since, !since.IsZero()
}

// nextAfter is when the next thing was done to the service, or looked at with
// nothing under way.
func (j *timeline) nextAfter(at time.Time) time.Time {
	next := j.ended
	for _, phase := range []scenarios.Phase{scenarios.PhaseRemedy, scenarios.PhaseAudit} {
		if began, came := j.starts[key{phase, 0, ""}]; came && began.After(at) && began.Before(next) {
			next = began
		}
	}
	return next
}

// unheard says which kind of request of the load was not heard of after the service
// had recovered, if one was not. A recording that does not tell of the kinds has none.
func (j *traffic) unheard() string {
	for _, r := range j.recoveries() {
		heard := map[string]bool{}
		for _, h := range j.hits {
			if !h.Abandoned && r.covers(h.Sent) {
				heard[h.Kind] = true
			}
		}
		for _, kind := range j.kinds {
			if !heard[kind] {
				return "after " + r.after + " the load has not heard of: " + kind
			}
		}
	}
	return ""
}
