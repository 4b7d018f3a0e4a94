package defects

import (
	"log/slog"
	"math"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

func breakerDefects() []Defect {
	tuned := func(change func(*breaker.Settings)) func(p *app.Parts) {
		return func(p *app.Parts) { withBreaker(p, change) }
	}
	return []Defect{
		{
			Name: "breaker-never-opens", Breaks: "breaker.symptom.opened", Latent: true,
			Sees:   "With the venue-service down every create waits for its timeout, for ever.",
			Parts:  []string{"Breaker"},
			mutate: tuned(func(s *breaker.Settings) { s.Failures = math.MaxInt }),
		},
		{
			Name: "breaker-never-half-opens", Breaks: "breaker.resolution.recovers", Latent: true,
			Sees:   "The venue-service is back, and creates are refused until somebody restarts the service.",
			Parts:  []string{"Breaker"},
			mutate: tuned(func(s *breaker.Settings) { s.OpenFor = forever }),
		},
		{
			Name: "breaker-waits-five-seconds", Breaks: "breaker.resolution.half-open", Latent: true,
			Sees:   "The breaker tries again every five seconds, and hammers a venue-service that is starting.",
			Parts:  []string{"Breaker"},
			mutate: tuned(func(s *breaker.Settings) { s.OpenFor = 5 * time.Second }),
		},
		{
			Name: "breaker-opens-at-first-failure", Breaks: "contract.breaker.threshold", Latent: true,
			Sees:   "One lost packet on the way to the venue-service, and creates are refused for half a minute.",
			Parts:  []string{"Breaker"},
			mutate: tuned(func(s *breaker.Settings) { s.Failures = 1 }),
		},
		{
			Name: "breaker-stays-wary", Breaks: "contract.breaker.threshold", Latent: true,
			Sees:   "The venue-service was down and is back; from then on one failed answer is enough, and creates are refused for half a minute.",
			Parts:  []string{"Breaker"},
			mutate: staysWary,
		},
		{
			Name: "breaker-counts-unknown-venues", Breaks: "breaker.symptom.opened",
			Sees:   "Five callers with a wrong venue id, and creates are refused for everybody.",
			Parts:  []string{"Breaker"},
			mutate: tuned(func(s *breaker.Settings) { s.Succeeded = func(error) bool { return false } }),
		},
		{
			Name: "breaker-logs-nothing", Breaks: "breaker.symptom.opened", Latent: true,
			Sees:   "Creates are refused, and nothing in the log says that the breaker has opened.",
			Parts:  []string{"Breaker"},
			mutate: tuned(func(s *breaker.Settings) { s.Log = slog.New(slog.DiscardHandler) }),
		},
		{
			Name: "breaker-floods-half-open", Breaks: "contract.breaker.one-trial", Latent: true,
			Sees:  "Half a minute after it opened, the breaker lets every waiting request at the venue-service at once.",
			Parts: []string{"Breaker"},
			mutate: func(p *app.Parts) {
				aroundBreaker(p, func(b app.Breaker) app.Breaker { return flooding{b} })
			},
		},
		{
			Name: "breaker-state-frozen", Breaks: "breaker.resolution.stats", Latent: true,
			Sees:  ".checks.dependencies shows CLOSED while creates are refused.",
			Parts: []string{"Breaker"},
			mutate: func(p *app.Parts) {
				aroundBreaker(p, func(b app.Breaker) app.Breaker { return frozen{b, b.Stats()} })
			},
		},
		{
			Name: "health-resets-breaker", Breaks: "breaker.symptom.opened", Latent: true,
			Sees:  "While somebody watches readiness the breaker never opens: each look counts as a call that succeeded.",
			Parts: []string{"Breaker"},
			mutate: func(p *app.Parts) {
				aroundBreaker(p, func(b app.Breaker) app.Breaker { return asking{b} })
			},
		},
		{
			Name: "breaker-for-everything", Breaks: "breaker.symptom.opened", Latent: true,
			Sees:   "One breaker guards venue-service and database: reads that succeed keep it closed while creates fail, and once it opens reads are refused as well.",
			Parts:  []string{"Breaker", "Repository"},
			mutate: breakerForEverything,
		},
		{
			Name: "fallback-always-on", Breaks: "breaker.symptom.validation-failing", Latent: true,
			Sees:  "With the venue-service down drafts are accepted for venues that nobody has checked, though no operator said so.",
			Parts: []string{"Fallback"},
			mutate: func(p *app.Parts) {
				honest := p.Fallback
				p.Fallback = func(v events.Venues, _ *venue.Switch, log *slog.Logger) events.Venues {
					on := &venue.Switch{}
					on.Set(true)
					return honest(v, on, log)
				}
			},
		},
	}
}
