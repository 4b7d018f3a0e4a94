package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

// PingConnections is how many connections health keeps for itself. Of two,
// one may still be on its way out after a check that ran into its deadline.
const PingConnections = 2

// Pinger asks Postgres whether it answers, on connections of its own: an
// exhausted pool is shown as such and is no database that is down, and asking
// for health takes nothing from a request.
type Pinger struct {
	pool *pgxpool.Pool
}

// NewPinger uses a pool that nobody else uses.
func NewPinger(pool *pgxpool.Pool) *Pinger { return &Pinger{pool: pool} }

// Ping is one round trip on an open connection. One that died while it was
// idle is replaced and asked again.
func (p *Pinger) Ping(ctx context.Context) error {
	for left := p.pool.Config().MaxConns; ; left-- {
		conn, err := p.pool.Acquire(ctx)
		if err != nil {
			return fmt.Errorf("connect: %w", err)
		}
		_, err = conn.Exec(ctx, "SELECT 1")
		conn.Release()
		if err == nil {
			return nil
		}
		if left <= 0 || ctx.Err() != nil || !connectionLost(err) {
			return fmt.Errorf("ping: %w", err)
		}
	}
}
