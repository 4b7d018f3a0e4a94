package play

import (
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// milestone is when a named expectation first held; known is closed once that is
// decided, and at is zero if it never did.
type milestone struct {
	known chan struct{}
	at    time.Time
}

// never says that the milestone was not reached, or is not known to have.
func (m *milestone) never() bool {
	select {
	case <-m.known:
		return m.at.IsZero()
	default:
		return true
	}
}

// decide makes a milestone known.
func (p *clock) decide(e scenarios.ExpectationSpec, f *judge.Evaluator) {
	if e.Milestone == "" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.milestones[e.Milestone]
	select {
	case <-m.known:
		return
	default:
	}
	if f.Held {
		m.at = f.First
	}
	close(m.known)
}
