package sim

import (
	"context"
	"sync"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/audit"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// Load implements world.World: one of four requests creates an event.
func (w *World) Load(ctx context.Context, plan scenarios.Load, observer world.LoadObserver) error {
	var underWay sync.WaitGroup
	defer underWay.Wait()
	observer.Begins([]string{kindOf(0), kindOf(1), kindOf(3)})
	for n := 0; ctx.Err() == nil; n++ {
		due := time.Now()
		forgotten := w.mutation == LoadForgets && n%4 == 3 && w.healed()
		if (w.mutation != LoadStops || !w.broken()) && !forgotten {
			observer.Sent(due)
			underWay.Go(func() { observer.Done(w.hit(due, n)) })
		}
		if !wait(ctx, time.Second/time.Duration(plan.Rate)) {
			return nil
		}
	}
	return nil
}

// kindOf is the kind of request number n.
func kindOf(n int) string {
	switch {
	case n%4 == 3:
		return "POST /api/v1/events"
	case n%2 == 1:
		return "GET /api/v1/events, as the neighbour"
	}
	return "GET /api/v1/events"
}

func (w *World) hit(due time.Time, n int) record.Hit {
	// It outlives the load: what is under way at its end is waited for.
	ctx, cancel := context.WithTimeout(context.Background(), scenarios.LoadRequestTimeout)
	defer cancel()
	p := scenarios.Probe{Kind: scenarios.ProbeHTTP, Method: "GET", Path: "/api/v1/events"}
	h := record.Hit{Due: due, Sent: due, Kind: kindOf(n)}
	if n%4 == 3 {
		p.Method = "POST"
	}
	if n%2 == 1 {
		h.Tenant = scenarios.OtherTenant
	}
	h.Route = p.Method + " " + p.Path
	h.Status, _, _ = w.answer(ctx, p)
	if h.Status == 0 {
		h.Err, h.Class = "context deadline exceeded", scenarios.ClassTimeout
	}
	if w.mutation == InternalNowAndThen && h.Status == 503 && n%3 == 0 {
		h.Status = 500
	}
	if w.mutation == DeniesNowAndThen && h.Status == 503 && p.Method == "GET" && n%3 == 0 {
		h.Status, h.Planted = 404, true
	}
	if w.mutation == OutdatedNowAndThen && h.Status == 200 && p.Method == "GET" && w.healed() && n%3 == 0 {
		h.Shows = []int{1}
	}
	if w.mutation == RecoversByHalf && w.healed() && n%2 == 0 {
		h.Status = 503
	}
	if w.mutation == ReadsOnlyAfterRestart && w.wasRestarted() && p.Method == "POST" {
		h.Status = 503
	}
	if p.Method == "POST" {
		// To the judge each changes the event that was there before the load.
		h.Write = &audit.Write{Number: n/4 + 2, Of: 1, Success: 201, Over: true, Status: h.Status, Class: string(h.Class)}
	}
	h.Failed = h.Status == 0 || h.Status >= 500
	if w.mutation == BreaksContract && h.Status == 200 && w.broken() {
		h.Exchange = &scenarios.Exchange{
			Method: p.Method, Path: p.Path, Tenant: 1, Contract: true, Header: map[string]string{"Content-Type": "application/json"}, Digest: "of the page", Body: `{"items":[],"total":0}`,
		}
	}
	if w.mutation == LeaksUnderLoad && h.Status == 200 && w.broken() {
		h.Exchange = &scenarios.Exchange{Method: p.Method, Path: p.Path, Tenant: 1, Canaries: []int{2}}
	}
	h.Done = time.Now()
	return h
}

// broken reports whether a fault is in force.
func (w *service) broken() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.fault.IsZero()
}

// healed reports whether a fault was in force, and is no more.
func (w *service) healed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.wounded && w.fault.IsZero()
}

// Reach implements world.World.
func (w *World) Reach(context.Context) map[fault.Dependency]string {
	w.mu.Lock()
	defer w.mu.Unlock()
	reached := map[fault.Dependency]string{fault.Postgres: "", fault.Redis: "", fault.Venue: ""}
	if w.fault.Kind == fault.FaultRefused || w.fault.Kind == fault.FaultBlackHole {
		reached[w.fault.On] = w.fault.String()
	}
	return reached
}

// writeLog are the model's writes: what callers were told, and what is there.
type writeLog struct{ acknowledged, refused, stored int }

// recordWrite keeps what became of a create.
func (w *service) recordWrite(status int, stored bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if status == 201 {
		w.writes.acknowledged++
	} else {
		w.writes.refused++
	}
	if stored {
		w.writes.stored++
	}
}

// audit holds the one against the other.
func (w *service) audit() *audit.Facts {
	w.mu.Lock()
	defer w.mu.Unlock()
	facts := &audit.Facts{Counts: [][]int{nil}}
	stored := w.writes.stored
	for n := range w.writes.acknowledged + w.writes.refused {
		write := audit.Write{Number: n + 1, Name: "a write of the model", Success: 201, Over: true, Status: 201}
		if n >= w.writes.acknowledged {
			write.Status = 422
		}
		facts.Writes = append(facts.Writes, write)
		facts.Counts[0] = append(facts.Counts[0], min(stored, 1))
		stored -= min(stored, 1)
	}
	return facts
}
