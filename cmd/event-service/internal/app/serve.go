package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/logging"
)

// The bounds of the HTTP server that are not a request's own deadline.
const (
	headerTimeout = 5 * time.Second  // a caller sends its headers
	bodyTimeout   = 30 * time.Second // and what it sends after them, read or not
	idleTimeout   = 60 * time.Second // a connection between two requests
	writeGrace    = 5 * time.Second  // an answer may be written after the deadline
	maxHeader     = 32 << 10         // bytes
)

func server(c config.Config, h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		// Longer than any request: a read deadline that passes while a handler
		// works ends the request's context.
		ReadTimeout:    c.Timeouts.Request + bodyTimeout,
		WriteTimeout:   c.Timeouts.Request + writeGrace,
		IdleTimeout:    idleTimeout,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}

// run listens until the first signal, then stops in order. A second signal
// ends at once with an error.
func (s *service) run(signals <-chan os.Signal) error {
	listener, err := net.Listen("tcp", s.config.Address)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", s.config.Address, err)
	}
	doneMetrics, err := s.serveMetrics()
	if err != nil {
		_ = listener.Close() // nothing was accepted on it
		return err
	}
	defer doneMetrics()
	s.log.Info("Listening", "address", listener.Addr().String())
	served := make(chan error, 1)
	go func() { served <- s.server.Serve(listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case got := <-signals:
		s.log.Info("Stopping", "signal", got.String())
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	go func() {
		select {
		case got := <-signals:
			cancel(fmt.Errorf("second signal: %s", got))
		case <-ctx.Done():
		}
	}()
	if err := s.stop(ctx, s); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		return err
	}
	s.log.Info("Stopped")
	return nil
}

// Stoppable is a running service, as the order of its end needs it.
type Stoppable interface {
	// NotReady makes readiness fail.
	NotReady()
	// Delay is how long the service still accepts after that.
	Delay() time.Duration
	// Drain refuses new connections and waits for the requests in flight.
	Drain(ctx context.Context) error
	// Close gives up the connections to the dependencies.
	Close(ctx context.Context) error
}

// stop is readiness first, so that nobody sends anything new; then the
// requests in flight; then the connections that they used.
func stop(ctx context.Context, s Stoppable) error {
	// Runbook: Service Restart: a graceful restart finishes what is under way.
	s.NotReady()
	notice := time.NewTimer(s.Delay())
	defer notice.Stop()
	select {
	case <-notice.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := s.Drain(ctx); err != nil {
		return err
	}
	return s.Close(ctx)
}

func (s *service) NotReady()            { s.health.Drain() }
func (s *service) Delay() time.Duration { return s.config.Timeouts.ShutdownDelay }

func (s *service) Drain(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeouts.Shutdown)
	defer cancel()
	if err := s.server.Shutdown(ctx); err != nil {
		return fmt.Errorf("drain: %w", err)
	}
	return nil
}

// closeTimeout bounds the shutdown of the connections: a Postgres that does not answer must not
// keep a process alive that has nothing left to do.
const closeTimeout = time.Second

func (s *service) Close(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, c := range s.close {
			c()
		}
	}()
	timeout := time.NewTimer(closeTimeout)
	defer timeout.Stop()
	select {
	case <-done:
	case <-timeout.C:
		s.log.Warn("Some connections were left to the kernel")
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// watchToggleSignals turns the fallback on and off as the operator says. It is a signal
// and no record in Redis: the runbook's own clean-up would delete that.
func (s *service) watchToggleSignals(ctx context.Context, signals <-chan os.Signal) {
	// Runbook: Incident Response Steps: circuit breaker fallbacks can be enabled.
	for {
		select {
		case <-ctx.Done():
			return
		case got := <-signals:
			s.fallback.Set(got == syscall.SIGUSR1)
			s.log.Warn("Fallback switched", "on", s.fallback.On())
		}
	}
}

// serve is the command.
func serve(p Parts, c config.Config, log *slog.Logger) error {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	defer signal.Stop(signals)
	log.Info("Starting", "service", config.Service, "version", config.Version, "environment", c.Environment)
	// What may be shown of the settings: no URL and no key, which hold passwords.
	log.Debug("Settings", "database", c.Database, "cache", c.Cache, "venue", c.Venue,
		"timeouts", c.Timeouts, "resources", c.Resources, "rate_limit", c.RateLimit)
	s, err := p.build(c, log)
	if err != nil {
		log.Error("Cannot start", logging.Error(err))
		return err
	}
	toggles := make(chan os.Signal, 1)
	signal.Notify(toggles, syscall.SIGUSR1, syscall.SIGUSR2)
	defer signal.Stop(toggles)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go s.watchToggleSignals(ctx, toggles)
	err = s.run(signals)
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		log.Error("Ended", logging.Error(err))
	}
	return err
}
