package harness_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"os/exec"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/fakes/identity"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lease"
	"github.com/runproof/runproof/fixtures/postgres/pgclient"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/redis"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/fixtures/target"
)

const (
	// readyWithin bounds the time from listening to ready: the runbook's probe
	// looks for the first time after five seconds ("Automated Monitoring").
	readyWithin = 5 * time.Second
	// requestTimeout bounds one request to a service that has nothing to do.
	requestTimeout = 5 * time.Second
)

var _ = Describe("The reference service with the runbook's environment table alone", func() {
	// One role does everything, or the schema has an owner of its own; the
	// latter is what the service's README says.
	DescribeTable("migrates, starts, turns ready and refuses every token", func(ctx SpecContext, owner string) {
		at := newBareServers(ctx)
		at.run(ctx, "CREATE ROLE event_service LOGIN PASSWORD 'service'")
		if owner != "event_service" {
			at.run(ctx, "CREATE ROLE "+owner+" LOGIN PASSWORD 'owner'")
		}
		at.run(ctx, "CREATE DATABASE event_service OWNER "+owner)

		// To see it red: leave out any of the four.
		env := map[string]string{
			"DATABASE_URL":      at.url("event_service", "service"),
			"REDIS_URL":         at.redis,
			"VENUE_SERVICE_URL": "http://" + at.ip + ":1", // nobody is there
			"NODE_ENV":          "production",
		}
		migrate := exec.CommandContext(ctx, service, "migrate")
		migrate.Env = pairs(env)
		if owner != "event_service" {
			migrate.Env = append(migrate.Env, "MIGRATION_DATABASE_URL="+at.url(owner, "owner"))
		}
		said, err := migrate.CombinedOutput()
		Expect(err).NotTo(HaveOccurred(), string(said))

		binary, err := target.Inspect(service)
		Expect(err).NotTo(HaveOccurred())
		// Where to listen is not in the runbook's table: the defaults would be one port for every run.
		env["HOST"], env["PORT"] = "${host}", "${port}"
		running, err := target.Start(ctx, at.guard, target.Options{Binary: binary, Profile: profile.Reference(), Env: env, IP: at.ip})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(running.Stop, NodeTimeout(closeDeadline))

		Eventually(func() int { return status(ctx, running.URL()+"/health/ready", "") }, readyWithin).Should(Equal(http.StatusOK))
		for kind, token := range tokens(at.ip) {
			Expect(status(ctx, running.URL()+"/api/v1/events", token)).To(Equal(http.StatusUnauthorized), kind)
		}
		Expect(status(ctx, running.URL()+"/health/ready", "")).To(Equal(http.StatusOK))

		Expect(running.Stop(ctx)).To(Succeed())
		Expect(running.ExitCode()).To(BeZero())
	},
		Entry("one role", "event_service", SpecTimeout(specTimeout)),
		Entry("an owner of the schema", "event_service_owner", SpecTimeout(specTimeout)),
	)
})

// bareServers are a Postgres and a Redis as they come, on which nothing was
// prepared, and an address for the service.
type bareServers struct {
	guard    *guard.Guard
	postgres stack.Server
	redis    string
	ip       string
}

func newBareServers(ctx context.Context) bareServers {
	GinkgoHelper()
	g, s := newStack(ctx)
	numbered, err := redis.Open(ctx, s.Redis(), 0)
	Expect(err).NotTo(HaveOccurred())
	endpoint, err := s.Redis().At(stack.FromTarget)
	Expect(err).NotTo(HaveOccurred())
	ip, release, err := lease.Address()
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(release)
	return bareServers{guard: g, postgres: s.Postgres(), redis: numbered.URL(endpoint.String()), ip: ip}
}

// run is one statement of the superuser.
func (b bareServers) run(ctx context.Context, statement string) {
	GinkgoHelper()
	endpoint, err := b.postgres.At(stack.FromHarness)
	Expect(err).NotTo(HaveOccurred())
	conn, err := pgclient.Connect(ctx, pgclient.Login{
		User: b.postgres.User, Password: b.postgres.Password, Database: b.postgres.Database, Address: endpoint.String(),
	})
	Expect(err).NotTo(HaveOccurred())
	defer func() { Expect(conn.Close(ctx)).To(Succeed()) }()
	_, err = conn.Exec(ctx, statement)
	Expect(err).NotTo(HaveOccurred(), statement)
}

// url is the database's, for a role.
func (b bareServers) url(role, password string) string {
	GinkgoHelper()
	endpoint, err := b.postgres.At(stack.FromTarget)
	Expect(err).NotTo(HaveOccurred())
	return fmt.Sprintf("postgres://%s:%s@%s/event_service", role, password, endpoint)
}

// tokens are some of each kind: none at all, nonsense, an unsigned one, and
// one that a service with the right key would accept.
func tokens(ip string) map[string]string {
	GinkgoHelper()
	issuer, err := identity.Start(ip + ":0")
	Expect(err).NotTo(HaveOccurred())
	defer func() { Expect(issuer.Close()).To(Succeed()) }()
	good, err := issuer.Token(identity.Claims{
		Subject: "somebody", Tenant: "tenant-1", Roles: []string{"admin"}, Audience: "event-service",
	})
	Expect(err).NotTo(HaveOccurred())
	part := base64.RawURLEncoding.EncodeToString
	body := fmt.Sprintf(`{"sub":"somebody","tenant_id":"tenant-1","roles":["admin"],"exp":%d}`, time.Now().Add(time.Hour).Unix())
	guessed := part([]byte(`{"alg":"HS256"}`)) + "." + part([]byte(body))
	mac := hmac.New(sha256.New, nil)
	_, _ = mac.Write([]byte(guessed))
	return map[string]string{
		"no token":         "",
		"nonsense":         "nonsense",
		"an unsigned one":  part([]byte(`{"alg":"none"}`)) + "." + part([]byte(body)) + ".",
		"an empty secret":  guessed + "." + part(mac.Sum(nil)),
		"a valid one":      good,
		"with white space": good + " ",
	}
}

// status is that of an answer, zero without one. A token is sent if not empty.
func status(ctx context.Context, url, token string) int {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	return response.StatusCode
}

// pairs is an environment as os/exec takes it.
func pairs(env map[string]string) []string {
	var list []string
	for name, value := range env {
		list = append(list, name+"="+value)
	}
	return list
}
