package logging_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/runproof/runproof/cmd/event-service/internal/logging"
)

func TestLinesCarryTheScope(t *testing.T) {
	var b bytes.Buffer
	log := logging.New(&b, slog.LevelInfo)
	ctx := logging.WithScope(context.Background(), &logging.Scope{RequestID: "r-1"})
	logging.ScopeOf(ctx).TenantID = "t-1"
	log.DebugContext(ctx, "not shown")
	log.With("a", "b").InfoContext(ctx, "shown")
	var line map[string]string
	if err := json.Unmarshal(b.Bytes(), &line); err != nil {
		t.Fatalf("%v in %q", err, b.String())
	}
	if line["request_id"] != "r-1" || line["tenant_id"] != "t-1" || line["msg"] != "shown" || line["level"] != "INFO" {
		t.Errorf("line %v", line)
	}
}

// The word is for refused connections alone; every other error must be
// without it, or the operator looks at the wrong thing.
func TestOnlyARefusedConnectionIsCalledSo(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	for _, c := range []struct {
		err  error
		want bool
	}{
		{refused, true},
		{fmt.Errorf("database: %w", errors.Join(io.EOF, refused)), true},
		{&net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, false},
		{context.DeadlineExceeded, false},
		{errors.New("connection refused by policy"), false},
		{nil, false},
	} {
		if got := strings.Contains(logging.Error(c.err).Value.String(), "ECONNREFUSED"); got != c.want {
			t.Errorf("%v: %v, want %v", c.err, got, c.want)
		}
	}
}

func TestATimeoutIsNamed(t *testing.T) {
	if got := logging.Failure("database", fmt.Errorf("begin: %w", context.DeadlineExceeded)); got != "database timeout" {
		t.Error(got)
	}
	if got := logging.Failure("database", io.EOF); got != "database unavailable" {
		t.Error(got)
	}
}
