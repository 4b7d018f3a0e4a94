package config_test

import (
	"strings"
	"testing"
)

// A key without an issuer and an audience would open the service to everybody
// whom the same identity provider has ever signed a token for.
//
// Red when both were optional: every key was taken, for "any" of them.
func TestAKeyNeedsAnIssuerAndAnAudience(t *testing.T) {
	const missing = "missing required environment variables: "
	both := map[string]string{"JWT_ISSUER": "https://id", "JWT_AUDIENCE": "event-service"}
	for name, key := range map[string]string{
		"JWT_SECRET":     strings.Repeat("s", 32),
		"JWT_PUBLIC_KEY": "a key",
		"JWT_JWKS_URL":   "https://id/keys",
	} {
		for lacking, want := range map[string]string{
			"JWT_ISSUER":   missing + "JWT_ISSUER (with any key)",
			"JWT_AUDIENCE": missing + "JWT_AUDIENCE (with any key)",
			"both":         missing + "JWT_ISSUER (with any key), JWT_AUDIENCE (with any key)",
			"none":         "",
		} {
			env := minimal()
			env[name] = key
			for rule, value := range both {
				if rule != lacking && lacking != "both" {
					env[rule] = value
				}
			}
			_, err := load(env)
			if got := text(err); got != want {
				t.Errorf("%s without %s: %q, want %q", name, lacking, got, want)
			}
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
