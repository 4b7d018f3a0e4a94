package app

import (
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/runproof/runproof/cmd/event-service/internal/logging"
)

// exposed is the handler of /metrics on the public port: none where it has an
// address of its own. What it tells (load, tenants' traffic, the pool) is for
// operators, and whoever can reach the API could read it.
func (s *service) exposed() http.Handler {
	if s.config.Metrics != "" {
		return nil
	}
	return s.metrics.Handler()
}

// serveMetrics serves /metrics at its own address, where it has one, until done
// is called: a scraper sees the end of the last request, too.
func (s *service) serveMetrics() (done func(), err error) {
	if s.config.Metrics == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", s.config.Metrics)
	if err != nil {
		return nil, fmt.Errorf("listen for metrics on %s: %w", s.config.Metrics, err)
	}
	s.log.Info("Serving metrics", "address", listener.Addr().String())
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.metrics.Handler())
	own := server(s.config, mux, s.log)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := own.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("Metrics are no longer served", logging.Error(err))
		}
	}()
	return func() {
		_ = own.Close() // only a scrape can be cut
		<-ended
	}, nil
}
