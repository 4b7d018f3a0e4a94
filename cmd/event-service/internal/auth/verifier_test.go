package auth_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/runproof/runproof/cmd/event-service/internal/auth"
)

var now = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

const secret = "a secret that is long enough to be one"

func claims() jwt.MapClaims {
	return jwt.MapClaims{
		"sub": "alice", "tenant_id": "t-1", "roles": []string{"organizer"},
		"iss": "https://id", "aud": []string{"event-service"}, "exp": now.Add(time.Hour).Unix(),
	}
}

func sign(t *testing.T, method jwt.SigningMethod, key any, c jwt.MapClaims) string {
	t.Helper()
	s, err := jwt.NewWithClaims(method, c).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func public(t *testing.T, key any) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func verifier(t *testing.T, secret, publicKey string) *auth.Verifier {
	t.Helper()
	keys, err := auth.NewStatic(secret, publicKey)
	if err != nil {
		t.Fatal(err)
	}
	rules := auth.Rules{Issuer: "https://id", Audience: "event-service", Leeway: 30 * time.Second}
	return auth.NewVerifier(keys, rules, func() time.Time { return now })
}

func TestEveryAlgorithm(t *testing.T) {
	ec, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	rs, _ := rsa.GenerateKey(rand.Reader, 2048)
	for _, c := range []struct {
		method jwt.SigningMethod
		key    any
		v      *auth.Verifier
	}{
		{jwt.SigningMethodHS256, []byte(secret), verifier(t, secret, "")},
		{jwt.SigningMethodES256, ec, verifier(t, "", public(t, &ec.PublicKey))},
		{jwt.SigningMethodRS256, rs, verifier(t, "", public(t, &rs.PublicKey))},
	} {
		got, err := c.v.Verify(t.Context(), sign(t, c.method, c.key, claims()))
		if err != nil {
			t.Errorf("%s: %v", c.method.Alg(), err)
			continue
		}
		want := auth.Identity{Subject: "alice", Tenant: "t-1", Roles: []auth.Role{auth.Organizer}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.method.Alg(), diff)
		}
	}
}

func TestWhatIsNotBelieved(t *testing.T) {
	rs, _ := rsa.GenerateKey(rand.Reader, 2048)
	pemKey := public(t, &rs.PublicKey)
	with := func(name string, value any) jwt.MapClaims {
		c := claims()
		if c[name] = value; value == nil {
			delete(c, name)
		}
		return c
	}
	hs := jwt.SigningMethodHS256
	v := verifier(t, secret, pemKey)
	for name, token := range map[string]string{
		"none":             sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, claims()),
		"another secret":   sign(t, hs, []byte("another"), claims()),
		"another method":   sign(t, jwt.SigningMethodHS512, []byte(secret), claims()),
		"key as a secret":  sign(t, hs, []byte(pemKey), claims()),
		"expired":          sign(t, hs, []byte(secret), with("exp", now.Add(-time.Minute).Unix())),
		"never expires":    sign(t, hs, []byte(secret), with("exp", nil)),
		"not yet":          sign(t, hs, []byte(secret), with("nbf", now.Add(time.Minute).Unix())),
		"from the future":  sign(t, hs, []byte(secret), with("iat", now.Add(time.Minute).Unix())),
		"another issuer":   sign(t, hs, []byte(secret), with("iss", "https://other")),
		"another audience": sign(t, hs, []byte(secret), with("aud", "other")),
		"no audience":      sign(t, hs, []byte(secret), with("aud", nil)),
		"nobody":           sign(t, hs, []byte(secret), with("sub", nil)),
		"no token":         "x",
	} {
		if id, err := v.Verify(t.Context(), token); !errors.Is(err, auth.ErrToken) {
			t.Errorf("%s: %+v, %v", name, id, err)
		}
	}
	skewed := sign(t, hs, []byte(secret), with("exp", now.Add(-20*time.Second).Unix()))
	if _, err := v.Verify(t.Context(), skewed); err != nil {
		t.Errorf("within the clock skew: %v", err)
	}
}

// A public key must not become the secret of an HMAC, even where no secret
// is configured.
func TestAlgorithmConfusion(t *testing.T) {
	rs, _ := rsa.GenerateKey(rand.Reader, 2048)
	pemKey := public(t, &rs.PublicKey)
	forged := sign(t, jwt.SigningMethodHS256, []byte(pemKey), claims())
	if _, err := verifier(t, "", pemKey).Verify(t.Context(), forged); !errors.Is(err, auth.ErrToken) {
		t.Errorf("got %v", err)
	}
}

// Red when any length was taken: a service with a secret of one byte believed
// whoever tried 256 of them.
func TestAShortSecretIsRefused(t *testing.T) {
	for length, refused := range map[int]bool{1: true, 31: true, 32: false, 64: false} {
		_, err := auth.NewStatic(strings.Repeat("s", length), "")
		if refused != (err != nil) || refused && !strings.Contains(err.Error(), "JWT_SECRET: "+strconv.Itoa(length)+" bytes, at least 32") {
			t.Errorf("%d bytes: %v", length, err)
		}
	}
}

func TestWithoutKeysNobodyIsBelieved(t *testing.T) {
	v := verifier(t, "", "")
	for _, token := range []string{
		sign(t, jwt.SigningMethodHS256, []byte(secret), claims()),
		sign(t, jwt.SigningMethodHS256, []byte(""), claims()),
	} {
		if _, err := v.Verify(t.Context(), token); !errors.Is(err, auth.ErrNoKey) {
			t.Errorf("got %v", err)
		}
	}
}

func TestRoles(t *testing.T) {
	for role, want := range map[auth.Role][2]bool{
		auth.Organizer: {true, true}, auth.Admin: {true, true}, "viewer": {true, false},
	} {
		id := auth.Identity{Roles: []auth.Role{role}}
		if got := [2]bool{id.MayRead(), id.MayWrite()}; got != want {
			t.Errorf("%s: read, write %v, want %v", role, got, want)
		}
	}
	if (auth.Identity{}).MayRead() {
		t.Error("a caller without a role may read")
	}
}
