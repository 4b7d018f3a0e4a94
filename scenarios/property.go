package scenarios

// ProbeProperty checks a property of the service.
const ProbeProperty ProbeKind = "property"

// Property is what holds of a service whatever befell it. Every scenario checks
// each before its first fault and after the last recovery: no author needs to
// think of it.
type Property string

// The properties, in the order in which they are checked.
const (
	// Relations: what is asked for in two ways is answered alike, and of two
	// requests that exclude each other one succeeds.
	Relations Property = "relations"
	// Races: the same for each field, status and pair of changes in turn. It is
	// checked where there is no fault: it takes two hundred requests.
	Races Property = "races"
	// Secrets: nothing that the harness gave in confidence comes out, nobody writes
	// another's log, and what a header promises holds.
	Secrets Property = "secrets"
	// Budgets: nobody is asked more than a request needs.
	Budgets Property = "budgets"
	// Resources: what was in use is free again.
	Resources Property = "resources"
	// Subjects: who may do what follows from rules, and not from a list. It is
	// checked where there is no fault: it takes some hundred requests.
	Subjects Property = "subjects"
)

// The properties that only the scenarios check which ask for them: each starts
// processes of the service.
const (
	// Dependencies: what a dependency answers is not asked for again.
	Dependencies Property = "dependencies"
	// Settings: what a setting says happens, and one that says nothing is refused.
	Settings Property = "settings"
)

// Properties lists those that are checked in a scenario.
func (s Scenario) Properties() []Property {
	list := []Property{Relations, Secrets, Budgets, Resources}
	if len(s.Stages()) == 0 {
		list = append(list, Races, Subjects)
	}
	return append(list, s.Also...)
}

// Definite reports whether no slowness of the host explains a breach.
func (p Property) Definite() bool {
	return p == Relations || p == Races || p == Secrets || p == Subjects
}
