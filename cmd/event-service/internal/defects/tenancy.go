package defects

import (
	"log/slog"
	"net/http"

	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

func tenancyDefects() []Defect {
	return []Defect{
		{
			Name: "tenant-set-for-session", Breaks: "tenant.symptom.cross-tenant",
			Sees:  "On a pooled connection a tenant is shown, and writes as, whoever used it first: SET instead of SET LOCAL, once for each connection.",
			Parts: []string{"Tenant"},
			mutate: func(p *app.Parts) {
				p.Tenant = func(log *slog.Logger) tenancy.Context { return forSession{log} }
			},
		},
		{
			Name: "policy-exempts-service", Breaks: "tenant.symptom.cross-tenant",
			Sees:  "pg_policies shows tenant_isolation, and a second policy beside it that lets the service's role read everything.",
			Parts: []string{"Migrate"},
			mutate: migrating(`DROP POLICY IF EXISTS service_reads ON event_service.events;
				CREATE POLICY service_reads ON event_service.events FOR SELECT TO $ROLE USING (true)`),
		},
		{
			Name: "row-security-left-off", Breaks: "tenant.symptom.cross-tenant",
			Sees:   "pg_policies lists the policy, but row level security is not enabled on the table.",
			Parts:  []string{"Migrate"},
			mutate: migrating(`ALTER TABLE event_service.events DISABLE ROW LEVEL SECURITY`),
		},
		{
			Name: "keys-without-row-security", Breaks: "tenant.symptom.cross-tenant", Latent: true,
			Sees:   "Row level security guards the events and not the kept answers: while venues cannot be checked, a key that another tenant has used shows that tenant's event.",
			Parts:  []string{"Migrate"},
			mutate: migrating(`ALTER TABLE event_service.idempotency_keys DISABLE ROW LEVEL SECURITY`),
		},
		{
			Name: "header-over-token", Breaks: "tenant.resolution.request-tenant",
			Sees:   "Who sends another tenant's name in X-Tenant-ID is shown that tenant's data.",
			Parts:  []string{"Handler", "Tokens"},
			mutate: func(p *app.Parts) { headerOverToken(p, func(string) bool { return true }) },
		},
		{
			Name: "header-over-token-in-changes", Breaks: "tenant.resolution.request-tenant",
			Sees:  "Who sends another tenant's name in X-Tenant-ID can change that tenant's events, and read none of them.",
			Parts: []string{"Handler", "Tokens"},
			mutate: func(p *app.Parts) {
				headerOverToken(p, func(method string) bool { return method == http.MethodPut })
			},
		},
		{
			Name: "tenant-by-default", Breaks: "creation.resolution.tenant-required",
			Sees:  "Callers without a tenant share one, instead of being told that tenant_id is required.",
			Parts: []string{"Tokens"},
			mutate: func(p *app.Parts) {
				aroundTokens(p, func(t httpapi.Tokens) httpapi.Tokens { return generous{t} })
			},
		},
		{
			Name: "existence-revealed", Breaks: "contract.tenant.existence",
			Sees:  "Asking for another tenant's event is answered 403, for none 404: ids can be probed.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				aroundReader(p, func(r events.Reader, parts app.ReaderParts) events.Reader { return revealing{r, parts.Memory} })
			},
		},
		{
			Name: "list-shared-in-flight", Breaks: "tenant.symptom.cross-tenant", Latent: true,
			Sees:  "When two tenants list at the same moment, one is now and then shown the other's events.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				aroundReader(p, func(r events.Reader, _ app.ReaderParts) events.Reader { return &carpool{Reader: r} })
			},
		},
		{
			Name: "keys-shared-by-tenants", Breaks: "tenant.symptom.cross-tenant",
			Sees:  "Who creates an event under an Idempotency-Key that another tenant has used is shown that tenant's event, and has none.",
			Parts: []string{"Records"},
			mutate: func(p *app.Parts) {
				honest := p.Records
				p.Records = func(r redis.Cmdable, g *cache.Gate) events.Records {
					return &keyring{Records: honest(r, g), kept: map[string]events.Event{}}
				}
			},
		},
		{
			Name: "count-of-all-tenants", Breaks: "tenant.symptom.cross-tenant", Latent: true,
			Sees:   "X-Total-Count of a list counts every tenant's events.",
			Parts:  []string{"Handler", "Events"},
			mutate: countOfAll,
		},
	}
}

// headerOverToken takes the tenant from the header, if there is one, of requests
// by some methods.
func headerOverToken(p *app.Parts, by func(method string) bool) {
	aroundHandler(p, func(honest http.Handler, _ httpapi.Parts) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if said := r.Header.Get("X-Tenant-ID"); said != "" && by(r.Method) {
				r = r.Clone(withSaid(r.Context(), said))
				r.Header.Del("X-Tenant-ID")
			}
			honest.ServeHTTP(w, r)
		})
	})
	aroundTokens(p, func(t httpapi.Tokens) httpapi.Tokens { return obedient{t} })
}
