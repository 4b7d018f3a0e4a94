package venue

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

func TestOneRetryOnConnectionErrorsOnly(t *testing.T) {
	dial := &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	for _, c := range []struct {
		err   error
		calls int
	}{
		{nil, 1},
		{dial, 2},
		{os.NewSyscallError("read", syscall.ECONNRESET), 2},
		{io.ErrUnexpectedEOF, 2},
		{context.DeadlineExceeded, 1},
		{&net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}, 1},
		{events.ErrVenueUnknown, 1},
		{errors.New("unexpected status 500"), 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			calls := 0
			start := time.Now()
			err := retried(t.Context(), func(context.Context) error { calls++; return c.err })
			if calls != c.calls || !errors.Is(err, c.err) {
				t.Errorf("%v: %d calls, want %d", c.err, calls, c.calls)
			}
			if waited := time.Since(start); calls == 2 && (waited < backoff/2 || waited > backoff) {
				t.Errorf("%v: waited %s", c.err, waited)
			}
		})
	}
}

// A connection that dies before the answer is tried once more, over HTTP.
func TestARetryOverHTTP(t *testing.T) {
	var calls atomic.Int64
	v := client(t, through(t), time.Second, func(w http.ResponseWriter, _ *http.Request) {
		if calls.Add(1) == 1 {
			panic(http.ErrAbortHandler)
		}
		_, _ = io.WriteString(w, `{"id":"v-1","tenant_id":"t-1"}`)
	})
	if err := v.Check(t.Context(), "t-1", "v-1"); err != nil || calls.Load() != 2 {
		t.Errorf("%v after %d calls", err, calls.Load())
	}
}

type venues struct{ err error }

func (v venues) Check(context.Context, tenancy.ID, string) error { return v.err }

func TestTheFallback(t *testing.T) {
	down := &events.Unavailable{Dependency: Dependency, Err: errors.New("down")}
	var unverified *events.Unverified
	for _, c := range []struct {
		on         bool
		err        error
		unverified bool
	}{
		{true, down, true},
		{false, down, false},
		{true, events.ErrVenueUnknown, false},
		{true, context.Canceled, false},
		{true, nil, false},
	} {
		s := &Switch{}
		s.Set(c.on)
		err := Fallback{Venues: venues{c.err}, Switch: s, Log: slog.New(slog.DiscardHandler)}.Check(t.Context(), "t-1", "v-1")
		if errors.As(err, &unverified) != c.unverified || !errors.Is(err, c.err) {
			t.Errorf("on %v, %v: %v", c.on, c.err, err)
		}
	}
}
