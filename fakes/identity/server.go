// Package identity is a real HTTP server that stands for the identity provider.
//
// It owns a key made when it starts (ES256, unless told otherwise), signs the tokens
// that the service accepts, and publishes its public keys as a JWK set. The keys
// can be rotated while it runs, and every call is kept in a history.
package identity

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// headerTimeout bounds how long a connection may take to send its request
// line and headers.
const headerTimeout = 30 * time.Second

// JWKSPath is where the JWK set is published (RFC 7517; the path is the one
// that OpenID Connect providers use).
const JWKSPath = "/.well-known/jwks.json"

// Call is one request that reached the fake.
type Call struct {
	At     time.Time `json:"at"`
	Method string    `json:"method"`
	Path   string    `json:"path"`
	Status int       `json:"status"`
}

// The algorithms by which tokens can be signed (RFC 7518, 3.1).
const (
	ES256 = "ES256"
	RS256 = "RS256"
	HS256 = "HS256"
)

// Form is what a service wants its tokens to be like.
type Form struct {
	Algorithm string
	Secret    string // of HS256
	// TenantClaim and RolesClaim name the claims; empty: a token has none.
	TenantClaim, RolesClaim string
}

// Usual is the form of the tokens of the event-service.
var Usual = Form{Algorithm: ES256, TenantClaim: "tenant_id", RolesClaim: "roles"}

// Server is a running fake. All methods may be called from any goroutine.
type Server struct {
	form     Form
	listener net.Listener
	http     *http.Server
	closing  sync.Once
	served   chan struct{}

	mu      sync.Mutex
	keys    []*key // published, the signing one last
	made    int    // keys made so far, for their ids
	next    *key   // not published yet; nil until somebody asks for it
	former  *key   // replaced; nil while nothing was
	history []Call

	signatures []string
}

// Start makes the first key, listens on addr ("127.0.0.1:0" chooses a free
// port of that address) and serves until Close.
func Start(addr string) (*Server, error) { return StartWith(addr, Usual) }

// StartWith starts one whose tokens have another form.
func StartWith(addr string, form Form) (*Server, error) {
	s := &Server{form: form, served: make(chan struct{})}
	if err := s.Rotate(); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("identity fake %q: %w", addr, err)
	}
	s.listener = listener
	routes := http.NewServeMux()
	routes.HandleFunc("GET "+JWKSPath, s.recorded(s.jwks))
	routes.HandleFunc("/", s.recorded(func() (int, any) {
		return http.StatusNotFound, map[string]string{"error": "not found"}
	}))
	s.http = &http.Server{Handler: routes, ReadHeaderTimeout: headerTimeout}
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

// Close drops every connection. Tokens can still be signed afterwards. A
// second Close does nothing.
func (s *Server) Close() error {
	var err error
	s.closing.Do(func() {
		err = s.http.Close()
		<-s.served
	})
	if err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("identity fake %s: close: %w", s.Addr(), err)
	}
	return nil
}

// History returns the calls so far, oldest first, as a copy.
func (s *Server) History() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.history...)
}

// Reset forgets the history. The keys stay.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.history = nil
}

// recorded writes what a handler answers and notes the call.
func (s *Server) recorded(handler func() (status int, body any)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		status, body := handler()
		s.mu.Lock()
		s.history = append(s.history, Call{At: time.Now(), Method: r.Method, Path: r.URL.Path, Status: status})
		s.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		// A client that is gone is no error of the fake.
		_ = json.NewEncoder(w).Encode(body)
	}
}
