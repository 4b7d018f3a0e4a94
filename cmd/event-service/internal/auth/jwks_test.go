package auth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
)

type jwk map[string]string

var b64 = base64.RawURLEncoding.EncodeToString

func ecJWK(t *testing.T, kid string) (jwk, *ecdsa.PublicKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	point, err := key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return jwk{"kty": "EC", "kid": kid, "crv": "P-256", "x": b64(point[1:33]), "y": b64(point[33:])}, &key.PublicKey
}

func rsaJWK(t *testing.T, kid string, bits int) (jwk, *rsa.PublicKey) {
	t.Helper()
	t.Setenv("GODEBUG", "rsa1024min=0") // a short key, to see it refused
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	e := big.NewInt(int64(key.E)).Bytes()
	return jwk{"kty": "RSA", "kid": kid, "n": b64(key.N.Bytes()), "e": b64(e)}, &key.PublicKey
}

func set(t *testing.T, keys ...jwk) []byte {
	t.Helper()
	b, err := json.Marshal(map[string]any{"keys": keys})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// provider publishes what body holds, and a 500 while that is empty.
type provider struct {
	*JWKS
	body  atomic.Value
	calls atomic.Int64
	now   time.Time
}

func newProvider(t *testing.T, body []byte) *provider {
	t.Helper()
	p := &provider{now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	p.body.Store(body)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		p.calls.Add(1)
		b, _ := p.body.Load().([]byte)
		if len(b) == 0 {
			w.WriteHeader(http.StatusInternalServerError)
		}
		_, _ = w.Write(b)
	}))
	t.Cleanup(s.Close)
	p.JWKS = NewJWKS(s.URL, 5*time.Minute, slog.New(slog.DiscardHandler), func() time.Time { return p.now })
	t.Cleanup(p.JWKS.Close)
	return p
}

// knows checks whether a key is found, and how often was asked for the set.
func (p *provider) knows(t *testing.T, kid string, want bool, calls int64) {
	t.Helper()
	key, err := p.Key(t.Context(), "ES256", kid)
	if (key != nil) != want || !want && !errors.Is(err, ErrNoKey) || p.calls.Load() != calls {
		t.Errorf("%s: %v, %v after %d calls, want %v after %d", kid, key != nil, err, p.calls.Load(), want, calls)
	}
}

func TestKeysRotateWithoutARestart(t *testing.T) {
	first, _ := ecJWK(t, "first")
	second, _ := ecJWK(t, "second")
	p := newProvider(t, set(t, first))
	p.knows(t, "first", true, 1)
	p.knows(t, "first", true, 1)
	p.body.Store(set(t, first, second))
	p.knows(t, "second", false, 1) // too soon to ask again
	p.now = p.now.Add(2 * time.Second)
	p.knows(t, "second", true, 2)
	p.body.Store(set(t, second))
	p.now = p.now.Add(6 * time.Minute)
	p.knows(t, "first", false, 3)
	p.knows(t, "second", true, 3)
}

func TestAnOutageOfTheProvider(t *testing.T) {
	first, _ := ecJWK(t, "first")
	p := newProvider(t, nil)
	var unavailable *events.Unavailable
	if _, err := p.Key(t.Context(), "ES256", "first"); !errors.As(err, &unavailable) {
		t.Errorf("never reached: %v, want nobody to be told that the token is bad", err)
	}
	p.body.Store(set(t, first))
	p.now = p.now.Add(2 * time.Second)
	p.knows(t, "first", true, 2)
	p.body.Store([]byte(nil))
	p.now = p.now.Add(time.Hour)
	p.knows(t, "first", true, 3) // the last keys are believed
	if _, err := p.Key(t.Context(), "ES256", "other"); !errors.As(err, &unavailable) {
		t.Errorf("an unknown key during an outage: %v", err)
	}
}

func TestKeySets(t *testing.T) {
	ec, ecKey := ecJWK(t, "ec")
	rs, rsKey := rsaJWK(t, "rs", 2048)
	short, _ := rsaJWK(t, "short", 1024)
	off := jwk{"kty": "EC", "kid": "off", "crv": "P-256", "x": ec["x"], "y": ec["x"]} // no point of the curve
	enc := jwk{"kty": "EC", "kid": "enc", "crv": "P-256", "x": ec["x"], "y": ec["y"], "use": "enc"}
	secret := jwk{"kty": "oct", "kid": "oct", "k": "c2VjcmV0"}
	s, err := decodeKeySet(set(t, short, off, enc, secret, ec, rs))
	if err != nil || len(s) != 2 {
		t.Fatalf("%d keys, %v", len(s), err)
	}
	if k, ok := s.find("ES256", "ec"); !ok || !ecKey.Equal(k) {
		t.Error("the EC key is not the one that was published")
	}
	if k, ok := s.find("RS256", ""); !ok || !rsKey.Equal(k) {
		t.Error("a token without a key id does not find the only RSA key")
	}
	if _, ok := s.find("RS256", "ec"); ok {
		t.Error("an EC key was found for RS256")
	}
	if _, ok := s.find("HS256", "oct"); ok {
		t.Error("a published key serves as a secret")
	}
	for _, b := range []string{``, `[]`, `{}`, `{"keys":{}}`} {
		if _, err := decodeKeySet([]byte(b)); err == nil {
			t.Errorf("%q is a key set", b)
		}
	}
}

func FuzzDecodeKeySet(f *testing.F) {
	f.Add([]byte(`{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}`))
	f.Add([]byte(`{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"},null]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := decodeKeySet(b)
		if err != nil {
			return
		}
		for _, p := range s {
			if _, err := fitting(p.alg, p.key); err != nil {
				t.Errorf("%q: %v", b, err)
			}
		}
	})
}
