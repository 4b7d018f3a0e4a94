// Package health answers the two questions of the runbook ("Health Checks"):
// is the process alive, and may it get requests. Asking changes nothing: no
// breaker moves, no request loses its connection.
package health

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/logging"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
)

// The words of the runbook's expected output.
const (
	Up   = "UP"
	Down = "DOWN"
	OK   = "OK"
	Low  = "LOW" // less memory or disk than the threshold leaves
)

// timestamp is RFC 3339 in UTC with milliseconds, as the runbook prints it.
//
// Runbook: Health Checks: timestamp in UTC with milliseconds.
const timestamp = "2006-01-02T15:04:05.000Z"

// Live is the answer of /health/live: alive is who answers.
type Live struct {
	Status string `json:"status"`
}

// Ready is the answer of /health/ready.
type Ready struct {
	// Runbook: Health Checks: /health/ready says status, service, version, timestamp, checks.
	Status    string `json:"status"`
	Service   string `json:"service"`
	Version   string `json:"version"`
	Timestamp string `json:"timestamp"`
	Checks    Checks `json:"checks"`
}

// Checks are the parts of a Ready. The first four are the runbook's.
type Checks struct {
	// Runbook: Database Connection Issues: state of the database at .checks.database.
	Database     string                `json:"database"`
	Redis        string                `json:"redis"`
	Memory       string                `json:"memory"`
	DiskSpace    string                `json:"diskSpace"`
	Pool         store.PoolState       `json:"pool"`
	Dependencies map[string]Dependency `json:"dependencies"`
}

// Dependency is one of them as the service has seen it last.
type Dependency struct {
	Status string `json:"status"`
	// Circuit is there for a dependency behind a circuit breaker.
	*Circuit
}

// Circuit is a circuit breaker; its dependency is DOWN unless it is closed.
type Circuit struct {
	Circuit   breaker.Circuit `json:"circuit"`
	Failures  int             `json:"failures"`  // consecutive
	Since     string          `json:"since"`     // the circuit is in this state
	RetryInMs int64           `json:"retryInMs"` // until the breaker lets a trial through
	Fallback  bool            `json:"fallback"`  // the operator's switch: go on without asking
}

// Pinger is a dependency that is asked.
type Pinger interface {
	Ping(ctx context.Context) error
}

// Sources is where the checker looks.
type Sources struct {
	Database Pinger
	Redis    Pinger
	Memory   func() string
	Disk     func() string
	Pool     func() store.PoolState
	// Dependencies are the dependencies by name, as they were seen last.
	Dependencies map[string]func() Dependency
}

// Guarded is a dependency behind a circuit breaker, with a fallback.
func Guarded(stats func() breaker.Stats, fallback func() bool) func() Dependency {
	// Runbook: Circuit Breaker Open: stats at .checks.dependencies.
	return func() Dependency {
		s := stats()
		d := Dependency{Status: Up, Circuit: &Circuit{
			Circuit: s.Circuit, Failures: s.Failures, Since: s.Since.UTC().Format(timestamp),
			RetryInMs: s.Trial.Milliseconds(), Fallback: fallback(),
		}}
		if s.Circuit != breaker.Closed {
			d.Status = Down
		}
		return d
	}
}

// BestEffort is a dependency that nothing waits for.
func BestEffort(healthy func() bool) func() Dependency {
	return func() Dependency {
		if healthy() {
			return Dependency{Status: Up}
		}
		return Dependency{Status: Down}
	}
}

// Checker answers. It is safe for use by many goroutines.
type Checker struct {
	service, version string
	timeout          time.Duration
	sources          Sources
	log              *slog.Logger
	draining         atomic.Bool
	inFlight         singleflight.Group // the checks under way, by dependency
}

// NewChecker makes a checker; each check of a dependency takes at most timeout.
func NewChecker(service, version string, timeout time.Duration, s Sources, log *slog.Logger) *Checker {
	return &Checker{service: service, version: version, timeout: timeout, sources: s, log: log}
}

// Drain makes the service not ready, for good.
func (c *Checker) Drain() { c.draining.Store(true) }

// Live touches no dependency.
//
// Runbook: Health Checks: /health/live says { "status": "UP" }.
func (c *Checker) Live() Live { return Live{Status: Up} }

// Ready asks Postgres and Redis, each within its own time. Only Postgres
// decides: without it no request can be answered, while a lost Redis or
// venue-service takes a part away and is shown.
//
// Each of the two is asked once at a time, however many want to know: whoever
// comes while a check is under way gets what comes of it. So an answer ends
// after it was asked for, and began at most one check's time before that.
// Nothing is kept after a check has ended.
func (c *Checker) Ready(ctx context.Context) (Ready, bool) {
	database := c.ask(ctx, "database", c.sources.Database)
	redis := c.ask(ctx, "redis", c.sources.Redis)
	checks := Checks{
		Memory:       c.sources.Memory(),
		DiskSpace:    c.sources.Disk(),
		Pool:         c.sources.Pool(),
		Database:     outcome(ctx, database),
		Redis:        outcome(ctx, redis),
		Dependencies: map[string]Dependency{},
	}
	for name, look := range c.sources.Dependencies {
		checks.Dependencies[name] = look()
	}
	// Runbook: Database Connection Issues: readiness fails.
	ready := checks.Database == Up && !c.draining.Load()
	status := Up
	if !ready {
		status = Down
	}
	return Ready{
		Status: status, Service: c.service, Version: c.version,
		Timestamp: time.Now().UTC().Format(timestamp), Checks: checks,
	}, ready
}

// ask joins the check of a dependency that is under way, or begins one. It
// belongs to none of those who wait: one that goes away ends it for nobody.
func (c *Checker) ask(ctx context.Context, name string, p Pinger) <-chan singleflight.Result {
	// Runbook: Health Checks: database and redis UP.
	return c.inFlight.DoChan(name, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.timeout)
		defer cancel()
		err := p.Ping(ctx)
		if err != nil {
			c.log.WarnContext(ctx, "Health check failed: "+logging.Failure(name, err), "check", name, logging.Error(err))
		}
		return nil, err
	})
}

// outcome waits for a check. Who does not wait for its end is told nothing good.
func outcome(ctx context.Context, check <-chan singleflight.Result) string {
	select {
	case r := <-check:
		if r.Err == nil {
			return Up
		}
	case <-ctx.Done():
	}
	return Down
}
