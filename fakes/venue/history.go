package venue

import (
	"net/http"
	"time"
)

// Call is one request that reached the fake.
type Call struct {
	At        time.Time     `json:"at"`
	Method    string        `json:"method"`
	Path      string        `json:"path"`
	Tenant    string        `json:"tenant,omitempty"`
	Behaviour string        `json:"behaviour"`
	Status    int           `json:"status"` // sent; 0: none was, or none yet
	Done      bool          `json:"done"`   // false while the call hangs
	Took      time.Duration `json:"took"`   // nanoseconds until Done
}

// History returns the calls so far, oldest first, as copies.
func (s *Server) History() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	calls := make([]Call, 0, len(s.history))
	for _, c := range s.history {
		calls = append(calls, *c)
	}
	return calls
}

// Reset forgets the history, the step list and the scripts of tenants, and turns the fake healthy. The
// venues stay, and calls that hang go on hanging.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.history, s.steps, s.scripts, s.steady = nil, nil, nil, Healthy()
}

// record notes a call when it arrives, so that one which hangs is seen too.
func (s *Server) record(r *http.Request, b Behaviour) *Call {
	call := &Call{
		At:        time.Now(),
		Method:    r.Method,
		Path:      r.URL.Path,
		Tenant:    r.Header.Get(TenantHeader),
		Behaviour: b.String(),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.history = append(s.history, call)
	return call
}

// finish notes how a call ended.
func (s *Server) finish(call *Call, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	call.Status, call.Done, call.Took = status, true, time.Since(call.At)
}
