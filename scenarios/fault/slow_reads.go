package fault

import (
	"fmt"
	"time"
)

// FaultReadsLate delays every answer of the dependency by so much that one
// read of the service takes a given time, however many round trips it makes.
const FaultReadsLate Kind = "reads-late"

// SlowReads delays every round trip to a dependency so that one read of the
// service takes the given time. It is for what is promised of answers: one
// service asks four times for each, another once.
func SlowReads(on Dependency, perRead time.Duration) Fault {
	return Fault{Kind: FaultReadsLate, On: on, Delay: perRead}
}

func init() {
	kinds[FaultReadsLate] = kindOf{
		needs: link,
		describe: func(f Fault) string {
			return fmt.Sprintf("%s answers so late that a read takes %s", f.On, f.Delay) + giveOrTake(f)
		},
		check: hasLatency,
	}
}
