package scenarios

import (
	"fmt"
	"slices"
	"time"
)

// builder is what every kind of expectation can say. T is the kind, which each of
// its words returns, so that only what the kind can be asked follows.
type builder[T any] struct {
	spec ExpectationSpec
	of   func(ExpectationSpec) T
}

// Spec implements Expectation.
func (b builder[T]) Spec() ExpectationSpec { return b.spec }

// String reads as the expectation does in the scenario.
func (b builder[T]) String() string { return b.spec.String() }

// set writes a setting that has one value. A second value would take the place of
// the first without a word, so that less is looked for than is written down:
// Validate rejects what is noted here.
func (b builder[T]) set(setting string, write func(*ExpectationSpec)) T {
	e := b.spec
	if slices.Contains(e.written, setting) {
		e.mistakes = append(slices.Clip(e.mistakes), setting+" is written twice")
	}
	e.written = append(slices.Clip(e.written), setting)
	write(&e)
	return b.of(e)
}

// check adds a check. The same check twice, or two of which one excludes the other,
// is a slip of the author's.
func (b builder[T]) check(c Check) T {
	e := b.spec
	for _, other := range e.Checks {
		switch {
		case other.ID() == c.ID():
			e.mistakes = append(slices.Clip(e.mistakes), fmt.Sprintf("%q is asked twice", c.Name()))
		case c.one() != "" && other.one() == c.one():
			e.mistakes = append(slices.Clip(e.mistakes), fmt.Sprintf("%q and %q are both %s, of which there is one", other.Name(), c.Name(), c.one()))
		}
	}
	e.Checks = append(slices.Clip(e.Checks), c)
	return b.of(e)
}

// By sets the deadline.
func (b builder[T]) By(d time.Duration) T {
	return b.set("By", func(e *ExpectationSpec) { e.Deadline = d })
}

// Times asks for n observations in a row that hold, the first of them by the deadline.
func (b builder[T]) Times(n int) T {
	return b.set("Times", func(e *ExpectationSpec) { e.InARow = n })
}

// Called names the milestone at which it first held, for Since.
func (b builder[T]) Called(name string) T {
	return b.set("Called", func(e *ExpectationSpec) { e.Milestone = name })
}

// Since counts the deadline from the time at which the expectation of that name
// first held, and forbids this one to hold sooner than notBefore after it. A log is
// read, and calls are counted, from just after that milestone.
func (b builder[T]) Since(name string, notBefore time.Duration) T {
	return b.set("Since", func(e *ExpectationSpec) { e.SinceMilestone, e.NotBefore = name, notBefore })
}

// Undisturbed says that it holds under the fault as it does without it: a change
// that must go on working, which Always cannot sample because it is not safe.
func (b builder[T]) Undisturbed() T {
	return b.set("Undisturbed", func(e *ExpectationSpec) { e.UnaffectedByFault = true })
}

// Proves binds it to claims of the runbook and makes it documented.
func (b builder[T]) Proves(claims ...string) T {
	return b.set("the basis", func(e *ExpectationSpec) {
		e.Claims, e.Basis = append(slices.Clip(e.Claims), claims...), Documented
	})
}

// Implied marks it as following from the runbook.
func (b builder[T]) Implied() T { return b.basis(Implied) }

// ByContract marks it as standing in the OpenAPI document.
func (b builder[T]) ByContract() T { return b.basis(Contract) }

// Inferred marks it as good practice: advice, unless judged strictly.
func (b builder[T]) Inferred() T { return b.basis(Inferred) }

func (b builder[T]) basis(basis Basis) T {
	return b.set("the basis", func(e *ExpectationSpec) { e.Basis = basis })
}
