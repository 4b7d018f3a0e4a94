package bench_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/runproof/runproof/fixtures/lease"
	"github.com/runproof/runproof/fixtures/postgres/pgclient"
	"github.com/runproof/runproof/fixtures/redis"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/fixtures/toxiproxy"
)

// measureProxy holds one round trip through a proxy without a fault against the
// same one without the proxy, on connections that stay open, in turns.
func measureProxy(t *testing.T, b *bench) {
	g, servers := newStack(t, stack.KindProcesses)
	ip, release, err := lease.Address()
	must(t, err)
	t.Cleanup(release)
	proxies, err := toxiproxy.Start(t.Context(), g, ip)
	must(t, err)
	t.Cleanup(func() { must(t, proxies.Close()) })
	service := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(service.Close)
	addressOf := func(s stack.Server) string {
		endpoint, err := s.At(stack.FromHarness)
		must(t, err)
		return endpoint.String()
	}
	for _, link := range []struct {
		name, request, upstream string
		dial                    func(t *testing.T, servers stack.Stack, address string) func(context.Context) error
	}{
		{"http", "HTTP GET", service.Listener.Addr().String(), dialHTTP},
		{"redis", "Redis PING", addressOf(servers.Redis()), dialRedis},
		{"postgres", "Postgres SELECT 1", addressOf(servers.Postgres()), dialPostgres},
	} {
		proxy, err := proxies.Proxy(t.Context(), link.name, link.upstream)
		must(t, err)
		ways := []func(context.Context) error{link.dial(t, servers, link.upstream), link.dial(t, servers, proxy.Addr())}
		took := make([][]time.Duration, len(ways))
		for range either(b, 4000, 500) {
			for i, ask := range ways {
				began := time.Now()
				must(t, ask(t.Context()))
				took[i] = append(took[i], time.Since(began))
			}
		}
		direct, through := median(took[0]), median(took[1])
		b.durations(link.request+" through the proxy / direct", through, "", direct, "")
	}
}

func dialHTTP(t *testing.T, _ stack.Stack, address string) func(context.Context) error {
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	return func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address, nil)
		if err != nil {
			return err
		}
		response, err := client.Do(request)
		if err != nil {
			return err
		}
		return response.Body.Close()
	}
}

func dialRedis(t *testing.T, servers stack.Stack, address string) func(context.Context) error {
	t.Helper()
	database, err := redis.Open(t.Context(), servers.Redis(), 0)
	must(t, err)
	client := database.Client(address)
	t.Cleanup(func() { _ = client.Close() })
	return func(ctx context.Context) error { return client.Ping(ctx).Err() }
}

func dialPostgres(t *testing.T, servers stack.Stack, address string) func(context.Context) error {
	t.Helper()
	server := servers.Postgres()
	conn, err := pgclient.Connect(t.Context(), pgclient.Login{Address: address, User: server.User, Password: server.Password, Database: server.Database})
	must(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return func(ctx context.Context) error {
		_, err := conn.Exec(ctx, "SELECT 1")
		return err
	}
}
