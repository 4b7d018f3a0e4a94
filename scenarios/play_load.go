package scenarios

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// traffic is the background load of a playing: it records what became of each
// request, and knows when each left.
type traffic struct {
	p    *player
	stop func()

	mu   sync.Mutex
	sent []time.Time
	over int
}

// Sent implements LoadTold.
func (t *traffic) Sent(at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sent = append(t.sent, at)
}

// Done implements LoadTold.
func (t *traffic) Done(h Hit) {
	t.p.record(Event{At: h.Done, Kind: EventHit, Hit: &h})
	t.mu.Lock()
	defer t.mu.Unlock()
	t.over++
}

// ended counts the requests that are no longer under way.
func (t *traffic) ended() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.over
}

// since counts the requests that left at a moment or later.
func (t *traffic) since(at time.Time) func() int {
	return func() int {
		t.mu.Lock()
		defer t.mu.Unlock()
		n := 0
		for _, sent := range slices.Backward(t.sent) {
			if sent.Before(at) {
				break
			}
			n++
		}
		return n
	}
}

// drive sends the background load until its stop is called, which waits for
// what is under way. Without a load it does nothing.
func (p *player) drive(ctx context.Context) {
	p.traffic = &traffic{p: p, stop: func() {}}
	rate := p.s.rate()
	if rate == 0 || p.mode == Control {
		return
	}
	sending, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	p.spawn(&running, func() {
		plan := p.s.Load
		plan.Rate = rate
		if err := p.w.Load(sending, plan, p.traffic); err != nil && ctx.Err() == nil {
			p.cannot(fmt.Errorf("load: %w", err))
		}
	})
	p.traffic.stop = func() { cancel(); running.Wait() }
}

// hear waits until so many requests of the load are counted as make a share.
func (p *player) hear(ctx context.Context, counted func() int) {
	if p.s.rate() == 0 || p.mode == Control {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, loadWait)
	defer cancel()
	for counted() < LoadHits && pause(ctx, shortestPoll) {
	}
}
