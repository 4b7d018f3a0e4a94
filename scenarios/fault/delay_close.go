package fault

import (
	"fmt"
	"time"
)

// FaultSlowClose lets the end of a connection be heard late.
const FaultSlowClose Kind = "slow-close"

// DelayClose delays the end of a connection that a dependency has closed.
func DelayClose(on Dependency, by time.Duration) Fault {
	return Fault{Kind: FaultSlowClose, On: on, Delay: by}
}

func init() {
	kinds[FaultSlowClose] = kindOf{
		needs:    link,
		describe: func(f Fault) string { return fmt.Sprintf("connections to %s end %s late", f.On, f.Delay) },
		check:    hasDelay,
	}
}
