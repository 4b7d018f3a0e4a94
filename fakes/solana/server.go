// Package solana is a real HTTP server that stands for a Solana RPC node.
//
// It answers the one method that the event-service calls, getSlot (Solana JSON
// RPC over HTTP), and keeps every call in a history.
package solana

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	// headerTimeout bounds how long a connection may take to send its request
	// line and headers.
	headerTimeout = 30 * time.Second
	// firstSlot is about where Solana's main network stood at the end of 2024.
	firstSlot = 310_000_000
	// noMethod is the code of a method that is not there (JSON-RPC 2.0, section 5.1).
	noMethod = -32601
)

// Call is one request that reached the fake.
type Call struct {
	At     time.Time `json:"at"`
	Method string    `json:"method"` // of JSON-RPC; empty: it was none
}

// Server is a running fake. All methods may be called from any goroutine.
type Server struct {
	listener net.Listener
	http     *http.Server
	closing  sync.Once
	served   chan struct{}

	mu      sync.Mutex
	slot    uint64
	history []Call
}

// Start listens on addr ("127.0.0.1:0" chooses a free port of that address)
// and serves until Close.
func Start(addr string) (*Server, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("solana fake %q: %w", addr, err)
	}
	s := &Server{listener: listener, served: make(chan struct{}), slot: firstSlot}
	s.http = &http.Server{Handler: http.HandlerFunc(s.rpc), ReadHeaderTimeout: headerTimeout}
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

// History returns the calls so far, oldest first, as a copy.
func (s *Server) History() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.history...)
}

// Close drops every connection. A second Close does nothing.
func (s *Server) Close() error {
	var err error
	s.closing.Do(func() {
		err = s.http.Close()
		<-s.served
	})
	if err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("solana fake %s: close: %w", s.Addr(), err)
	}
	return nil
}

// answer is a response of JSON-RPC 2.0.
type answer struct {
	Version string  `json:"jsonrpc"`
	Result  *uint64 `json:"result,omitempty"`
	Error   *fault  `json:"error,omitempty"`
	ID      any     `json:"id"`
}

type fault struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// rpc answers one call. Each is a slot later than the one before.
func (s *Server) rpc(w http.ResponseWriter, r *http.Request) {
	var request struct {
		Method string `json:"method"`
		ID     any    `json:"id"`
	}
	err := json.NewDecoder(r.Body).Decode(&request)
	s.mu.Lock()
	s.history = append(s.history, Call{At: time.Now(), Method: request.Method})
	s.slot++
	slot := s.slot
	s.mu.Unlock()
	if r.Method != http.MethodPost || err != nil {
		http.Error(w, "a JSON-RPC request is sent by POST", http.StatusBadRequest)
		return
	}
	a := answer{Version: "2.0", ID: request.ID, Result: &slot}
	if request.Method != "getSlot" {
		a.Result, a.Error = nil, &fault{Code: noMethod, Message: "Method not found"}
	}
	w.Header().Set("Content-Type", "application/json")
	// A client that is gone is no error of the fake.
	_ = json.NewEncoder(w).Encode(a)
}
