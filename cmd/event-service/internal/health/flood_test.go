package health

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
)

// pool is a dependency that answers on a few connections, like Postgres
// behind store.Pinger, and counts how many of them were in use at once.
type pool struct {
	places chan struct{}
	takes  time.Duration

	mu         sync.Mutex
	used, most int
	asked      int
}

func (p *pool) Ping(ctx context.Context) error {
	select {
	case p.places <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-p.places }()
	p.count(1)
	defer p.count(-1)
	select {
	case <-time.After(p.takes):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *pool) count(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.used += n
	p.most = max(p.most, p.used)
	if n > 0 {
		p.asked++
	}
}

// flooded is a checker over such a dependency, whose answer takes so long.
func flooded(t *testing.T, takes time.Duration, log *bytes.Buffer) (*Checker, *pool) {
	c := checker(t, nil, nil, breaker.Closed, log)
	p := &pool{places: make(chan struct{}, 2), takes: takes}
	c.sources.Database = p
	return c, p
}

// Five hundred probes at once are one check, and the pod stays ready.
//
// Red when each asked for itself: two connections that answer in 10 ms answer
// two hundred within a check's second, and the rest were told DOWN.
func TestAFloodOfProbesIsOneCheck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := flooded(t, 10*time.Millisecond, &bytes.Buffer{})
		var wait sync.WaitGroup
		for range 500 {
			wait.Go(func() {
				if r, ready := c.Ready(t.Context()); !ready || r.Checks.Database != Up {
					t.Errorf("told %s", r.Checks.Database)
				}
			})
		}
		synctest.Wait()
		if len(p.places) != 1 {
			t.Errorf("%d of %d connections are in use", len(p.places), cap(p.places))
		}
		wait.Wait()
		if p.most != 1 || p.asked != 1 {
			t.Errorf("%d checks, %d of them at once", p.asked, p.most)
		}
	})
}

// What a check has found is not told to whoever asks after its end.
func TestNothingIsKeptOfACheckThatHasEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := flooded(t, 0, &bytes.Buffer{})
		for want := 1; want <= 3; want++ {
			if _, ready := c.Ready(t.Context()); !ready || p.asked != want {
				t.Errorf("ready %v after %d checks, %d expected", ready, p.asked, want)
			}
		}
		p.takes = time.Hour
		if _, ready := c.Ready(t.Context()); ready {
			t.Error("ready, and the database hangs")
		}
	})
}

// The check of those who joined goes on when the one who began it is gone, is
// bounded all the same, and a failure is logged once.
//
// Red when the check ran under the context of the first: the second was told
// DOWN as soon as the first was gone.
func TestACheckBelongsToNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		c, p := flooded(t, 500*time.Millisecond, &log)
		first, leave := context.WithCancel(t.Context())
		begin := time.Now()
		var wait sync.WaitGroup
		wait.Go(func() {
			if _, ready := c.Ready(first); ready || time.Since(begin) != 100*time.Millisecond {
				t.Errorf("who has left is told ready %v after %s", ready, time.Since(begin))
			}
		})
		synctest.Wait() // it has begun the check
		wait.Go(func() {
			if _, ready := c.Ready(t.Context()); !ready || time.Since(begin) != 500*time.Millisecond {
				t.Errorf("who has stayed is told ready %v after %s", ready, time.Since(begin))
			}
		})
		<-time.After(100 * time.Millisecond)
		leave()
		wait.Wait()

		p.takes = time.Hour
		begin = time.Now()
		for range 10 {
			wait.Go(func() {
				if _, ready := c.Ready(t.Context()); ready || time.Since(begin) != time.Second {
					t.Errorf("a database that hangs: ready %v after %s", ready, time.Since(begin))
				}
			})
		}
		wait.Wait()
		if lines := strings.Count(log.String(), "Health check failed"); lines != 1 {
			t.Errorf("%d lines:\n%s", lines, log.String())
		}
	})
}
