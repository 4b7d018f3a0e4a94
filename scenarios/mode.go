package scenarios

// Mode says which arm of a scenario is played.
type Mode string

const (
	// Verify plays the scenario as written.
	Verify Mode = "verify"
	// Control plays it without any fault: nothing that it expects of the fault may then be seen.
	Control Mode = "control"
	// Arms plays its last fault with and without each remedy, the fault lifted or not.
	Arms Mode = "arms"
)
