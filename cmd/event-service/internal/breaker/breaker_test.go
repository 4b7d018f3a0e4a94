package breaker_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
)

var errDown = errors.New("down")
var errAnswer = errors.New("a healthy dependency's no")

func fail(context.Context) error    { return errDown }
func succeed(context.Context) error { return nil }

func open(t *testing.T, log *bytes.Buffer) *breaker.Breaker {
	t.Helper()
	b := breaker.New(breaker.Settings{
		Name: "dependency", Failures: 5, OpenFor: 30 * time.Second,
		Succeeded: func(err error) bool { return errors.Is(err, errAnswer) },
		Log:       slog.New(slog.NewTextHandler(log, nil)),
	})
	for i := range 5 {
		if got := b.Stats(); got.Circuit != breaker.Closed || got.Failures != i {
			t.Fatalf("before failure %d: %+v", i, got)
		}
		if err := b.Do(t.Context(), fail); !errors.Is(err, errDown) {
			t.Fatal(err)
		}
	}
	return b
}

func TestOpensHalfOpensAndCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		b := open(t, &log)
		var refused *breaker.Refused
		if err := b.Do(t.Context(), succeed); !errors.As(err, &refused) || refused.RetryAfter != 30*time.Second {
			t.Fatalf("open: %v", err)
		}
		if got := b.Stats(); got.Circuit != breaker.Open || got.Failures != 5 {
			t.Errorf("open: %+v", got)
		}
		elapse(31 * time.Second)
		for range 3 { // asking moves nothing
			if got := b.Stats(); got.Circuit != breaker.HalfOpen {
				t.Errorf("after the wait: %+v", got)
			}
		}
		if strings.Contains(log.String(), "half-open") {
			t.Error("asking for the state has moved it")
		}
		if err := b.Do(t.Context(), succeed); err != nil {
			t.Fatalf("trial: %v", err)
		}
		if got := b.Stats(); got.Circuit != breaker.Closed || got.Failures != 0 {
			t.Errorf("after the trial: %+v", got)
		}
		for _, line := range []string{"Circuit breaker opened", "Circuit breaker half-open", "Circuit breaker closed"} {
			if strings.Count(log.String(), line) != 1 {
				t.Errorf("%q is not once in the log:\n%s", line, log.String())
			}
		}
	})
}

func TestAFailedTrialOpensForAsLongAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := open(t, &bytes.Buffer{})
		elapse(31 * time.Second)
		_ = b.Do(t.Context(), fail)
		if got := b.Stats(); got.Circuit != breaker.Open || got.Failures != 6 || got.Trial != 30*time.Second {
			t.Errorf("after a failed trial: %+v", got)
		}
	})
}

func TestOneTrialAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := open(t, &bytes.Buffer{})
		elapse(31 * time.Second)
		err := b.Do(t.Context(), func(ctx context.Context) error {
			if err := b.Do(ctx, succeed); !errors.Is(err, breaker.ErrOpen) {
				t.Errorf("beside the trial: %v", err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// A healthy no and a caller that left count for nothing.
func TestWhatIsNoFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := breaker.New(breaker.Settings{
			Name: "dependency", Failures: 1, OpenFor: time.Second,
			Succeeded: func(err error) bool { return errors.Is(err, errAnswer) },
			Log:       slog.New(slog.DiscardHandler),
		})
		for _, err := range []error{errAnswer, context.Canceled} {
			_ = b.Do(t.Context(), func(context.Context) error { return err })
			if got := b.Stats(); got.Circuit != breaker.Closed || got.Failures != 0 {
				t.Errorf("%v: %+v", err, got)
			}
		}
	})
}

// elapse lets the bubble's clock run.
func elapse(d time.Duration) {
	done := make(chan struct{})
	time.AfterFunc(d, func() { close(done) })
	<-done
}
