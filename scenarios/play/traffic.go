package play

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// traffic is the background load of a playing: it records what became of each
// request, and knows when each left.
type traffic struct {
	p    *observer
	stop func()

	mu   sync.Mutex
	sent []time.Time
	over int
	// kinds are those of the load, wanted those that are to leave next, and
	// answered when the latest of each left that is over.
	kinds, wanted []string
	answered      map[string]time.Time
}

// Begins implements LoadObserver.
func (t *traffic) Begins(kinds []string) {
	t.p.record(record.Event{Kind: record.EventLoad, Kinds: kinds})
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kinds = kinds
}

// Wanted implements LoadObserver.
func (t *traffic) Wanted() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.wanted) == 0 {
		return ""
	}
	kind := t.wanted[0]
	t.wanted = t.wanted[1:]
	return kind
}

// Hurried implements LoadObserver.
func (t *traffic) Hurried() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.wanted) > 0
}

// want lets one request of each kind leave next. What it returns reports whether
// each has left since, and is over.
func (t *traffic) want() (all func() bool) {
	since := time.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wanted = t.kinds
	return func() bool {
		t.mu.Lock()
		defer t.mu.Unlock()
		return !slices.ContainsFunc(t.kinds, func(kind string) bool { return t.answered[kind].Before(since) })
	}
}

// Sent implements LoadObserver.
func (t *traffic) Sent(at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sent = append(t.sent, at)
}

// Done implements LoadObserver.
func (t *traffic) Done(h record.Hit) {
	t.p.record(record.Event{At: h.Done, Kind: record.EventHit, Hit: &h})
	t.mu.Lock()
	defer t.mu.Unlock()
	t.over++
	if t.answered == nil {
		t.answered = map[string]time.Time{}
	}
	if h.Sent.After(t.answered[h.Kind]) && !h.Abandoned {
		t.answered[h.Kind] = h.Sent
	}
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
func (p *observer) drive(ctx context.Context) {
	p.traffic = &traffic{p: p, stop: func() {}}
	rate := p.s.LoadRate()
	if rate == 0 || p.mode == scenarios.Control {
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

// awaitRequests waits until so many requests of the load are counted as make a share.
func (p *observer) awaitRequests(ctx context.Context, counted func() int) {
	if p.s.LoadRate() == 0 || p.mode == scenarios.Control {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, loadStartTimeout)
	defer cancel()
	for counted() < scenarios.LoadRequests && pause(ctx, minPollInterval) {
	}
}

// awaitEachKind waits until the load has asked for everything that it asks for, and
// has heard of it: what has come back has to serve each of its callers.
func (p *observer) awaitEachKind(ctx context.Context) {
	if p.s.LoadRate() == 0 || p.mode == scenarios.Control {
		return
	}
	left := p.traffic.since(time.Now())
	all := p.traffic.want()
	ctx, cancel := context.WithTimeout(ctx, loadStartTimeout)
	defer cancel()
	for (!all() || left() < scenarios.LoadRequests) && pause(ctx, minPollInterval) {
	}
}
