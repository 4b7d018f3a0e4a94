package defects

import (
	"fmt"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
)

func envDefects() []Defect {
	// assuming reads a variable that is missing as a value.
	assuming := func(variable, value string) func(p *app.Parts) {
		return func(p *app.Parts) {
			honest := p.Config
			p.Config = func(getenv func(string) string) (config.Config, error) {
				return honest(func(name string) string {
					if v := getenv(name); v != "" || name != variable {
						return v
					}
					return value
				})
			}
		}
	}
	return []Defect{
		{
			Name: "database-url-optional", Breaks: "env.database-url", Latent: true,
			Sees:   "Without DATABASE_URL the service starts, and is never ready.",
			Parts:  []string{"Config"},
			mutate: assuming("DATABASE_URL", "postgres:///event_service"),
		},
		{
			Name: "redis-url-by-default", Breaks: "env.redis-url", Latent: true,
			Sees:   "Without REDIS_URL the service silently takes whatever Redis runs on localhost.",
			Parts:  []string{"Config"},
			mutate: assuming("REDIS_URL", "redis://localhost:6379"),
		},
		{
			Name: "venue-url-by-default", Breaks: "env.venue-service-url", Latent: true,
			Sees:   "Without VENUE_SERVICE_URL the service starts, and every create is answered 503.",
			Parts:  []string{"Config"},
			mutate: assuming("VENUE_SERVICE_URL", "http://venue-service:3002"),
		},
		{
			Name: "environment-by-default", Breaks: "env.node-env", Latent: true,
			Sees:   "Without NODE_ENV the service takes itself for production.",
			Parts:  []string{"Config"},
			mutate: assuming("NODE_ENV", "production"),
		},
		{
			Name: "first-missing-variable-alone", Breaks: "contract.env.all-at-once", Latent: true,
			Sees:  "Missing variables come to light one at a time, a deployment each.",
			Parts: []string{"Config"},
			mutate: func(p *app.Parts) {
				honest := p.Config
				p.Config = func(getenv func(string) string) (config.Config, error) {
					for _, v := range config.Variables() {
						if v.Required && getenv(v.Name) == "" {
							return config.Config{}, fmt.Errorf("missing required environment variables: %s", v.Name)
						}
					}
					return honest(getenv)
				}
			},
		},
	}
}
