package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
)

func pg(code string) error { return fmt.Errorf("query: %w", &pgconn.PgError{Code: code}) }

func TestErrorsAreToldApartByCode(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	for _, c := range []struct {
		err  error
		want string
	}{
		{refused, "unavailable"},
		{io.ErrUnexpectedEOF, "unavailable"},
		{pgconn.ErrConnClosed, "unavailable"},
		{fmt.Errorf("%w within 1s", ErrNoFreeConnection), "unavailable"},
		{pg("57P01"), "unavailable"}, // admin shutdown
		{pg("57P03"), "unavailable"}, // cannot connect now
		{pg("53300"), "unavailable"}, // too many connections
		{pg("25006"), "unavailable"}, // read only
		{pg("40001"), "unavailable"}, // serialization failure
		{pg("28P01"), "unavailable"}, // wrong password
		{pg("57014"), "late"},        // statement timeout
		{fmt.Errorf("begin: timeout: %w", context.DeadlineExceeded), "late"},
		{&net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}, "late"},
		{pgx.ErrNoRows, "not found"},
		{pg("42501"), "other"}, // row level security refuses a row
		{pg("42P01"), "other"}, // no such table
		{errors.New("anything"), "other"},
	} {
		if got := kind(classify(context.Background(), c.err)); got != c.want {
			t.Errorf("%v: %s, want %s", c.err, got, c.want)
		}
	}
	if classify(context.Background(), nil) != nil {
		t.Error("no error became one")
	}
}

func kind(err error) string {
	var unavailable *events.Unavailable
	var late *events.TimedOut
	switch {
	case errors.As(err, &unavailable):
		return "unavailable"
	case errors.As(err, &late):
		return "late"
	case errors.Is(err, events.ErrNotFound):
		return "not found"
	}
	return "other"
}

// A caller that went away is no failure of the database.
func TestACallerThatLeftIsNoFailure(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := classify(ctx, pg("57014"))
	if !errors.Is(err, context.Canceled) || kind(err) != "other" {
		t.Errorf("got %v", err)
	}
}

func TestOnlyALostCommitIsUnknown(t *testing.T) {
	var u *events.Unavailable
	if err := classify(context.Background(), &commitError{io.EOF}); !errors.As(err, &u) || !u.Unknown {
		t.Errorf("at commit: %v", err)
	}
	if err := classify(context.Background(), io.EOF); !errors.As(err, &u) || u.Unknown {
		t.Errorf("before commit: %v", err)
	}
}
