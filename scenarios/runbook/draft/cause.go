package draft

import (
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios/fault"
)

// What a fault is made of where the document gives no number.
const (
	slowAnswer  = time.Second     // what a slow answer takes longer than
	lateByFar   = 4 * time.Second // a round trip that no request can wait for, and a witness can
	retryAfter  = 30 * time.Second
	tooManySent = 429
)

// dependencyOf is the one that a topic is about: that of its heading before that of its
// symptoms, and that before the one of its commands; empty: it tells of none, or of none
// that can be broken.
func dependencyOf(t topic) fault.Dependency {
	score := map[fault.Dependency]int{}
	weigh := func(text string, weight int) {
		for on, words := range dependencyWords {
			if words.MatchString(text) {
				score[on] += weight
			}
		}
	}
	weigh(t.heading, 8)
	for _, s := range t.symptoms {
		weigh(s.Text, 3)
	}
	for _, s := range t.steps {
		weigh(s.Text, 1)
	}
	best := fault.Dependency("")
	for _, on := range []fault.Dependency{fault.Postgres, fault.Redis, fault.Venue, fault.Identity} {
		if score[on] > score[best] {
			best = on
		}
	}
	if score[best] < 3 {
		return "" // what a single command asks is not what the section is about
	}
	return best
}

// faultOf is the fault of the catalogue that breaks a dependency in a manner; false:
// there is none.
func faultOf(on fault.Dependency, how manner, over time.Duration) (fault.Fault, bool) {
	link := []fault.Dependency{fault.Postgres, fault.Redis, fault.Venue, fault.Identity}
	switch {
	case !slices.Contains(link, on):
		return fault.Fault{}, false
	case how == slow && (on == fault.Postgres || on == fault.Redis):
		return fault.SlowReads(on, over+over*2/5), true
	case how == slow:
		return fault.AnswerLate(on, lateByFar), true
	case how == hanging:
		return fault.BlackHole(on), true
	case how == resetting:
		return fault.Reset(on), true
	case how == limited && on == fault.Venue:
		return fault.Overload(on, retryAfter), true
	case how == rotated && on == fault.Identity:
		return fault.RotateKeys(), true
	case on == fault.Postgres:
		switch how {
		case locked:
			return fault.LockTable(), true
		case readOnly:
			return fault.ReadOnlyDatabase(), true
		case full:
			return fault.FillServer(), true
		case badLogin:
			return fault.RefuseLogin("28P01"), true
		}
	case on == fault.Redis:
		switch how {
		case noMemory:
			return fault.FillRedis(), true
		case readOnly:
			return fault.MakeRedisReplica(), true
		case evicted:
			return fault.EvictCache(), true
		}
	}
	if how == gone || how == unspecific {
		return fault.Refuse(on), true
	}
	return fault.Fault{}, false
}
