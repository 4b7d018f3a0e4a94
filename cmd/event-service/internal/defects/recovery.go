package defects

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
)

func recoveryDefects() []Defect {
	return []Defect{
		{
			Name: "database-never-redialled", Breaks: "contract.recovery.database", Latent: true,
			Sees:  "Postgres is back, and the service stays down until somebody restarts it.",
			Parts: []string{"Pool"},
			mutate: func(p *app.Parts) {
				dialling(p, func(honest pgconn.DialFunc) pgconn.DialFunc { return (&discouraged{dial: honest}).Dial })
			},
		},
		{
			Name: "half-recovered", Breaks: "contract.recovery.database", Latent: true,
			Sees:   "Postgres is back, readiness says so, and every second request goes to an address that was given up.",
			Parts:  []string{"Repository"},
			mutate: func(p *app.Parts) { aroundRepository(p, byHalves) },
		},
		{
			Name: "reconnect-storm", Breaks: "contract.recovery.database", Latent: true, Exclusive: true,
			Sees:   "A Postgres that is down or starting is hit by thousands of connections a second.",
			Parts:  []string{"Pool"},
			mutate: func(p *app.Parts) { dialling(p, storming) },
		},
		{
			Name: "redis-never-asked-again", Breaks: "contract.redis.optional", Latent: true,
			Sees:  "Redis was away once, and nothing is cached or limited any more until a restart.",
			Parts: []string{"Gate"},
			mutate: func(p *app.Parts) {
				p.Gate = func(log *slog.Logger) *cache.Gate {
					start := time.Now()
					return cache.NewGate(log, func() time.Time { return start })
				}
			},
		},
	}
}

// dialling makes the honest pool, with another way to dial.
func dialling(p *app.Parts, wrap func(pgconn.DialFunc) pgconn.DialFunc) {
	honest := p.Pool
	p.Pool = func(s store.PoolSettings) (*pgxpool.Pool, error) {
		model, err := honest(s)
		if err != nil {
			return nil, err
		}
		defer model.Close()
		c := model.Config()
		c.ConnConfig.DialFunc = wrap(c.ConnConfig.DialFunc)
		pool, err := pgxpool.NewWithConfig(context.Background(), c)
		if err != nil {
			return nil, fmt.Errorf("database pool: %w", err)
		}
		return pool, nil
	}
}

// discouraged never dials again after a dial that failed.
type discouraged struct {
	dial pgconn.DialFunc

	mu     sync.Mutex
	failed error
}

func (d *discouraged) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	d.mu.Lock()
	failed := d.failed
	d.mu.Unlock()
	if failed != nil {
		return nil, failed
	}
	conn, err := d.dial(ctx, network, address)
	if err != nil {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.failed = err
	}
	return conn, err
}

// stormTries is how often a storming dial is made; without any pause that
// takes milliseconds.
const stormTries = 200

func storming(dial pgconn.DialFunc) pgconn.DialFunc {
	return func(ctx context.Context, network, address string) (conn net.Conn, err error) {
		for range stormTries {
			if conn, err = dial(ctx, network, address); err == nil {
				err = staysOpen(conn)
			}
			if err == nil || ctx.Err() != nil {
				return conn, err
			}
		}
		return nil, err
	}
}

// staysOpen closes a connection that its other end has given up already.
func staysOpen(conn net.Conn) error {
	const aMoment = 20 * time.Millisecond
	if err := conn.SetReadDeadline(time.Now().Add(aMoment)); err != nil {
		return errors.Join(err, conn.Close())
	}
	// Postgres says nothing before it is asked, so there is nothing to lose.
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		return errors.Join(fmt.Errorf("connection is not open any more: %w", cmp.Or(err, io.EOF)), conn.Close())
	}
	return conn.SetReadDeadline(time.Time{})
}
