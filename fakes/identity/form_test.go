package identity_test

import (
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/runproof/runproof/fakes/identity"
)

// Each form signs so that a service of that form believes the token, and neither one that
// is forged nor one that is unsigned. By hand: leave the secret out of sign.
func TestTokensOfEachForm(t *testing.T) {
	for _, form := range []identity.Form{
		{Algorithm: identity.RS256, TenantClaim: "org", RolesClaim: "scope"},
		{Algorithm: identity.HS256, Secret: "between us"},
		identity.Usual,
	} {
		s, err := identity.StartWith("127.0.0.1:0", form)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		verify := func(token string) (jwt.MapClaims, error) {
			parsed, err := jwt.Parse(token, func(*jwt.Token) (any, error) {
				switch form.Algorithm {
				case identity.HS256:
					return []byte(form.Secret), nil
				case identity.RS256:
					return jwt.ParseRSAPublicKeyFromPEM([]byte(s.PublicKeyPEM()))
				}
				return jwt.ParseECPublicKeyFromPEM([]byte(s.PublicKeyPEM()))
			}, jwt.WithValidMethods([]string{form.Algorithm}))
			if err != nil {
				return nil, err
			}
			return parsed.Claims.(jwt.MapClaims), nil
		}
		claims, err := verify(sign(t, s.Token, alice))
		if err != nil {
			t.Fatalf("%s: %v", form.Algorithm, err)
		}
		for name, want := range map[string]bool{form.TenantClaim: form.TenantClaim != "", form.RolesClaim: form.RolesClaim != "", "tenant_id": form.TenantClaim == "tenant_id"} {
			if _, has := claims[name]; has != want {
				t.Errorf("%s: claim %q there: %v", form.Algorithm, name, has)
			}
		}
		for name, make := range map[string]func(identity.Claims) (string, error){"forged": s.ForgedToken, "unsigned": s.UnsignedToken} {
			if _, err := verify(sign(t, make, alice)); err == nil {
				t.Errorf("%s: a token that is %s is believed", form.Algorithm, name)
			}
		}
	}
}
