package defects

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

// forever is longer than anybody waits.
const forever = 24 * time.Hour

func hangDefects() []Defect {
	return []Defect{
		{
			Name: "no-request-deadline", Breaks: "latency.symptom.504",
			Sees:  "With a slow database requests hang until the caller gives up, and so does a request whose body never comes.",
			Parts: []string{"Config"},
			mutate: func(p *app.Parts) {
				honest := p.Config
				p.Config = func(getenv func(string) string) (config.Config, error) {
					c, err := honest(getenv)
					// A dial has a bound of its own, which would end some requests.
					c.Timeouts.Request, c.Database.ConnectTimeout = forever, forever
					return c, err
				}
			},
		},
		{
			Name: "venue-call-without-deadline", Breaks: "breaker.symptom.503", Latent: true,
			Sees:  "With a venue-service that swallows packets creates hang, and the breaker never hears of a failure.",
			Parts: []string{"Venues"},
			mutate: func(p *app.Parts) {
				honest := p.Venues
				p.Venues = func(c config.Config, g venue.Guard) events.Venues {
					c.Venue.Timeout = forever
					return unending{honest(c, g)}
				}
			},
		},
		{
			Name: "publish-waits-for-node", Breaks: "contacts.external.solana", Latent: true,
			Sees:   "Events are published as slowly as the Solana RPC answers, and while it is gone hardly at all.",
			Parts:  []string{"Notary"},
			mutate: waitForNode,
		},
		{
			Name: "redis-with-default-timeouts", Breaks: "contract.redis.deadline", Latent: true,
			Sees:  "A Redis that does not answer costs every request several seconds.",
			Parts: []string{"Redis"},
			mutate: func(p *app.Parts) {
				p.Redis = func(url string) (*redis.Client, error) {
					o, err := redis.ParseURL(url)
					if err != nil {
						return nil, err
					}
					return redis.NewClient(o), nil
				}
			},
		},
	}
}

// unending does not hear that a request is over.
type unending struct{ events.Venues }

func (u unending) Check(ctx context.Context, tenant tenancy.ID, id string) error {
	return u.Venues.Check(context.WithoutCancel(ctx), tenant, id)
}
