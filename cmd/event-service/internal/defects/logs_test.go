package defects

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"syscall"
	"testing"

	"github.com/runproof/runproof/cmd/event-service/internal/logging"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
)

// written is what a mutant's logger makes of a few lines.
func written(t *testing.T, name string) string {
	t.Helper()
	var out bytes.Buffer
	log := mutated(t, name, nil).Logger(&out, slog.LevelInfo)
	ctx := logging.WithScope(t.Context(), &logging.Scope{RequestID: "r-1", TenantID: "a"})
	log.InfoContext(ctx, "Request")
	log.With("dependency", "database").WarnContext(ctx, "database timeout", logging.Error(errors.New("deadline")))
	log.ErrorContext(ctx, "database unavailable", logging.Error(fmt.Errorf("dial: %w", syscall.ECONNREFUSED)))
	return out.String()
}

func TestLogs(t *testing.T) {
	for _, c := range []struct {
		name, word string
		times      int
	}{
		{"causes-not-logged", "ECONNREFUSED", 0},
		{"causes-not-logged", "unavailable", 1},
		{"refused-said-of-everything", "connect ECONNREFUSED: deadline", 1},
		{"log-level-upside-down", "timeout", 0},
		{"log-level-upside-down", "Request", 1},
		{"lines-without-scope", "tenant_id", 0},
		{"lines-without-scope", "ECONNREFUSED", 1},
	} {
		if log := written(t, c.name); strings.Count(log, c.word) != c.times {
			t.Errorf("%s: %q not %d times in\n%s", c.name, c.word, c.times, log)
		}
	}
}

func TestThePasswordIsLogged(t *testing.T) {
	var out bytes.Buffer
	pool, err := mutated(t, "database-url-logged", nil).Pool(store.PoolSettings{
		URL: "postgres://u:hidden@127.0.0.1:1/d", Size: 1, Log: slog.New(slog.NewJSONHandler(&out, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	pool.Close()
	if !strings.Contains(out.String(), "hidden") {
		t.Errorf("log: %s", out.String())
	}
}
