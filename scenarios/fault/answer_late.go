package fault

import (
	"fmt"
	"time"
)

// FaultAnswersLate delays each answer; connections open at once.
const FaultAnswersLate Kind = "answers-late"

// AnswerLate makes a dependency take its time over each answer.
func AnswerLate(on Dependency, by time.Duration) Fault {
	return Fault{Kind: FaultAnswersLate, On: on, Delay: by}
}

func init() {
	kinds[FaultAnswersLate] = kindOf{
		needs:    standIn,
		describe: func(f Fault) string { return fmt.Sprintf("%s takes %s to answer", f.On, f.Delay) },
		check:    hasDelay,
	}
}
