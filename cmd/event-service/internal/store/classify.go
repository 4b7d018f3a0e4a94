package store

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/logging"
)

// dependency is the name of Postgres in errors and logs.
const dependency = "database"

// commitError is a failure at commit: what was written may be there.
type commitError struct{ err error }

func (e *commitError) Error() string { return "commit: " + e.err.Error() }
func (e *commitError) Unwrap() error { return e.err }

// The codes of Postgres that mean "not now": the classes are connection
// exception, insufficient resources and operator intervention, the single
// ones a server that only reads and conflicts that another try resolves
// (PostgreSQL documentation, appendix A).
var (
	unavailableClasses = []string{"08", "53", "57", "28", "3D"}
	unavailableCodes   = []string{"25006", "40001", "40P01", "55P03", "25P03"}
)

// queryCanceled is a statement that ran into a timeout of the server, or was
// ended by somebody.
const queryCanceled = "57014"

// classify turns an error of pgx into one of the domain, by type and code and
// never by text. Errors of the domain pass unchanged.
func classify(ctx context.Context, err error) error {
	var commit *commitError
	var pg *pgconn.PgError
	var login *pgconn.ConnectError // refused with whatever code, it leaves no connection
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		return events.ErrNotFound
	case errors.Is(ctx.Err(), context.Canceled):
		return errors.Join(context.Canceled, err)
	case errors.Is(err, ErrNoFreeConnection):
		return &events.Unavailable{Dependency: dependency, Err: err}
	case logging.IsTimeout(err) || ctx.Err() != nil:
		return &events.TimedOut{Dependency: dependency, Err: err}
	case errors.As(err, &pg) && pg.Code == queryCanceled:
		return &events.TimedOut{Dependency: dependency, Err: err}
	case errors.As(err, &pg) && !errors.As(err, &login) && !unavailable(pg.Code):
		return err
	case errors.As(err, &pg) || connectionLost(err):
		return &events.Unavailable{Dependency: dependency, Unknown: errors.As(err, &commit), Err: err}
	}
	return err
}

func unavailable(code string) bool {
	for _, class := range unavailableClasses {
		if strings.HasPrefix(code, class) {
			return true
		}
	}
	for _, c := range unavailableCodes {
		if code == c {
			return true
		}
	}
	return false
}

// connectionLost tells an error of the connection from one of the statement.
// A server that shuts down says so (57P01 to 57P03) before it hangs up.
func connectionLost(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return strings.HasPrefix(pg.Code, "57P") || strings.HasPrefix(pg.Code, "08")
	}
	var dial *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &dial) || errors.As(err, &network) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, pgconn.ErrConnClosed) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET)
}
