package fault

import (
	"errors"
	"fmt"
	"time"
)

// FaultKilled ends the service with SIGKILL in the middle of writes.
const FaultKilled Kind = "process-killed"

// Crash kills the service the moment the first of several writes is
// acknowledged, all creating an event of this name. Meanwhile each round trip
// to Postgres takes so long that what is acknowledged too early is lost.
func Crash[Name ~string](underWay Name, perRoundTrip time.Duration) Fault {
	return Fault{Kind: FaultKilled, On: Service, Detail: string(underWay), Delay: perRoundTrip}
}

func init() {
	kinds[FaultKilled] = kindOf{
		needs: func(Dependency) []Capability { return []Capability{ProcessControl, ProxyOf(Postgres)} },
		describe: func(f Fault) string {
			return fmt.Sprintf("the service is killed in the middle of writes, Postgres being %s late", f.Delay)
		},
		check: func(f Fault) error { return errors.Join(hasDelay(f), hasDetail("the event that is being created")(f)) },
		down:  true,
	}
}
