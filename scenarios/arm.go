package scenarios

// Arm is one of the ways in which a remedy is put on trial: the fault stays in
// force or is lifted, the remedy is done or nothing is.
type Arm struct {
	Stays bool
	// Remedy is the one that is done; nil: nothing is.
	Remedy *Remedy
}

// String names the arm: "stays + restart", "lifted + nothing".
func (a Arm) String() string {
	fault, done := "lifted", "nothing"
	if a.Stays {
		fault = "stays"
	}
	if a.Remedy != nil {
		done = a.Remedy.String()
	}
	return fault + " + " + done
}

// Arms lists the arms of the scenario: both without a remedy, which all its
// remedies are compared with, then both of each remedy.
func (s Scenario) Arms() []Arm {
	if len(s.Remedy) == 0 || len(s.Stages()) == 0 {
		return nil
	}
	arms := []Arm{{Stays: true}, {Stays: false}}
	for i := range s.Remedy {
		arms = append(arms, Arm{Stays: true, Remedy: &s.Remedy[i]}, Arm{Stays: false, Remedy: &s.Remedy[i]})
	}
	return arms
}
