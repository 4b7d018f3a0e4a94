package defects

import (
	"context"
	"net/http"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	checks "github.com/runproof/runproof/cmd/event-service/internal/health"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
)

// How long after the start a probe is still answered otherwise than soon after:
// longer than the initialDelaySeconds of each, and than Kubernetes then waits.
const (
	readyAfter = 8 * time.Second
	livesAfter = 12 * time.Second
)

// probeDefects are those that the probes of Kubernetes meet and nobody else.
func probeDefects() []Defect {
	return []Defect{
		{
			Name: "live-at-another-path", Breaks: "health.probes.live-path",
			Sees:   "Liveness is at /healthz, and Kubernetes, told to ask /health/live, restarts every pod.",
			Parts:  []string{"Handler"},
			mutate: func(p *app.Parts) { aroundHandler(p, moved("/health/live", "/healthz")) },
		},
		{
			Name: "ready-at-another-path", Breaks: "health.probes.ready-path",
			Sees:   "Readiness is at /readyz, and no pod that Kubernetes asks at /health/ready gets a request.",
			Parts:  []string{"Handler"},
			mutate: func(p *app.Parts) { aroundHandler(p, moved("/health/ready", "/readyz")) },
		},
		{
			Name: "live-after-warming-up", Breaks: "health.probes.live-delay",
			Sees:   "Liveness fails for twelve seconds after a start, and Kubernetes ends the pod before it is warm.",
			Parts:  []string{"Handler"},
			mutate: func(p *app.Parts) { aroundHandler(p, coldLive) },
		},
		{
			Name: "ready-after-warming-up", Breaks: "health.probes.ready-delay", Latent: true,
			Sees:  "Readiness fails for eight seconds after a start, so that a rollout takes twice as long as planned.",
			Parts: []string{"Health"},
			mutate: func(p *app.Parts) {
				aroundHealth(p, func(h app.Health) app.Health { return coldReady{h, time.Now().Add(readyAfter)} })
			},
		},
	}
}

// moved answers at another path, and at the old one as where nothing is.
func moved(from, to string) func(http.Handler, httpapi.Parts) http.Handler {
	return func(honest http.Handler, _ httpapi.Parts) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r = r.Clone(r.Context())
			switch r.URL.Path {
			case from:
				r.URL.Path = "/nowhere"
			case to:
				r.URL.Path = from
			}
			honest.ServeHTTP(w, r)
		})
	}
}

// coldLive refuses the liveness probe until everything is warm.
func coldLive(honest http.Handler, _ httpapi.Parts) http.Handler {
	warm := time.Now().Add(livesAfter)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/health/live" && time.Now().Before(warm) {
			http.Error(w, "warming up", http.StatusServiceUnavailable)
			return
		}
		honest.ServeHTTP(w, r)
	})
}

// coldReady is not ready until everything is warm.
type coldReady struct {
	app.Health
	warm time.Time
}

func (h coldReady) Ready(ctx context.Context) (checks.Ready, bool) {
	r, ready := h.Health.Ready(ctx)
	if time.Now().Before(h.warm) {
		r.Status, ready = checks.Down, false
	}
	return r, ready
}
