// Package store keeps events in Postgres: a bounded pool, one transaction per
// call under the tenant's own context, and errors told apart by their codes.
package store

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/multitracer"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
	"github.com/runproof/runproof/cmd/event-service/internal/tracing"
)

// applicationName is shown in pg_stat_activity, where the runbook sends the
// operator ("Database Connection Issues", step 4).
const applicationName = "event-service"

// PoolSettings describe a pool.
type PoolSettings struct {
	URL            string
	Size           int           // connections at most
	ConnectTimeout time.Duration // one dial with authentication
	// The server's own bounds; zero leaves them as the server has them. They
	// end what a client that died has left behind.
	StatementTimeout time.Duration
	IdleInTxTimeout  time.Duration
	SlowQuery        time.Duration // statements over it are logged
	Log              *slog.Logger
}

// NewPool makes a pool. It dials nothing yet.
//
// Connections are not pinged when they are taken: BEGIN is the first thing
// said on each of them and finds a dead one just as well (see begin). A ping
// would have to be bounded by itself, and a slow database would then look
// like one that refuses.
func NewPool(s PoolSettings) (*pgxpool.Pool, error) {
	c, err := pgxpool.ParseConfig(s.URL)
	if err != nil {
		return nil, fmt.Errorf("database pool: %w", err)
	}
	c.MaxConns = int32(s.Size)
	c.MinConns = 0
	c.ShouldPing = func(context.Context, pgxpool.ShouldPingParams) bool { return false }
	c.ConnConfig.ConnectTimeout = s.ConnectTimeout
	// Runbook: Database Connection Issues: the service's queries can be found in pg_stat_activity.
	c.ConnConfig.RuntimeParams["application_name"] = applicationName
	for name, d := range map[string]time.Duration{
		"statement_timeout":                   s.StatementTimeout,
		"idle_in_transaction_session_timeout": s.IdleInTxTimeout,
	} {
		if d > 0 {
			c.ConnConfig.RuntimeParams[name] = strconv.FormatInt(d.Milliseconds(), 10)
		}
	}
	c.ConnConfig.Tracer = multitracer.New(tracing.Statements{}, slowQueries{log: s.Log, over: s.SlowQuery})
	// Statements without a name are planned anew each time: a plan made while
	// row level security was bypassed cannot outlive the mistake, and DISCARD
	// ALL or a pooler in between breaks nothing. Nothing is described either,
	// so that a statement is one round trip on a new connection, too.
	c.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
	p, err := pgxpool.NewWithConfig(context.Background(), c)
	if err != nil {
		return nil, fmt.Errorf("database pool: %w", err)
	}
	return p, nil
}

// Database runs transactions for one tenant at a time.
type Database struct {
	pool    *pgxpool.Pool
	limiter Limiter
	tenant  tenancy.Context
}

// Limiter bounds how many requests use the pool at once.
type Limiter interface {
	// Acquire waits for a place; give must be called once. Without a place in
	// time the error is ErrNoFreeConnection.
	Acquire(ctx context.Context) (release func(), err error)
	State() LimiterState
}

// New puts a database together.
func New(pool *pgxpool.Pool, limiter Limiter, tenant tenancy.Context) *Database {
	return &Database{pool: pool, limiter: limiter, tenant: tenant}
}

// write runs do in a transaction under the tenant.
func (d *Database) write(ctx context.Context, tenant tenancy.ID, do func(pgx.Tx) error) error {
	return classify(ctx, d.transact(ctx, tenant, pgx.TxOptions{}, do))
}

// read is write for a transaction that changes nothing.
func (d *Database) read(ctx context.Context, tenant tenancy.ID, do func(pgx.Tx) error) error {
	return classify(ctx, d.transact(ctx, tenant, pgx.TxOptions{AccessMode: pgx.ReadOnly}, do))
}

// transact is begin, set the tenant, do, commit: each a round trip of its own.
func (d *Database) transact(ctx context.Context, tenant tenancy.ID, mode pgx.TxOptions, do func(pgx.Tx) error) error {
	release, err := d.limiter.Acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	conn, tx, err := d.begin(ctx, mode)
	if err != nil {
		return err
	}
	defer conn.Release()
	// After a commit this does nothing; otherwise a failed rollback only means
	// that Release throws the connection away.
	defer func() { _ = tx.Rollback(ctx) }()
	// Runbook: Tenant Isolation Issues: app.tenant_id is set for each request.
	if err := d.tenant.Set(ctx, tx, tenant); err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return &commitError{err}
	}
	return nil
}

// begin takes a connection and begins. A pooled connection may have died while
// it was idle; nothing has been done on it yet, so the next one is tried,
// until the pool is out of dead ones and dials.
func (d *Database) begin(ctx context.Context, mode pgx.TxOptions) (*pgxpool.Conn, pgx.Tx, error) {
	// Runbook: Database Recovery: the service reconnects.
	for left := d.pool.Config().MaxConns; ; left-- {
		conn, err := d.pool.Acquire(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("connect: %w", err)
		}
		tx, err := conn.BeginTx(ctx, mode)
		if err == nil {
			return conn, tx, nil
		}
		conn.Release()
		if left <= 0 || ctx.Err() != nil || !connectionLost(err) {
			return nil, nil, fmt.Errorf("begin: %w", err)
		}
	}
}

// PoolState is the pool as readiness shows it.
type PoolState struct {
	Status  string `json:"status"` // OK, or EXHAUSTED when every connection is taken
	Max     int    `json:"max"`
	InUse   int    `json:"inUse"`   // requests that hold a connection
	Waiting int    `json:"waiting"` // requests that wait for one
	Idle    int    `json:"idle"`    // open connections that nobody uses
}

// State reads the pool's counters; it asks the server nothing.
func (d *Database) State() PoolState {
	// Runbook: Database Connection Issues: the pool can be exhausted, and is shown to be.
	s := d.limiter.State()
	status := "OK"
	if s.InUse >= s.Max {
		status = "EXHAUSTED"
	}
	return PoolState{
		Status: status, Max: s.Max, InUse: s.InUse, Waiting: s.Waiting,
		Idle: int(d.pool.Stat().IdleConns()),
	}
}
