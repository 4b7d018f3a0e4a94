package gameday

import "time"

// Milestones are the times of what happens once in a game; zero: never. Where
// there are two faults, Gone and Recovery are of both.
type Milestones struct {
	Injected, Witnessed, Symptom, LogLine time.Time
	Paged, Acknowledged, Diagnosed        time.Time
	Gone, Recovery, Declared              time.Time
	// WrongDiagnoses and EarlyDeclarations are how often somebody erred before.
	WrongDiagnoses, EarlyDeclarations int
	rightDiagnosis                    bool
}

// Resolved is when it was declared so, rightly.
func (m Milestones) Resolved() time.Time { return m.Declared }

// Milestones finds them.
func (r Record) Milestones() (m Milestones) {
	first := func(t *time.Time, e Event) {
		if t.IsZero() {
			*t = e.At
		}
	}
	active := 0
	for _, e := range r.Events {
		switch e.Kind {
		case Injected:
			first(&m.Injected, e)
			active++
			m.Gone, m.Recovery, m.Declared = time.Time{}, time.Time{}, time.Time{}
		case Witnessed:
			first(&m.Witnessed, e)
		case Symptom: // what was there before is no symptom of the fault
			if !e.At.Before(m.Injected) {
				first(&m.Symptom, e)
			}
		case LogLine:
			if !e.At.Before(m.Injected) {
				first(&m.LogLine, e)
			}
		case Paged:
			first(&m.Paged, e)
		case Acknowledged:
			first(&m.Acknowledged, e)
		case Diagnosed:
			r.diagnosed(&m, e)
		case Gone:
			if active--; active == 0 {
				m.Gone = e.At
			}
		case Healthy:
			if active == 0 {
				first(&m.Recovery, e)
			}
		case Declared:
			if m.Recovery.IsZero() {
				m.EarlyDeclarations++
			} else {
				first(&m.Declared, e)
			}
		}
	}
	return m
}

func (r Record) diagnosed(m *Milestones, e Event) {
	switch {
	case m.rightDiagnosis:
	case r.rightSection(e.Section):
		m.Diagnosed, m.rightDiagnosis = e.At, true
	default:
		m.WrongDiagnoses++
	}
}

// rightSection says whether a section is that of a fault that was injected by then.
func (r Record) rightSection(section string) bool {
	for _, p := range r.Sealed.Draw.Plays {
		if SameSection(p.Section, section) {
			return true
		}
	}
	return false
}
