package scenarios

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios/fault"
)

// Scenario scripts one symptom of the runbook.
type Scenario struct {
	// ID is the scenario's name on the command line, in kebab case.
	ID string
	// Title says in one line what is played.
	Title string
	// Section is the heading of the runbook that it belongs to.
	Section  string
	Severity Severity
	// Budget bounds the whole scenario; the sum of its deadlines must fit.
	Budget time.Duration

	// Steady must hold, in order, before anything is broken.
	Steady []Expectation
	// Always is sampled from the steady state to the end, and must hold at every observation.
	Always []Expectation

	// Pods is how many pods of the service there are to be. A scenario that says so is
	// about a cluster, and is played on one alone.
	Pods int

	// Load goes on beside it, from the steady state to the end.
	Load Load

	// Fault is injected, and During must then be seen. Escalates repeats both
	// with a worse fault, each after the one before is healed.
	Fault     fault.Fault
	During    []Expectation
	Escalates []Stage
	// Repeat plays the fault so many times, each after the service has recovered from
	// the one before as the first expectation of After has it: what each leaves
	// behind adds up. Zero: once.
	Repeat int

	// Diagnosis is executed before, under each fault, and afterwards: a step must
	// read differently with the fault than without.
	Diagnosis []Step

	// Remedy is what the runbook prescribes. It is done once the service has
	// recovered by itself, or failed to, and After must hold again then.
	Remedy []Remedy

	// After must hold once the last fault is healed.
	After []Expectation

	// Also are the properties that are checked in this scenario beside those of all.
	Also []Property

	commands *Commands // whose script it is, if it is one
}

// Stage is a fault and what must be seen while it is in force.
type Stage struct {
	Fault  fault.Fault
	During []Expectation
}

// Stages lists the faults in the order in which they are played; none for a
// scenario without a fault.
func (s Scenario) Stages() []Stage {
	if s.Fault.IsZero() {
		return nil
	}
	return append(slices.Repeat([]Stage{{Fault: s.Fault, During: s.During}}, max(1, s.Repeat)), s.Escalates...)
}

// Faults says of each stage what its fault is, once of one that is repeated.
func (s Scenario) Faults() []string {
	if s.Repeat > 0 {
		return []string{fmt.Sprintf("%s (%d in a row)", s.Fault, s.Repeat)}
	}
	var list []string
	for _, stage := range s.Stages() {
		list = append(list, stage.Fault.String())
	}
	return list
}

// Claims lists the claims that the scenario's expectations prove, in their order.
func (s Scenario) Claims() []string {
	var ids []string
	seen := map[string]bool{}
	for _, e := range s.Expectations() {
		for _, id := range e.Claims {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// Expectations lists all of them: steady, always, during each fault, after.
func (s Scenario) Expectations() []ExpectationSpec {
	list := append(specs(s.Steady), specs(s.Always)...)
	for _, stage := range s.Stages() {
		list = append(list, specs(stage.During)...)
	}
	recovery, audits := s.Afterwards()
	return append(append(list, specs(recovery)...), specs(audits)...)
}

// Healthy finds what the probe of a During expectation shows without the
// fault: what the expectation says itself, else what Steady says of the same
// probe, else what goes without saying of a log or of the isolation watch.
func (s Scenario) Healthy(e ExpectationSpec) ([]Check, bool) {
	switch {
	case e.UnaffectedByFault:
		return e.Checks, true
	case len(e.HealthyChecks) > 0:
		return e.HealthyChecks, true
	}
	for _, steady := range specs(s.Steady) {
		if steady.Probe.Key() == e.Probe.Key() {
			return steady.Checks, true
		}
	}
	switch e.Probe.Kind {
	case ProbeLog:
		return []Check{{Kind: "notLogged"}}, true
	case ProbeIsolation:
		return []Check{silent()}, true
	case ProbeCalls:
		return []Check{counted()}, true
	case ProbeProcess:
		return []Check{showing("state", "running")}, true
	}
	return nil, false
}

// eventPlaceholder stands in a path for the id of an event that the scenario created.
const eventPlaceholder = "{event}"

var kebab = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Validate rejects a scenario that cannot fail, or that says less than it
// must: it names the scenario and everything that is wrong with it.
func (s Scenario) Validate() error {
	var errs []error
	reject := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if !kebab.MatchString(s.ID) {
		reject("id %q is not in kebab case", s.ID)
	}
	if s.Title == "" || s.Section == "" {
		reject("title or section is missing")
	}
	if err := s.Severity.validate(); err != nil {
		errs = append(errs, err)
	}
	if len(s.Steady) == 0 {
		reject("no steady state: nothing says that the service was well before")
	}
	if len(s.Claims()) == 0 && s.commands == nil {
		reject("proves no claim")
	}
	if s.Load.ReadsOnly && s.Load.CreatesOnly {
		reject("a load of neither reads nor creates")
	}
	if s.Load.Rate < 0 {
		reject("a load of %d requests a second", s.Load.Rate)
	}
	if s.Fault.IsZero() && (len(s.During) > 0 || len(s.Escalates) > 0) {
		reject("expects something of a fault, but has none")
	}
	if s.Pods < 0 {
		reject("of %d pods", s.Pods)
	}
	if s.Repeat < 0 || s.Repeat > 0 && (s.Fault.IsZero() || len(s.Escalates) > 0) {
		reject("repeats %d times what is no single fault", s.Repeat)
	}
	if !s.Fault.IsZero() && len(s.After) == 0 {
		reject("breaks something, but expects no recovery")
	}
	for _, stage := range s.Stages() {
		errs = append(errs, s.validateStage(stage)...)
	}
	for _, r := range s.Remedy {
		if err := r.validate(); err != nil {
			errs = append(errs, err)
		}
	}
	if len(s.Remedy) > 0 && len(s.Stages()) == 0 {
		reject("has a remedy, but nothing to cure")
	}
	errs = append(errs, s.validateExpectations()...)
	errs = append(errs, s.validateSteps()...)
	if need := s.longest(); s.Budget < need {
		reject("budget %s is shorter than its waits, %s", s.Budget, need)
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("scenario %s: %w", s.ID, err)
	}
	return nil
}

func (s Scenario) validateStage(stage Stage) []error {
	var errs []error
	if err := stage.Fault.Validate(); err != nil {
		errs = append(errs, err)
	}
	if stage.Fault.IsZero() {
		errs = append(errs, errors.New("escalates to no fault"))
	}
	if len(stage.During) == 0 && s.commands == nil {
		errs = append(errs, fmt.Errorf("nothing is expected while %s", stage.Fault))
	}
	for _, e := range specs(stage.During) {
		if _, ok := s.Healthy(e); !ok {
			errs = append(errs, fmt.Errorf("expectation %q has no healthy value: nothing says what it shows without the fault", e))
		}
		for _, c := range e.Checks {
			if late := stage.Fault.Late(); c.Kind == slowerThan && c.To <= late {
				errs = append(errs, fmt.Errorf("expectation %q is true by the injected delay of %s alone", e, late))
			}
		}
	}
	return errs
}

func (s Scenario) validateExpectations() []error {
	var errs []error
	named := map[string]bool{}
	for _, e := range s.Expectations() {
		if err := e.Validate(); err != nil {
			errs = append(errs, err)
		}
		if strings.Contains(e.Probe.Path, eventPlaceholder) != (e.Probe.Of != "") {
			errs = append(errs, fmt.Errorf("expectation %q: %s in the path and the event's name belong together", e, eventPlaceholder))
		}
		if e.SinceMilestone != "" && !named[e.SinceMilestone] {
			errs = append(errs, fmt.Errorf("expectation %q counts from %q, which nothing before it is called", e, e.SinceMilestone))
		}
		if e.Milestone != "" {
			named[e.Milestone] = true
		}
	}
	for _, e := range specs(s.Always) {
		if !e.Probe.Safe() {
			errs = append(errs, fmt.Errorf("expectation %q is sampled throughout, but not safe", e))
		}
	}
	return errs
}

// longest is the sum of the waits that the scenario may take: Steady one
// after the other, the others side by side.
func (s Scenario) longest() time.Duration {
	var sum time.Duration
	for _, e := range specs(s.Steady) {
		sum += e.EffectiveDeadline()
	}
	side := func(list []Expectation) (most time.Duration) {
		for _, e := range specs(list) {
			most = max(most, e.EffectiveDeadline())
		}
		return most
	}
	for _, stage := range s.Stages() {
		sum += WitnessDeadline + side(stage.During)
	}
	recovery, audits := s.Afterwards()
	sum += side(recovery) + side(audits)
	if s.Repeat > 0 && len(recovery) > 0 {
		sum += time.Duration(s.Repeat-1) * recovery[0].Spec().EffectiveDeadline()
	}
	if len(s.Remedy) > 0 {
		sum += time.Duration(len(s.Remedy))*remedyDeadline + side(s.RecoveryInArms())
	}
	return sum
}
