package store

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// slowQueries logs statements that took long, where the runbook sends the
// operator ("High Latency", step 2). It is a pgx.QueryTracer.
type slowQueries struct {
	log  *slog.Logger
	over time.Duration
}

type startedKey struct{}

type started struct {
	at  time.Time
	sql string
}

func (s slowQueries) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	return context.WithValue(ctx, startedKey{}, started{at: time.Now(), sql: d.SQL})
}

// TraceQueryEnd logs the statement without its parameters, which may be a
// tenant's data.
func (s slowQueries) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryEndData) {
	// Runbook: High Latency: slow queries in logs.
	q, ok := ctx.Value(startedKey{}).(started)
	if took := time.Since(q.at); ok && took > s.over {
		s.log.WarnContext(ctx, "Slow query", "duration_ms", took.Milliseconds(),
			"query", strings.Join(strings.Fields(q.sql), " "), "failed", d.Err != nil)
	}
}
