package scenarios

import "time"

// Commands are what a document tells its reader to run, executed for their own
// sake: where nothing is wrong, in broken worlds, in a state of the data. They show
// no symptom and prove no claim; what follows of a command is judged by how its
// executions differ.
type Commands struct {
	ID, Title string
	// Steps are the commands, each with the id of its statement for a claim.
	Steps []Step
	// Data is the state of the data before the first command, as the records call
	// that world: WorldEmpty, WorldLarge, ... Empty: a little of everything, and
	// proof is asked of what each command used of what was set up around it.
	Data string
	// Broken are the worlds in which they are executed again, After is what
	// must hold once the last of them is healed.
	Broken []Stage
	After  []Expectation
}

// commandsBudget bounds a playing without the commands themselves, which are
// bounded one by one.
const commandsBudget = 4 * time.Minute

// Script is how the engine plays them.
func (c Commands) Script() Scenario {
	s := Scenario{
		ID: c.ID, Title: c.Title, Section: "Commands as printed", Severity: P3, Budget: commandsBudget,
		Steady:    []Expectation{GET("/health/ready").Answers(200).By(15 * time.Second)},
		Diagnosis: c.Steps, After: c.After, commands: &c,
	}
	if len(c.Broken) > 0 {
		s.Fault, s.During, s.Escalates = c.Broken[0].Fault, c.Broken[0].During, c.Broken[1:]
	}
	return s
}

// Data is the state of the data before the first command; empty for a symptom.
func (s Scenario) Data() string {
	if s.commands == nil {
		return ""
	}
	return s.commands.Data
}

// OfCommands reports whether it plays a document's commands, and no symptom.
func (s Scenario) OfCommands() bool { return s.commands != nil }

// ProvesShims reports whether proof is asked of what each command used of what was
// set up around it.
func (s Scenario) ProvesShims() bool { return s.commands != nil && s.commands.Data == "" }
