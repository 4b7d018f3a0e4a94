package scenarios

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Faults of the service's own process and of its environment.
const (
	// FaultTerminated ends the service with SIGTERM while requests are under way.
	FaultTerminated FaultKind = "process-terminated"
	// FaultKilled ends it with SIGKILL in the middle of writes.
	FaultKilled FaultKind = "process-killed"
	// FaultProcessFrozen stops it where it stands; its connections stay open.
	FaultProcessFrozen FaultKind = "process-frozen"
	// FaultReplaced ends one of two replicas gracefully; the other goes on.
	FaultReplaced FaultKind = "process-replaced"
	// FaultVariableMissing starts it again without some of its variables.
	FaultVariableMissing FaultKind = "variable-missing"
	// FaultMemoryShort lets memory run short for the service, and for nobody else.
	FaultMemoryShort FaultKind = "memory-short"
	// FaultDiskFull fills the disk that the service watches.
	FaultDiskFull FaultKind = "disk-full"
	// FaultVariableSet starts it again with another value of a variable.
	FaultVariableSet FaultKind = "variable-set"
)

var processFaults = map[FaultKind]kindOf{
	FaultTerminated: {
		needs:    needs(NeedsProcess),
		describe: func(Fault) string { return "the service is told to end while requests are under way" },
		check:    hasDetail("the event that is being created"),
		down:     true,
	},
	FaultKilled: {
		needs: needs(NeedsProcess, NeedsNetwork),
		describe: func(f Fault) string {
			return fmt.Sprintf("the service is killed in the middle of writes, Postgres being %s late", f.Delay)
		},
		check: func(f Fault) error { return errors.Join(hasDelay(f), hasDetail("the event that is being created")(f)) },
		down:  true,
	},
	FaultProcessFrozen: {
		needs:    needs(NeedsProcess),
		describe: func(Fault) string { return "the service's process is frozen" },
		down:     true,
	},
	FaultReplaced: {
		needs:    needs(NeedsProcess),
		describe: func(Fault) string { return "one of two replicas of the service is restarted" },
	},
	FaultMemoryShort: {
		needs:    needs(NeedsProcess),
		describe: func(Fault) string { return "memory runs short where the service is" },
	},
	FaultDiskFull: {
		needs:    needs(NeedsProcess),
		describe: func(Fault) string { return "the disk that the service watches is nearly full" },
	},
	FaultVariableMissing: {
		needs:    needs(NeedsProcess),
		describe: func(f Fault) string { return "the service is started without " + f.Detail },
		check:    hasDetail("the variable"),
		down:     true,
	},
	FaultVariableSet: {
		needs:    needs(NeedsProcess),
		describe: func(f Fault) string { return "the service is started with " + f.Detail },
		check: func(f Fault) error {
			if name, value, ok := strings.Cut(f.Detail, "="); !ok || name == "" || value == "" {
				return fmt.Errorf("%q is not NAME=value", f.Detail)
			}
			return nil
		},
		down: true,
	},
}

// Terminate ends the service as Kubernetes does, with SIGTERM, while some
// requests that create an event of this name are half sent.
func Terminate(underWay Body) Fault {
	return Fault{Kind: FaultTerminated, On: Service, Detail: string(underWay)}
}

// Crash kills the service the moment the first of several writes is
// acknowledged, all creating an event of this name. Meanwhile each round trip
// to Postgres takes so long that what is acknowledged too early is lost.
func Crash(underWay Body, perRoundTrip time.Duration) Fault {
	return Fault{Kind: FaultKilled, On: Service, Detail: string(underWay), Delay: perRoundTrip}
}

// FreezeService stops the service's process where it stands.
func FreezeService() Fault { return Fault{Kind: FaultProcessFrozen, On: Service} }

// Replace restarts one of two replicas while the other takes the requests.
func Replace() Fault { return Fault{Kind: FaultReplaced, On: Service} }

// StartWithout starts the service again without some of its variables.
func StartWithout(variables ...string) Fault {
	return Fault{Kind: FaultVariableMissing, On: Service, Detail: strings.Join(variables, " ")}
}

// StartWith starts the service again with another value of a variable.
func StartWith(variable, value string) Fault {
	return Fault{Kind: FaultVariableSet, On: Service, Detail: variable + "=" + value}
}

// FillMemory uses up what a control group of the service's own may use.
func FillMemory() Fault { return Fault{Kind: FaultMemoryShort, On: Service} }

// FillDisk fills a small disk of the service's own.
func FillDisk() Fault { return Fault{Kind: FaultDiskFull, On: Service} }

func hasDetail(what string) func(Fault) error {
	return func(f Fault) error {
		if f.Detail == "" {
			return fmt.Errorf("%s is not named", what)
		}
		return nil
	}
}
