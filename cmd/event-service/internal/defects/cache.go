package defects

import (
	"context"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

func cacheDefects() []Defect {
	return []Defect{
		{
			Name: "cache-never-invalidated", Breaks: "contract.cache.fresh",
			Sees:  "A changed event is shown as it was for a minute.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				aroundReader(p, func(r events.Reader, _ app.ReaderParts) events.Reader { return forgetless{r} })
			},
		},
		{
			Name: "venue-list-not-invalidated", Breaks: "creation.symptom.not-appearing",
			Sees:  "A new event is not in its venue's list until the cache is cleared.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				aroundReader(p, func(r events.Reader, _ app.ReaderParts) events.Reader { return listless{r} })
			},
		},
		{
			Name: "left-list-not-invalidated", Breaks: "contract.cache.fresh", Latent: true,
			Sees:  "An event that has moved to another venue is in the list of the first one for a minute more.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				aroundReader(p, func(r events.Reader, _ app.ReaderParts) events.Reader { return clinging{r} })
			},
		},
		{
			Name: "status-not-invalidated", Breaks: "contract.cache.fresh", Latent: true,
			Sees:  "An event that was published or cancelled is shown as the draft that it was for a minute more.",
			Parts: []string{"Events"},
			mutate: func(p *app.Parts) {
				aroundEvents(p, func(e httpapi.Events, w events.World) httpapi.Events {
					w.Reader = forgetless{w.Reader}
					return draftsman{e, events.NewService(w)}
				})
			},
		},
		{
			Name: "changes-untold-to-redis", Breaks: "contract.cache.fresh", Latent: true,
			Sees:  "An event that was changed while Redis could not be told is shown as it was once Redis is back.",
			Parts: []string{"Memory"},
			mutate: func(p *app.Parts) {
				honest := p.Memory
				p.Memory = func(c config.Config, r redis.Cmdable, g *cache.Gate) cache.Memory {
					return distracted{honest(c, r, g), r}
				}
			},
		},
		{
			Name: "cache-shared-by-tenants", Breaks: "tenant.symptom.cross-tenant",
			Sees:  "What one tenant has read is shown to the next one who asks for it by its id.",
			Parts: []string{"CacheKeys", "Reader"},
			mutate: func(p *app.Parts) {
				p.CacheKeys = func() cache.Keys { return keysWithoutTenant{} }
				p.Reader = func(_ config.Config, r app.ReaderParts) events.Reader {
					return &trusting{Direct: cache.Direct{Source: r.Source}, memory: r.Memory, keys: r.Keys}
				}
			},
		},
		{
			Name: "lists-shared-by-tenants", Breaks: "tenant.symptom.cross-tenant",
			Sees:  "A venue's events that its tenant has listed are shown to the next one who asks for that venue.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				aroundReader(p, func(r events.Reader, parts app.ReaderParts) events.Reader {
					return &openHanded{Reader: r, memory: parts.Memory}
				})
			},
		},
		{
			Name: "cache-without-end", Breaks: "contract.cache.life", Latent: true,
			Sees:  "Redis fills up, and an entry that is wrong stays wrong: no key has a time to live.",
			Parts: []string{"Memory"},
			mutate: func(p *app.Parts) {
				honest := p.Memory
				p.Memory = func(c config.Config, r redis.Cmdable, g *cache.Gate) cache.Memory {
					c.Cache.TTL = 0
					return honest(c, r, g)
				}
			},
		},
		{
			Name: "cache-never-read", Breaks: "latency.resolution.cache-hits", Latent: true,
			Sees:  "Every read asks the database: the cache is filled and never looked into.",
			Parts: []string{"Memory"},
			mutate: func(p *app.Parts) {
				aroundMemory(p, func(honest func() cache.Memory) cache.Memory { return unread{honest()} })
			},
		},
		{
			Name: "events-under-other-keys", Breaks: "recovery.cache.event", Latent: true,
			Sees:   "The runbook's command for event:* finds no key, and clears nothing.",
			Parts:  []string{"CacheKeys"},
			mutate: func(p *app.Parts) { p.CacheKeys = func() cache.Keys { return otherEvents{} } },
		},
		{
			Name: "lists-under-other-keys", Breaks: "recovery.cache.venue", Latent: true,
			Sees:   "The runbook's command for venue:events:* finds no key, and clears nothing.",
			Parts:  []string{"CacheKeys"},
			mutate: func(p *app.Parts) { p.CacheKeys = func() cache.Keys { return otherLists{} } },
		},
		{
			Name: "records-under-keys-with-spaces", Breaks: "recovery.cache.all", Latent: true,
			Sees:  "The runbook's command for event-service:* cuts the keys at their spaces, and clears none of them.",
			Parts: []string{"Records"},
			mutate: func(p *app.Parts) {
				honest := p.Records
				p.Records = func(r redis.Cmdable, g *cache.Gate) events.Records { return spaced{honest(r, g)} }
			},
		},
		{
			Name: "cache-outage-is-fatal", Breaks: "contract.redis.optional", Latent: true,
			Sees:  "With Redis down no event can be read, though Postgres has them all.",
			Parts: []string{"Redis", "Reader"},
			mutate: func(p *app.Parts) {
				client := keepingRedis(p)
				aroundReader(p, func(r events.Reader, _ app.ReaderParts) events.Reader { return dependent{r, client()} })
			},
		},
		{
			Name: "rate-limit-fails-closed", Breaks: "contract.redis.optional", Latent: true,
			Sees:  "With Redis down every request is answered 429.",
			Parts: []string{"Limiter"},
			mutate: func(p *app.Parts) {
				honest := p.Limiter
				p.Limiter = func(c config.Config, r redis.Cmdable, g *cache.Gate) httpapi.Limiter {
					return closed{honest(c, r, g), r}
				}
			},
		},
		{
			Name: "garbage-in-cache-is-fatal", Breaks: "contract.redis.optional", Latent: true,
			Sees:  "An entry that somebody has damaged answers 500 until it expires.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				aroundReader(p, func(r events.Reader, parts app.ReaderParts) events.Reader { return fragile{r, parts} })
			},
		},
		{
			Name: "cached-value-not-checked", Breaks: "tenant.symptom.cross-tenant", Latent: true,
			Sees:  "Whatever lies under a tenant's key is shown to it, also another tenant's event.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				p.Reader = func(_ config.Config, r app.ReaderParts) events.Reader {
					return &trusting{Direct: cache.Direct{Source: r.Source}, memory: r.Memory, keys: r.Keys}
				}
			},
		},
		{
			Name: "reads-recorded-in-redis", Breaks: "contract.redis.optional", Latent: true,
			Sees:  "Each read is noted in Redis, and with a Redis that takes no writes nothing can be read.",
			Parts: []string{"Redis", "Reader"},
			mutate: func(p *app.Parts) {
				client := keepingRedis(p)
				aroundReader(p, func(r events.Reader, _ app.ReaderParts) events.Reader { return recording{r, client()} })
			},
		},
		{
			Name: "last-page-when-slow", Breaks: "latency.symptom.over-1s", Latent: true,
			Sees:  "With a slow database lists are fast and old, and nobody notices that anything is wrong.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				aroundReader(p, func(r events.Reader, _ app.ReaderParts) events.Reader { return &hedging{Reader: r} })
			},
		},
		{
			Name: "filled-after-the-change", Breaks: "contract.cache.fresh", Latent: true,
			Sees:  "Who reads while somebody changes puts what was there before back into the cache, for a minute.",
			Parts: []string{"Redis", "Memory"},
			mutate: func(p *app.Parts) {
				client := keepingRedis(p)
				aroundMemory(p, func(honest func() cache.Memory) cache.Memory { return racing{honest(), client()} })
			},
		},
		{
			Name: "absence-remembered", Breaks: "contract.cache.fresh", Latent: true,
			Sees:  "An event that was hidden for a moment is not found for a minute more.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				aroundReader(p, func(r events.Reader, _ app.ReaderParts) events.Reader { return &resigned{Reader: r} })
			},
		},
		{
			Name: "changes-told-when-read", Breaks: "contract.cache.fresh", Latent: true,
			Sees:  "An event that was changed while Redis was lost is shown by the other replicas as it was, until it is asked for where it was changed.",
			Parts: []string{"Memory"},
			mutate: func(p *app.Parts) {
				honest := p.Memory
				p.Memory = func(c config.Config, r redis.Cmdable, g *cache.Gate) cache.Memory {
					return &lazy{Memory: honest(c, r, g), client: r, pending: map[string]bool{}}
				}
			},
		},
		{
			Name: "copies-in-each-process", Breaks: "contract.cache.fresh", Latent: true,
			Sees:  "A changed event is shown by the other replicas as it was for three seconds more.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				aroundReader(p, func(r events.Reader, _ app.ReaderParts) events.Reader {
					return &copying{Reader: r, copies: map[uuid.UUID]kept{}}
				})
			},
		},
	}
}

// forgetless forgets nothing when something changes.
type forgetless struct{ events.Reader }

func (forgetless) Changed(context.Context, tenancy.ID, uuid.UUID, []string) {}

// listless forgets the event and not the lists that it is in.
type listless struct{ events.Reader }

func (l listless) Changed(ctx context.Context, tenant tenancy.ID, id uuid.UUID, _ []string) {
	l.Reader.Changed(ctx, tenant, id, nil)
}

// clinging forgets the list that an event has come to, and not the one it left.
type clinging struct{ events.Reader }

func (c clinging) Changed(ctx context.Context, tenant tenancy.ID, id uuid.UUID, venues []string) {
	if len(venues) > 1 { // where it was seen last, where it is now, and where it was
		venues = venues[1:2]
	}
	c.Reader.Changed(ctx, tenant, id, venues)
}

// draftsman changes the status of events in a world that forgets nothing.
type draftsman struct {
	httpapi.Events
	remembers httpapi.Events
}

func (d draftsman) Publish(ctx context.Context, tenant tenancy.ID, id uuid.UUID, version int64) (events.Event, error) {
	return d.remembers.Publish(ctx, tenant, id, version)
}

func (d draftsman) Cancel(ctx context.Context, tenant tenancy.ID, id uuid.UUID, version int64) (events.Event, error) {
	return d.remembers.Cancel(ctx, tenant, id, version)
}

// keysWithoutTenant are keys without the tenant.
type keysWithoutTenant struct{}

func (keysWithoutTenant) Event(_ tenancy.ID, id uuid.UUID) string { return "event:" + id.String() }
func (keysWithoutTenant) Venue(_ tenancy.ID, venue string) string { return "venue:events:" + venue }

// spaced writes the route into the key of each record.
type spaced struct{ events.Records }

func (s spaced) Recall(ctx context.Context, t tenancy.ID, key events.Key) (events.Event, bool, error) {
	return s.Records.Recall(ctx, t, routed(key))
}

func (s spaced) Remember(ctx context.Context, t tenancy.ID, key events.Key, e events.Event) {
	s.Records.Remember(ctx, t, routed(key), e)
}

func routed(key events.Key) events.Key {
	key.Value = "POST /api/v1/events " + key.Value
	return key
}

// otherEvents and otherLists are keys that no pattern of the runbook fits.
type (
	otherEvents struct{ cache.RunbookKeys }
	otherLists  struct{ cache.RunbookKeys }
)

func (otherEvents) Event(t tenancy.ID, id uuid.UUID) string {
	return "cache:v2:event:" + string(t) + ":" + id.String()
}

func (otherLists) Venue(t tenancy.ID, venue string) string {
	return "cache:v2:venue:" + string(t) + ":" + venue
}
