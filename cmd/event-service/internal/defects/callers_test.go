package defects

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
)

const secret = "a secret of thirty-two characters"

// rules are what the service of these tests wants to find in a token.
var rules = config.JWT{Secret: secret, Issuer: "identity", Audience: "event-service", Leeway: time.Second}

// verifier verifies tokens by these parts.
func verifier(t *testing.T, p app.Parts) httpapi.Tokens {
	t.Helper()
	keys, end, err := p.Keys(rules, discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return p.Tokens(keys, rules)
}

func TestTokensThatShouldBeRefused(t *testing.T) {
	for name, change := range map[string]func(jwt.MapClaims){
		"expired-token-believed": func(c jwt.MapClaims) { c["exp"] = time.Now().Add(-time.Hour).Unix() },
		"audience-not-compared":  func(c jwt.MapClaims) { c["aud"] = "venue-service" },
		"issuer-not-compared":    func(c jwt.MapClaims) { c["iss"] = "somebody" },
	} {
		c := claims()
		change(c)
		token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, c).SignedString([]byte(secret))
		if err != nil {
			t.Fatal(err)
		}
		compare(t, name, token)
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodNone, claims()).SignedString(jwt.UnsafeAllowNoneSignatureType)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "unsigned-token-believed", token)
}

func claims() jwt.MapClaims {
	return jwt.MapClaims{
		"sub": "somebody", "tenant_id": "a", "roles": []string{"viewer"}, "iss": rules.Issuer, "aud": rules.Audience,
		"exp": time.Now().Add(time.Hour).Unix(),
	}
}

// compare wants a token refused by the honest service and believed by a mutant.
func compare(t *testing.T, name, token string) {
	t.Helper()
	if _, err := verifier(t, app.Honest()).Verify(t.Context(), token); err == nil {
		t.Errorf("%s: the honest service believes the token as well", name)
	}
	if id, err := verifier(t, mutated(t, name, nil)).Verify(t.Context(), token); err != nil || id.Tenant != "a" || id.Subject != "somebody" {
		t.Errorf("%s: %+v, %v", name, id, err)
	}
}

func TestWhoCallersAre(t *testing.T) {
	known := func(p *app.Parts) {
		p.Tokens = func(auth.Keys, config.JWT) httpapi.Tokens { return viewer{} }
	}
	tokens := func(name string) httpapi.Tokens { return mutated(t, name, known).Tokens(nil, rules) }
	if id, err := tokens("role-not-read").Verify(t.Context(), ""); err != nil || !id.MayWrite() {
		t.Errorf("%+v, %v", id, err)
	}
	if id, err := tokens("tenant-by-default").Verify(t.Context(), ""); err != nil || id.Tenant == "" {
		t.Errorf("%+v, %v", id, err)
	}
	if id, err := tokens("header-over-token").Verify(withSaid(t.Context(), "b"), ""); err != nil || id.Tenant != "b" {
		t.Errorf("%+v, %v", id, err)
	}
}

// viewer is a caller without a tenant.
type viewer struct{}

func (viewer) Verify(context.Context, string) (auth.Identity, error) {
	return auth.Identity{Subject: "v", Roles: []auth.Role{"viewer"}}, nil
}

// rotating has another key each time.
type rotating struct{ n int }

func (r *rotating) Key(context.Context, string, string) (any, error) {
	r.n++
	return r.n, nil
}

func TestTheFirstKeyStays(t *testing.T) {
	p := mutated(t, "first-key-for-ever", func(p *app.Parts) {
		p.Keys = func(config.JWT, *slog.Logger) (auth.Keys, func(), error) { return &rotating{}, func() {}, nil }
	})
	keys, _, err := p.Keys(rules, discard)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if key, err := keys.Key(t.Context(), "RS256", "x"); err != nil || key != 1 {
			t.Errorf("key %v, %v", key, err)
		}
	}
}

func TestEnvironmentsThatShouldBeRefused(t *testing.T) {
	all := map[string]string{
		"DATABASE_URL": "postgres://u:p@db/event_service", "REDIS_URL": "redis://cache", "VENUE_SERVICE_URL": "http://venues", "NODE_ENV": "test",
	}
	for name, missing := range map[string]string{
		"database-url-optional": "DATABASE_URL", "redis-url-by-default": "REDIS_URL",
		"venue-url-by-default": "VENUE_SERVICE_URL", "environment-by-default": "NODE_ENV",
	} {
		getenv := func(variable string) string {
			if variable == missing {
				return ""
			}
			return all[variable]
		}
		if _, err := app.Honest().Config(getenv); err == nil {
			t.Errorf("the honest service goes without %s", missing)
		}
		if _, err := mutated(t, name, nil).Config(getenv); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	whole := func(variable string) string { return all[variable] }
	if c, err := mutated(t, "no-request-deadline", nil).Config(whole); err != nil || c.Timeouts.Request != forever || c.Timeouts.Health >= forever {
		t.Errorf("%+v, %v", c.Timeouts, err)
	}
	_, err := mutated(t, "first-missing-variable-alone", nil).Config(nothing)
	if err == nil || err.Error() != "missing required environment variables: DATABASE_URL" {
		t.Errorf("%v", err)
	}
}
