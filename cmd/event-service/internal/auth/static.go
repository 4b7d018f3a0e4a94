package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
)

// ErrNoKey is a token that no configured key is for.
var ErrNoKey = errors.New("no key for this token")

// minSecret is the least that RFC 7518 (section 3.2) allows for HS256, in bytes:
// a shorter one is found by trying, with a single token to try it on.
const minSecret = 32

// minRSABits is the least that RFC 7518 (section 3.3) allows for RS256.
const minRSABits = 2048

// Static holds the keys of the environment: one key for each algorithm at
// most, whatever key id a token names.
type Static struct {
	byAlg map[string]any
}

// NewStatic reads a secret for HS256 and a PEM public key for RS256 or ES256.
// Both may be empty; without a key no token is believed.
func NewStatic(secret, publicKey string) (*Static, error) {
	s := &Static{byAlg: map[string]any{}}
	if secret != "" {
		if len(secret) < minSecret {
			return nil, fmt.Errorf("JWT_SECRET: %d bytes, at least %d expected (RFC 7518, section 3.2)", len(secret), minSecret)
		}
		s.byAlg["HS256"] = []byte(secret)
	}
	if publicKey == "" {
		return s, nil
	}
	block, _ := pem.Decode([]byte(publicKey))
	if block == nil {
		return nil, errors.New("JWT_PUBLIC_KEY is not a PEM block")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("JWT_PUBLIC_KEY: %w", err)
	}
	switch k := key.(type) {
	case *rsa.PublicKey:
		if k.N.BitLen() < minRSABits {
			return nil, fmt.Errorf("JWT_PUBLIC_KEY: %d bits, at least %d expected", k.N.BitLen(), minRSABits)
		}
		s.byAlg["RS256"] = k
	case *ecdsa.PublicKey:
		if k.Curve != elliptic.P256() {
			return nil, fmt.Errorf("JWT_PUBLIC_KEY: curve %s, P-256 expected", k.Curve.Params().Name)
		}
		s.byAlg["ES256"] = k
	default:
		return nil, fmt.Errorf("JWT_PUBLIC_KEY: a key of type %T, RSA or ECDSA expected", key)
	}
	return s, nil
}

// Empty tells that there is no key at all.
func (s *Static) Empty() bool { return len(s.byAlg) == 0 }

// Key implements Keys.
func (s *Static) Key(_ context.Context, alg, _ string) (any, error) {
	if k, ok := s.byAlg[alg]; ok {
		return k, nil
	}
	return nil, ErrNoKey
}
