// Package logging writes the service's log: one JSON document a line, with the
// request and the tenant that it belongs to.
package logging

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"syscall"

	"github.com/runproof/runproof/cmd/event-service/internal/tracing"
)

// Scope is what every line of one request shares. The layers of a request
// fill it in as they learn it; it is not for use by two goroutines at once.
type Scope struct {
	RequestID string
	TenantID  string // empty until the caller is known
}

type scopeKey struct{}

// WithScope returns a context whose log lines carry the scope.
func WithScope(ctx context.Context, s *Scope) context.Context {
	return context.WithValue(ctx, scopeKey{}, s)
}

// ScopeOf is the scope of a context, nil outside a request.
func ScopeOf(ctx context.Context) *Scope {
	s, _ := ctx.Value(scopeKey{}).(*Scope)
	return s
}

// New is a logger of JSON lines on w from the given level upwards.
func New(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(scoped{slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level})})
}

// scoped adds request_id, tenant_id and trace_id from the context.
type scoped struct{ slog.Handler }

func (h scoped) Handle(ctx context.Context, r slog.Record) error {
	if s := ScopeOf(ctx); s != nil {
		if s.RequestID != "" {
			r.AddAttrs(slog.String("request_id", s.RequestID))
		}
		if s.TenantID != "" {
			r.AddAttrs(slog.String("tenant_id", s.TenantID))
		}
	}
	if id := tracing.ID(ctx); id != "" {
		r.AddAttrs(slog.String("trace_id", id))
	}
	return h.Handler.Handle(ctx, r)
}

func (h scoped) WithAttrs(attrs []slog.Attr) slog.Handler { return scoped{h.Handler.WithAttrs(attrs)} }
func (h scoped) WithGroup(name string) slog.Handler       { return scoped{h.Handler.WithGroup(name)} }

// Error is the field of an error. A refused connection gets the word that the
// runbook tells the operator to look for ("Database Connection Issues"); it is
// told by its errno, so that no other error can carry the word.
func Error(err error) slog.Attr {
	if err == nil {
		return slog.String("error", "")
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		// Runbook: Database Connection Issues: "ECONNREFUSED" errors in logs.
		return slog.String("error", "connect ECONNREFUSED: "+err.Error())
	}
	return slog.String("error", err.Error())
}

// IsTimeout tells a deadline that was kept from every other failure.
func IsTimeout(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) {
		return true
	}
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

// Failure is the message of a dependency that failed: "database timeout" for
// a deadline, "database unavailable" for everything else.
func Failure(dependency string, err error) string {
	// Runbook: High Latency: timeout errors.
	if IsTimeout(err) {
		return dependency + " timeout"
	}
	return dependency + " unavailable"
}
