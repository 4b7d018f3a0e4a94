package scenarios

// FaultFlaps fails every second request.
const FaultFlaps FaultKind = "flaps"

// Flap makes a dependency fail every second request of each tenant.
func Flap(on Dependency) Fault { return Fault{Kind: FaultFlaps, On: on} }

func init() {
	kinds[FaultFlaps] = kindOf{
		needs:    standIn,
		describe: onIt("%s fails every second request"),
	}
}
