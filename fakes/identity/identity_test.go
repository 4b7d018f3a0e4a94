package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/runproof/runproof/fakes/identity"
)

// timeout bounds every request of these tests; all of it is loopback.
const timeout = 5 * time.Second

var alice = identity.Claims{
	Subject: "alice", Tenant: "t-1", Roles: []string{"organizer"},
	Issuer: "https://id.example", Audience: "event-service",
}

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T) *identity.Server {
	t.Helper()
	s, err := identity.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// published reads the JWK set over HTTP, as the service would.
func published(t *testing.T, s *identity.Server) map[string]*ecdsa.PublicKey {
	t.Helper()
	client := &http.Client{Timeout: timeout, Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Get(s.URL() + identity.JWKSPath)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var set struct {
		Keys []struct{ Kty, Crv, Kid, X, Y string }
	}
	if err := json.NewDecoder(res.Body).Decode(&set); err != nil {
		t.Fatal(err)
	}
	keys := map[string]*ecdsa.PublicKey{}
	for _, k := range set.Keys {
		x, errX := base64.RawURLEncoding.DecodeString(k.X)
		y, errY := base64.RawURLEncoding.DecodeString(k.Y)
		if err := errors.Join(errX, errY); err != nil {
			t.Fatal(err)
		}
		point := append(append([]byte{4}, x...), y...)
		key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
		if err != nil {
			t.Fatalf("key %s: %v", k.Kid, err)
		}
		keys[k.Kid] = key
	}
	return keys
}

// verify checks a token as the service would, with the published keys.
func verify(keys map[string]*ecdsa.PublicKey, token string) (jwt.MapClaims, error) {
	parsed, err := jwt.Parse(token, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		if key, ok := keys[id]; ok {
			return key, nil
		}
		return nil, fmt.Errorf("unknown key %q", id)
	}, jwt.WithValidMethods([]string{"ES256"}), jwt.WithIssuedAt(),
		jwt.WithIssuer(alice.Issuer), jwt.WithAudience(alice.Audience))
	if err != nil {
		return nil, err
	}
	return parsed.Claims.(jwt.MapClaims), nil
}

func sign(t *testing.T, f func(identity.Claims) (string, error), c identity.Claims) string {
	t.Helper()
	token, err := f(c)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestTokensCarryTheirClaims(t *testing.T) {
	s := start(t)
	claims, err := verify(published(t, s), sign(t, s.Token, alice))
	if err != nil {
		t.Fatal(err)
	}
	if claims["exp"].(float64)-claims["iat"].(float64) != identity.DefaultTTL.Seconds() {
		t.Errorf("life %v to %v, want %s", claims["iat"], claims["exp"], identity.DefaultTTL)
	}
	delete(claims, "exp")
	delete(claims, "iat")
	want := jwt.MapClaims{
		"sub": "alice", "tenant_id": "t-1", "roles": []any{"organizer"},
		"iss": "https://id.example", "aud": []any{"event-service"},
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
}

func TestBadTokensAreBadInOneWayOnly(t *testing.T) {
	s := start(t)
	keys := published(t, s)
	late := alice
	late.ExpiresIn = -time.Minute
	if _, err := verify(keys, sign(t, s.Token, late)); !errors.Is(err, jwt.ErrTokenExpired) {
		t.Errorf("expired token: %v", err)
	}
	if _, err := verify(keys, sign(t, s.ForgedToken, alice)); !errors.Is(err, jwt.ErrTokenSignatureInvalid) {
		t.Errorf("forged token: %v", err)
	}
	nobody := alice
	nobody.Tenant = ""
	claims, err := verify(keys, sign(t, s.Token, nobody))
	if err != nil {
		t.Fatal(err)
	}
	if _, has := claims["tenant_id"]; has {
		t.Error("an empty tenant was put into the token")
	}
}

// To see it red: let Rotate replace the keys; the old token is then unknown
// before Retire.
func TestRotationKeepsOldTokensUntilRetired(t *testing.T) {
	s := start(t)
	old, oldPEM := sign(t, s.Token, alice), s.PublicKeyPEM()
	if err := s.Rotate(); err != nil {
		t.Fatal(err)
	}
	if s.PublicKeyPEM() == oldPEM {
		t.Error("PublicKeyPEM still shows the old key")
	}
	if _, err := jwt.ParseECPublicKeyFromPEM([]byte(s.PublicKeyPEM())); err != nil {
		t.Errorf("PEM: %v", err)
	}
	keys := published(t, s)
	for name, token := range map[string]string{"old": old, "new": sign(t, s.Token, alice)} {
		if _, err := verify(keys, token); err != nil {
			t.Errorf("%s token after Rotate: %v", name, err)
		}
	}
	s.Retire()
	if _, err := verify(published(t, s), old); err == nil {
		t.Error("the old token is still valid after Retire")
	}
	if n := len(s.History()); n != 2 {
		t.Errorf("%d calls in the history, want 2", n)
	}
}

func TestATokenIsChangedAsAsked(t *testing.T) {
	s := start(t)
	keys := published(t, s)
	public := s.PublicKeyPEM()
	for name, c := range map[string]struct {
		change identity.Change
		want   error
	}{
		"another audience":  {identity.WithClaim("aud", []string{"a", "b"}), jwt.ErrTokenInvalidAudience},
		"no expiry":         {identity.WithClaim("exp", nil), nil},
		"a tenant":          {identity.WithTenant("t-2"), nil},
		"not valid yet":     {identity.WithClaim("nbf", time.Now().Add(time.Hour).Unix()), jwt.ErrTokenNotValidYet},
		"forged":            {identity.Forged(), jwt.ErrTokenSignatureInvalid},
		"an unknown key":    {identity.WithHeader("kid", "unknown"), jwt.ErrTokenUnverifiable},
		"the key as secret": {identity.SignedWithSecret(public), jwt.ErrTokenSignatureInvalid},
	} {
		token, err := s.ChangedToken(alice, c.change)
		if err != nil {
			t.Fatal(err)
		}
		claims, err := verify(keys, token)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if _, has := claims["exp"]; name == "no expiry" && has {
			t.Errorf("%s: %v", name, claims)
		}
		if !slices.Contains(s.Signatures(), token[strings.LastIndexByte(token, '.')+1:]) {
			t.Errorf("%s: its signature is not remembered", name)
		}
	}
}
