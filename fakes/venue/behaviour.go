package venue

import (
	"fmt"
	"net/http"
	"time"
)

// Behaviour is how the fake treats a call. The zero value is not a behaviour;
// use Healthy, Status, Delay, Hang or one of those in answers.go.
type Behaviour struct {
	kind       kind
	status     int
	retryAfter time.Duration
	delay      time.Duration
}

type kind int

const (
	healthy kind = iota + 1
	status
	delay
	hang
	flapping
	half
	page
	otherShape
	unknown
	foreign
)

// Healthy answers from the venues that were added.
func Healthy() Behaviour { return Behaviour{kind: healthy} }

// Status answers every call with this status code and no venue. A retryAfter
// above zero is sent as Retry-After, in whole seconds, rounded up.
func Status(code int, retryAfter time.Duration) Behaviour {
	return Behaviour{kind: status, status: code, retryAfter: retryAfter}
}

// Delay waits for d and then answers as Healthy does.
func Delay(d time.Duration) Behaviour { return Behaviour{kind: delay, delay: d} }

// Hang accepts the call and never answers. The call ends when its client goes
// away or the fake is closed; turning the fake healthy does not answer it, as
// a process that woke up again would not know it any more.
func Hang() Behaviour { return Behaviour{kind: hang} }

// String names the behaviour as the history shows it.
func (b Behaviour) String() string {
	switch b.kind {
	case healthy:
		return "healthy"
	case status:
		return fmt.Sprintf("status %d", b.status)
	case delay:
		return fmt.Sprintf("delay %s", b.delay)
	case hang:
		return "hang"
	case flapping:
		return fmt.Sprintf("flapping %d", b.status)
	case half:
		return "half an answer"
	case page:
		return "not JSON"
	case otherShape:
		return "wrong content"
	case unknown:
		return "no such venue"
	case foreign:
		return "another tenant's venue"
	default:
		return "unset"
	}
}

// Behave sets how every call is treated from now on, the health check
// included, and drops what is left of a step list.
func (s *Server) Behave(b Behaviour) {
	if b.kind == 0 {
		panic("venue fake: the zero Behaviour was given; use Healthy or another")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.steady, s.steps = b, nil
}

// Play treats the next calls for a venue one by one as the steps say; after
// the last step the behaviour set by Behave holds again. Health checks take no
// step, so that somebody who looks does not change what the service meets.
func (s *Server) Play(steps ...Behaviour) {
	for i, b := range steps {
		if b.kind == 0 {
			panic(fmt.Sprintf("venue fake: step %d is the zero Behaviour", i))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.steps = append([]Behaviour(nil), steps...)
}

// BehaveFor sets how the calls of one tenant are treated, whatever holds for the
// others, until Reset.
func (s *Server) BehaveFor(tenant string, b Behaviour) {
	if b.kind == 0 {
		panic("venue fake: the zero Behaviour was given; use Healthy or another")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.scripts == nil {
		s.scripts = map[string]Behaviour{}
	}
	s.scripts[tenant] = b
}

// next decides how this call is treated.
func (s *Server) next(r *http.Request) Behaviour {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b, scripted := s.scripts[r.Header.Get(TenantHeader)]; scripted {
		return b
	}
	if len(s.steps) > 0 && r.PathValue("id") != "" {
		b := s.steps[0]
		s.steps = s.steps[1:]
		return b
	}
	return s.steady
}

// scripted records a call, treats it as the behaviour of the moment says, and
// lets the handler answer where the behaviour leaves an answer.
func (s *Server) scripted(handler http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.apply() {
			panic(http.ErrAbortHandler)
		}
		defer s.calls.Done()

		b := s.next(r)
		call := s.record(r, b)
		seen := &watched{ResponseWriter: w}
		defer func() { s.finish(call, seen.status) }()

		switch b.kind {
		case status:
			refuse(seen, b)
			return
		case flapping:
			if s.fails(r) {
				refuse(seen, b)
				return
			}
		case half, page, otherShape, unknown, foreign:
			if r.PathValue("id") != "" {
				s.spoilt(seen, r, b)
				return
			}
		case delay:
			timer := time.NewTimer(b.delay)
			defer timer.Stop()
			select {
			case <-timer.C:
			case <-r.Context().Done():
				panic(http.ErrAbortHandler)
			}
		case hang:
			<-r.Context().Done()
			// Aborting drops the connection; returning would send an empty 200.
			panic(http.ErrAbortHandler)
		}
		handler(seen, r)
	}
}

// apply counts a call in, unless the fake is being closed.
func (s *Server) apply() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.calls.Add(1)
	return true
}

// watched remembers the status that was sent; zero means none was.
type watched struct {
	http.ResponseWriter
	status int
}

func (w *watched) WriteHeader(code int) {
	if w.status == 0 {
		w.status = code
	}
	w.ResponseWriter.WriteHeader(code)
}

// Unwrap lets net/http's ResponseController find the connection.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
