package scenarios

import (
	"slices"

	"github.com/runproof/runproof/scenarios/fault"
)

// ProbeProperty checks a property of the service.
const ProbeProperty ProbeKind = "property"

// Property is what holds of a service whatever befell it. Every scenario checks
// each after its last recovery: no author needs to think of it.
type Property string

// The properties, in the order in which they are checked.
const (
	// Relations: what is asked for in two ways is answered alike, and of two
	// requests that exclude each other one succeeds.
	Relations Property = "relations"
	// Secrets: nothing that the harness gave in confidence comes out, nobody writes
	// another's log, and what a header promises holds.
	Secrets Property = "secrets"
	// Budgets: nobody is asked more than a request needs.
	Budgets Property = "budgets"
	// Resources: what was in use is free again. A scenario that asks for it has each
	// kind of request made again and again, too: what one leaves behind is lost among
	// what pools and runtimes do, and what many of a kind leave is not.
	Resources Property = "resources"
)

// The properties that only the scenarios check which ask for them: each takes
// hundreds of requests, or processes of the service of its own.
const (
	// Races: the relations for each field, status and pair of changes in turn.
	Races Property = "races"
	// Subjects: who may do what follows from rules, and not from a list; and the
	// odd texts that secrets are looked for with.
	Subjects Property = "subjects"
	// Dependencies: what a dependency answers is not asked for again.
	Dependencies Property = "dependencies"
	// Settings: what a setting says happens, and one that says nothing is refused.
	Settings Property = "settings"
	// Replicas: what was acknowledged through one process is shown by the others within
	// a second, by every route, also under the fault and after it; nothing brings the old
	// back, and an absence is not remembered.
	Replicas Property = "replicas"
	// Outage: while a dependency is away, what the service holds and does by itself does
	// not grow with what it is asked; and nothing of it stays after the recovery.
	Outage Property = "outage"
)

// Properties lists those that are checked in a scenario. What is in use comes
// last: the other checks use something, too. Relations are between what the service
// keeps: they are checked where that is under a fault, and once in full.
func (s Scenario) Properties() []Property {
	list := slices.DeleteFunc(slices.Clone(s.Also), func(p Property) bool { return p == Resources })
	if s.faultsAllOn(fault.Postgres, fault.Redis, fault.Everything) || slices.Contains(s.Also, Races) {
		list = append(list, Relations)
	}
	return append(list, Secrets, Budgets, Resources)
}

// Thorough reports whether a property is checked in full in a scenario, and not by
// a few requests: full checks in every scenario would cost as much as the rest.
func (s Scenario) Thorough(p Property) bool {
	beside := map[Property]Property{Relations: Races, Secrets: Subjects, Resources: Resources, Budgets: Dependencies}
	return slices.Contains(s.Also, beside[p]) || p == Budgets && s.faultsAllOn(fault.Venue)
}

// faultsAllOn reports whether there are faults, and all are on some dependencies.
func (s Scenario) faultsAllOn(some ...fault.Dependency) bool {
	for _, stage := range s.Stages() {
		if !slices.Contains(some, stage.Fault.On) {
			return false
		}
	}
	return len(s.Stages()) > 0
}

// ComparesWithBefore reports whether a check compares with what it found before
// the first fault.
func (p Property) ComparesWithBefore() bool {
	return p == Budgets || p == Resources || p.HoldsUnderFault()
}

// HoldsUnderFault reports whether a check is made under the first fault as well.
func (p Property) HoldsUnderFault() bool { return p == Replicas || p == Outage }

// Definite reports whether no slowness of the host explains a breach.
func (p Property) Definite() bool {
	return p == Relations || p == Races || p == Secrets || p == Subjects
}
