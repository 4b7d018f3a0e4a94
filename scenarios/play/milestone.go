package play

import (
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// moment is when a named expectation first held; known is closed once that is
// decided, and at is zero if it never did.
type moment struct {
	known chan struct{}
	at    time.Time
}

// never says that the moment did not come, or is not known to have.
func (m *moment) never() bool {
	select {
	case <-m.known:
		return m.at.IsZero()
	default:
		return true
	}
}

// decide makes a named moment known.
func (p *player) decide(e scenarios.Expectation, f *judge.Evaluator) {
	if e.Milestone == "" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.moments[e.Milestone]
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
