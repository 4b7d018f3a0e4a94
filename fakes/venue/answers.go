package venue

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// Flapping answers every second call of each tenant with this status, the
// first one too, and the others as Healthy does. Each tenant has a count of its
// own, so that somebody who looks does not change what another meets. Retry-After
// is sent as by Status.
func Flapping(code int, retryAfter time.Duration) Behaviour {
	return Behaviour{kind: flapping, status: code, retryAfter: retryAfter}
}

// Half announces an answer, sends half of it and drops the connection.
func Half() Behaviour { return Behaviour{kind: half} }

// Page answers 200 with HTML, as a load balancer's error page does.
func Page() Behaviour { return Behaviour{kind: page} }

// OtherShape answers 200 with JSON that is no venue.
func OtherShape() Behaviour { return Behaviour{kind: otherShape} }

// Unknown answers 404 for every venue.
func Unknown() Behaviour { return Behaviour{kind: unknown} }

// Foreign answers 200 with the venue that was asked for, owned by Stranger.
func Foreign() Behaviour { return Behaviour{kind: foreign} }

// OtherTenant is the tenant that owns every venue under Foreign.
const OtherTenant = "tenant-of-somebody-else"

// refuse answers with the status of a behaviour.
func refuse(w http.ResponseWriter, b Behaviour) {
	if b.retryAfter > 0 {
		seconds := (b.retryAfter + time.Second - 1) / time.Second
		w.Header().Set("Retry-After", strconv.FormatInt(int64(seconds), 10))
	}
	answer(w, b.status, map[string]string{"error": http.StatusText(b.status)})
}

// fails tells whether this call of its tenant is one that fails, and counts it.
func (s *Server) fails(r *http.Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	tenant := r.Header.Get(TenantHeader)
	if s.flaps == nil {
		s.flaps = map[string]int{}
	}
	s.flaps[tenant]++
	return s.flaps[tenant]%2 == 1
}

// spoilt answers for a venue in a wrong way. It does not ask which venues are
// known: whoever is asked for, the answer is as wrong.
func (s *Server) spoilt(w http.ResponseWriter, r *http.Request, b Behaviour) {
	v := Venue{ID: r.PathValue("id"), TenantID: r.Header.Get(TenantHeader), Name: "Main hall", Capacity: 5000}
	switch b.kind {
	case half:
		whole, _ := json.Marshal(v) // a Venue always can be
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(whole)))
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write(whole[:len(whole)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler) // drops the connection
	case page:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write([]byte("<!doctype html>\n<title>Maintenance</title>\n<p>We will be back soon.\n"))
	case otherShape:
		answer(w, http.StatusOK, map[string]any{"data": []any{}, "total": 0})
	case unknown:
		answer(w, http.StatusNotFound, map[string]string{"error": "venue not found"})
	case foreign:
		v.TenantID = OtherTenant
		answer(w, http.StatusOK, v)
	}
}
