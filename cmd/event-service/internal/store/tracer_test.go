package store

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5"
)

// The statement is shown, its parameters are not: they are a tenant's data.
func TestSlowStatementsAreLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s := slowQueries{log: slog.New(slog.NewTextHandler(&log, nil)), over: time.Second}
		for _, took := range []time.Duration{time.Second, 1500 * time.Millisecond} {
			ctx := s.TraceQueryStart(t.Context(), nil, pgx.TraceQueryStartData{SQL: "SELECT\n\t1", Args: []any{"hidden"}})
			<-time.After(took)
			s.TraceQueryEnd(ctx, nil, pgx.TraceQueryEndData{})
		}
		got := log.String()
		if strings.Count(got, "Slow query") != 1 || !strings.Contains(got, "duration_ms=1500") ||
			!strings.Contains(got, `query="SELECT 1"`) || strings.Contains(got, "hidden") {
			t.Errorf("log: %s", got)
		}
	})
}
