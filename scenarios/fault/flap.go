package fault

import "fmt"

// FaultFlaps fails every second request.
const FaultFlaps Kind = "flaps"

// Flap makes a dependency fail every second request of each tenant with a status
// of 400 or above; 429 comes with Retry-After.
func Flap(on Dependency, status int) Fault {
	return Fault{Kind: FaultFlaps, On: on, Amount: int64(status)}
}

func init() {
	kinds[FaultFlaps] = kindOf{
		needs:    standIn,
		describe: func(f Fault) string { return fmt.Sprintf("%s fails every second request with %d", f.On, f.Amount) },
		check:    hasStatus,
	}
}
