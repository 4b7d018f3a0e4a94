package app

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/health"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

// ending records the order of an end.
type ending struct {
	steps []string
	drain error
}

func (e *ending) NotReady()            { e.steps = append(e.steps, "not ready") }
func (e *ending) Delay() time.Duration { return time.Second }
func (e *ending) Drain(context.Context) error {
	e.steps = append(e.steps, "drain")
	return e.drain
}
func (e *ending) Close(context.Context) error {
	e.steps = append(e.steps, "close")
	return nil
}

func TestTheOrderOfAnEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &ending{}
		start := time.Now()
		if err := stop(t.Context(), e); err != nil || time.Since(start) != time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		if got := strings.Join(e.steps, ", "); got != "not ready, drain, close" {
			t.Errorf("steps: %s", got)
		}
	})
}

func TestAnEndThatIsCutShort(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	e := &ending{}
	if err := stop(ctx, e); !errors.Is(err, context.Canceled) || len(e.steps) != 1 {
		t.Errorf("%v after %v", err, e.steps)
	}
	e = &ending{drain: errors.New("still busy")}
	synctest.Test(t, func(t *testing.T) {
		if err := stop(t.Context(), e); !errors.Is(err, e.drain) || len(e.steps) != 2 {
			t.Errorf("%v after %v", err, e.steps)
		}
	})
}

// notReady is a Health that nobody asks.
type notReady struct{ Health }

func (notReady) Drain() {}

// A request that never ends must not keep the process: the second signal ends
// it at once, and says so with its exit code.
func TestASecondSignalEndsAtOnce(t *testing.T) {
	signals := make(chan os.Signal, 2)
	s := &service{
		config: config.Config{Address: "127.0.0.1:0", Timeouts: config.Timeouts{Shutdown: time.Hour}},
		log:    slog.New(slog.DiscardHandler), health: notReady{}, server: &http.Server{},
		stop: func(ctx context.Context, _ Stoppable) error {
			signals <- syscall.SIGTERM
			<-ctx.Done()
			return ctx.Err()
		},
	}
	signals <- syscall.SIGTERM
	if err := s.run(signals); err == nil || !strings.Contains(err.Error(), "second signal") {
		t.Errorf("got %v", err)
	}
	_ = s.server.Close()
}

func TestTheOperatorsSwitch(t *testing.T) {
	s := &service{log: slog.New(slog.DiscardHandler), fallback: &venue.Switch{}}
	signals := make(chan os.Signal)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); s.watchToggleSignals(ctx, signals) }()
	for _, c := range []struct {
		signal os.Signal
		on     bool
	}{{syscall.SIGUSR1, true}, {syscall.SIGUSR1, true}, {syscall.SIGUSR2, false}} {
		signals <- c.signal
		signals <- c.signal // taken only when the one before is done
		if s.fallback.On() != c.on {
			t.Errorf("after %s: %v", c.signal, s.fallback.On())
		}
	}
	cancel()
	<-ended
}

// A part that is left out would be found only when it is called.
func TestTheHonestServiceIsComplete(t *testing.T) {
	parts := reflect.ValueOf(Honest())
	for i := range parts.NumField() {
		if parts.Field(i).IsNil() {
			t.Errorf("%s is missing", parts.Type().Field(i).Name)
		}
	}
	var _ Health = (*health.Checker)(nil)
}
