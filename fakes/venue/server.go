// Package venue is a real HTTP server that stands for the venue-service.
//
// It answers the two requests that the event-service makes of its neighbour,
// GET /health/live and GET /api/v1/venues/{id}, from venues that were added to
// it. How it answers can be changed while it runs (see Behaviour), and every
// call that reaches it is kept in a history, so that a test can tell "the
// service gave up" from "the service never asked".
package venue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// headerTimeout bounds how long a connection may take to send its request
// line and headers. It is far above any delay that a fault adds on the way.
const headerTimeout = 30 * time.Second

// TenantHeader is the request header that names the tenant on whose behalf
// the caller asks.
const TenantHeader = "X-Tenant-ID"

// Venue is one venue as the venue-service answers it.
type Venue struct {
	ID       string `json:"id"`
	TenantID string `json:"tenant_id"`
	Name     string `json:"name"`
	Capacity int    `json:"capacity"` // seats
}

// Server is a running fake. All methods may be called from any goroutine.
type Server struct {
	listener net.Listener
	http     *http.Server
	stop     context.CancelFunc
	calls    sync.WaitGroup
	closing  sync.Once
	served   chan struct{}

	mu      sync.Mutex
	venues  map[string]Venue
	steady  Behaviour
	steps   []Behaviour
	scripts map[string]Behaviour // of single tenants
	history []*Call
	flaps   map[string]int // calls so far under a flapping behaviour, by tenant
	closed  bool
}

// Start listens on addr ("127.0.0.1:0" chooses a free port of that address)
// and serves until Close. The fake is healthy and knows no venue.
func Start(addr string) (*Server, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("venue fake %q: %w", addr, err)
	}
	base, stop := context.WithCancel(context.Background())
	s := &Server{
		listener: listener,
		stop:     stop,
		served:   make(chan struct{}),
		venues:   map[string]Venue{},
		steady:   Healthy(),
	}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /health/live", s.scripted(s.live))
	routes.HandleFunc("GET /api/v1/venues/{id}", s.scripted(s.venue))
	routes.HandleFunc("/", s.scripted(http.NotFound)) // a wrong path belongs in the history too
	s.http = &http.Server{
		Handler:           routes,
		ReadHeaderTimeout: headerTimeout,
		BaseContext:       func(net.Listener) context.Context { return base },
	}
	go func() {
		defer close(s.served)
		// Serve always ends with an error; Close is the only way to it.
		_ = s.http.Serve(listener)
	}()
	return s, nil
}

// Addr is the address it listens on, as host:port.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// URL is the base URL, without a trailing slash.
func (s *Server) URL() string { return "http://" + s.Addr() }

// Add makes venues known; a venue with the same ID is replaced.
func (s *Server) Add(venues ...Venue) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range venues {
		s.venues[v.ID] = v
	}
}

// Close drops every connection, ends the calls that hang and waits until the
// last handler has returned. A second Close does nothing.
func (s *Server) Close() error {
	var err error
	s.closing.Do(func() {
		s.mu.Lock()
		s.closed = true // no call is counted after this, so Wait below is final
		s.mu.Unlock()
		s.stop()
		err = s.http.Close()
		<-s.served
		s.calls.Wait()
	})
	if err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("venue fake %s: close: %w", s.Addr(), err)
	}
	return nil
}

// live answers the liveness probe as the runbook prints it.
func (s *Server) live(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]string{"status": "UP"})
}

// venue answers one venue of the asking tenant. Another tenant's venue is not
// found, exactly as one that does not exist.
func (s *Server) venue(w http.ResponseWriter, r *http.Request) {
	tenant := r.Header.Get(TenantHeader)
	if tenant == "" {
		answer(w, http.StatusBadRequest, map[string]string{"error": TenantHeader + " is required"})
		return
	}
	s.mu.Lock()
	v, known := s.venues[r.PathValue("id")]
	s.mu.Unlock()
	if !known || v.TenantID != tenant {
		answer(w, http.StatusNotFound, map[string]string{"error": "venue not found"})
		return
	}
	answer(w, http.StatusOK, v)
}

// answer writes one JSON document. A client that is gone is no error here:
// the history says what was sent.
func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
