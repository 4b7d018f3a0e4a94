package bench_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"github.com/runproof/runproof/fakes/identity"
	"github.com/runproof/runproof/fakes/venue"
	"github.com/runproof/runproof/fixtures/adapter"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lease"
	"github.com/runproof/runproof/fixtures/postgres"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/redis"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/fixtures/toxiproxy"
)

// readyWithin bounds the time from listening to ready: some 10 ms.
const readyWithin = 30 * time.Second

// site is what the service is measured on: a stack of processes, fakes, and
// the two environments that lead to them.
type site struct {
	guard           *guard.Guard
	binary          target.Binary
	ip              string
	tokens          *identity.Server
	direct, proxied map[string]string
}

func newSite(t *testing.T) *site {
	t.Helper()
	ctx := t.Context()
	s := &site{}
	var err error
	s.binary, err = target.Find(ctx, profile.Reference().Start.Build)
	must(t, err)
	var servers stack.Stack
	s.guard, servers = newStack(t, stack.KindProcesses)
	ip, release, err := lease.Address()
	must(t, err)
	t.Cleanup(release)
	s.ip = ip

	database, err := servers.Postgres().At(stack.FromTarget)
	must(t, err)
	cluster, err := postgres.Prepare(ctx, servers.Postgres(), profile.Reference().Database, func(ctx context.Context, owner string) error {
		return target.Migrate(ctx, s.binary, profile.Reference(), owner, "postgres://event_service@"+database.String()+"/event_service")
	})
	must(t, err)
	clone, err := cluster.Clone(ctx, "event_service")
	must(t, err)
	cache, err := servers.Redis().At(stack.FromTarget)
	must(t, err)
	numbered, err := redis.Open(ctx, servers.Redis(), 0)
	must(t, err)

	venues, err := venue.Start(ip + ":0")
	must(t, err)
	t.Cleanup(func() { _ = venues.Close() })
	for n := range uint64(callers) {
		venues.Add(venue.Venue{ID: venueOf(tenant(n)), TenantID: tenant(n), Name: "Hall", Capacity: 5000})
	}
	s.tokens, err = identity.Start(ip + ":0")
	must(t, err)
	t.Cleanup(func() { _ = s.tokens.Close() })

	proxies, err := toxiproxy.Start(ctx, s.guard, ip)
	must(t, err)
	t.Cleanup(func() { must(t, proxies.Close()) })
	through := func(name, upstream string) string {
		t.Helper()
		p, err := proxies.Proxy(ctx, name, upstream)
		must(t, err)
		return p.Addr()
	}
	environment := func(database, cache, venues string) map[string]string {
		return profile.Reference().Environment(profile.Dependencies{
			DatabaseURL: clone.DSN(postgres.Service, database), RedisURL: numbered.URL(cache), VenueURL: "http://" + venues,
			PublicKey: s.tokens.PublicKeyPEM(),
		})
	}
	s.direct = environment(database.String(), cache.String(), venues.Addr())
	s.proxied = environment(through("postgres", database.String()), through("redis", cache.String()), through("venue", venues.Addr()))
	return s
}

// start runs the service until the end of the test and waits until it is ready.
func (s *site) start(t *testing.T, env map[string]string) *adapter.Adapter {
	t.Helper()
	service, err := target.Start(t.Context(), s.guard, target.Options{Binary: s.binary, Profile: profile.Reference(), IP: s.ip, Env: env})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, service.Stop(context.Background())) })
	speak, err := adapter.New(profile.Reference(), service.URL(), func(token profile.Token, tenant string) (string, error) {
		return s.tokens.Token(identity.Claims{
			Subject: token.Subject, Tenant: tenant, Roles: token.Roles, Issuer: token.Issuer, Audience: token.Audience,
		})
	}, venueOf)
	if err != nil {
		t.Fatal(err)
	}
	gomega.NewWithT(t).Eventually(func() int {
		return speak.Do(t.Context(), adapter.Request{Method: http.MethodGet, Path: "/health/ready"}).Status
	}, readyWithin).Should(gomega.Equal(http.StatusOK))
	return speak
}

// venueOf is the id of a tenant's one venue.
func venueOf(tenant string) string { return "hall-of-" + tenant }
