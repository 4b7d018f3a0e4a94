package defects

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

// guard is a mutant's breaker with the defaults of the runbook.
func guard(t *testing.T, name string) app.Breaker {
	t.Helper()
	return mutated(t, name, nil).Breaker(breaker.Settings{
		Name: "venue-service", Failures: 5, OpenFor: 30 * time.Second, Succeeded: venue.Answered, Log: discard,
	})
}

var errLost = errors.New("lost")

// called makes n calls that end with err, and counts those that were made.
func called(t *testing.T, b app.Breaker, n int, err error) (made int) {
	t.Helper()
	for range n {
		_ = b.Do(t.Context(), func(context.Context) error {
			made++
			return err
		})
	}
	return made
}

func TestBreakers(t *testing.T) {
	for _, c := range []struct {
		name   string
		err    error
		fails  int
		made   int
		circle breaker.Circuit // right after the failures
		later  breaker.Circuit // 30 seconds on
	}{
		{"breaker-logs-nothing", errLost, 9, 5, breaker.Open, breaker.HalfOpen},
		{"breaker-never-opens", errLost, 9, 9, breaker.Closed, breaker.Closed},
		{"breaker-never-half-opens", errLost, 9, 5, breaker.Open, breaker.Open},
		{"breaker-opens-at-first-failure", errLost, 9, 1, breaker.Open, breaker.HalfOpen},
		{"breaker-counts-unknown-venues", events.ErrVenueUnknown, 9, 5, breaker.Open, breaker.HalfOpen},
		{"breaker-state-frozen", errLost, 9, 5, breaker.Closed, breaker.Closed},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := guard(t, c.name)
			made := called(t, b, c.fails, c.err)
			circle := b.Stats().Circuit
			<-time.After(30 * time.Second)
			if later := b.Stats().Circuit; made != c.made || circle != c.circle || later != c.later {
				t.Errorf("%s: %d calls made, %s, then %s", c.name, made, circle, later)
			}
		})
	}
}

func TestTheBreakerTriesTooSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := guard(t, "breaker-waits-five-seconds")
		called(t, b, 5, errLost)
		<-time.After(5*time.Second + time.Millisecond)
		if made := called(t, b, 1, nil); made != 1 || b.Stats().Circuit != breaker.Closed {
			t.Errorf("%d calls made, %s", made, b.Stats().Circuit)
		}
	})
}

func TestTheBreakerStaysWary(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := guard(t, "breaker-stays-wary")
		if made := called(t, b, 9, errLost); made != 5 {
			t.Errorf("the first time it opens after %d", made)
		}
		<-time.After(30*time.Second + time.Millisecond)
		if called(t, b, 1, nil); b.Stats().Circuit != breaker.Closed {
			t.Fatalf("after a trial that succeeded: %s", b.Stats().Circuit)
		}
		if made := called(t, b, 9, errLost); made != 1 || b.Stats().Circuit != breaker.Open {
			t.Errorf("the second time it opens after %d, %s", made, b.Stats().Circuit)
		}
	})
}

func TestTheBreakerFloods(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := guard(t, "breaker-floods-half-open")
		called(t, b, 5, errLost)
		if made := called(t, b, 3, nil); made != 0 {
			t.Errorf("%d calls made while open", made)
		}
		<-time.After(30*time.Second + time.Millisecond)
		made, release := 0, make(chan struct{})
		for range 4 {
			go func() {
				_ = b.Do(t.Context(), func(context.Context) error { made++; <-release; return nil })
			}()
			synctest.Wait()
		}
		close(release)
		synctest.Wait()
		if made != 4 {
			t.Errorf("%d calls at once", made)
		}
	})
}

func TestOneBreakerForEverything(t *testing.T) {
	s := &stub{}
	p := mutated(t, "breaker-for-everything", func(p *app.Parts) {
		p.Repository = func(*store.Database) events.Repository { return s }
	})
	b := p.Breaker(breaker.Settings{Name: "venue-service", Failures: 5, OpenFor: time.Minute, Succeeded: venue.Answered, Log: discard})
	r := p.Repository(nil)
	for range 9 {
		s.errs = []error{events.ErrNotFound}
		_, _ = r.List(t.Context(), "a", events.Filter{})
	}
	if b.Stats().Circuit != breaker.Closed {
		t.Error("what is not found counts as a failure")
	}
	called(t, b, 5, errLost)
	var refused *events.Unavailable
	if _, err := r.List(t.Context(), "a", events.Filter{}); !errors.As(err, &refused) {
		t.Errorf("a read while the venue-service is down: %v", err)
	}
}
