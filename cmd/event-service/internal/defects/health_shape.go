package defects

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	checks "github.com/runproof/runproof/cmd/event-service/internal/health"
)

// shapeDefects are answers of health that a dashboard cannot read.
func shapeDefects() []Defect {
	named := func(service, version string) func(p *app.Parts) {
		return func(p *app.Parts) {
			p.Health = func(c config.Config, s checks.Sources, log *slog.Logger) app.Health {
				return checks.NewChecker(service, version, c.Timeouts.Health, s, log)
			}
		}
	}
	return []Defect{
		{
			Name: "live-in-other-words", Breaks: "health.endpoints.live",
			Sees:   "Liveness says \"ok\" where every monitor looks for \"UP\".",
			Parts:  []string{"Health"},
			mutate: func(p *app.Parts) { aroundHealth(p, func(h app.Health) app.Health { return otherWords{h} }) },
		},
		{
			Name: "ready-in-other-words", Breaks: "health.endpoints.ready",
			Sees:   "Readiness says \"READY\" where every monitor looks for \"UP\".",
			Parts:  []string{"Health"},
			mutate: func(p *app.Parts) { aroundHealth(p, func(h app.Health) app.Health { return readyWords{h} }) },
		},
		{
			Name: "database-in-other-words", Breaks: "health.manual.database",
			Sees:   ".checks.database says \"connected\" where every monitor looks for \"UP\".",
			Parts:  []string{"Health"},
			mutate: func(p *app.Parts) { aroundHealth(p, func(h app.Health) app.Health { return connected{h} }) },
		},
		{
			Name: "timestamp-to-the-second", Breaks: "health.manual.timestamp",
			Sees:   "The timestamp of readiness has no milliseconds.",
			Parts:  []string{"Health"},
			mutate: func(p *app.Parts) { aroundHealth(p, func(h app.Health) app.Health { return coarse{h} }) },
		},
		{
			Name: "timestamp-of-the-start", Breaks: "health.manual.timestamp", Latent: true,
			Sees:  "The timestamp of readiness is when the service started.",
			Parts: []string{"Health"},
			mutate: func(p *app.Parts) {
				aroundHealth(p, func(h app.Health) app.Health { return &unmoved{Health: h} })
			},
		},
		{
			Name: "service-unnamed", Breaks: "health.manual.service",
			Sees:   "Readiness calls the service \"api\", as the template that it was made from.",
			Parts:  []string{"Health"},
			mutate: named("api", config.Version),
		},
		{
			Name: "version-of-nothing", Breaks: "health.manual.version",
			Sees:   "Readiness shows version \"dev\": the build forgot to set it.",
			Parts:  []string{"Health"},
			mutate: named(config.Service, "dev"),
		},
	}
}

type otherWords struct{ app.Health }

func (otherWords) Live() checks.Live { return checks.Live{Status: "ok"} }

type readyWords struct{ app.Health }

func (h readyWords) Ready(ctx context.Context) (checks.Ready, bool) {
	r, ready := h.Health.Ready(ctx)
	if ready {
		r.Status = "READY"
	}
	return r, ready
}

type connected struct{ app.Health }

func (h connected) Ready(ctx context.Context) (checks.Ready, bool) {
	r, ready := h.Health.Ready(ctx)
	if r.Checks.Database == checks.Up {
		r.Checks.Database = "connected"
	}
	return r, ready
}

type coarse struct{ app.Health }

func (h coarse) Ready(ctx context.Context) (checks.Ready, bool) {
	r, ready := h.Health.Ready(ctx)
	if at, err := time.Parse(time.RFC3339, r.Timestamp); err == nil {
		r.Timestamp = at.Format(time.RFC3339)
	}
	return r, ready
}

// unmoved shows the time of its first answer for ever.
type unmoved struct {
	app.Health
	once  sync.Once
	first string
}

func (h *unmoved) Ready(ctx context.Context) (checks.Ready, bool) {
	r, ready := h.Health.Ready(ctx)
	h.once.Do(func() { h.first = r.Timestamp })
	r.Timestamp = h.first
	return r, ready
}
