package auth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
)

// keySet is a JWK set, reduced to the keys that are of use here.
type keySet []published

type published struct {
	kid string
	alg string
	key any
}

// find returns the key with an id, or the only one of the algorithm where the
// token names none.
func (s keySet) find(alg, kid string) (any, bool) {
	var fitting []any
	for _, p := range s {
		if p.alg == alg && (kid == "" || p.kid == kid) {
			fitting = append(fitting, p.key)
		}
	}
	if len(fitting) != 1 {
		return nil, false
	}
	return fitting[0], true
}

// decodeKeySet reads a JWK set (RFC 7517, section 5). Keys of other kinds and
// for other uses are left out, as section 5 asks; so are broken ones, since
// one of them must not make the others useless.
func decodeKeySet(b []byte) (keySet, error) {
	var document struct {
		Keys *[]struct {
			Kty, Kid, Use, Alg, Crv, X, Y, N, E string
		} `json:"keys"`
	}
	if err := json.Unmarshal(b, &document); err != nil {
		return nil, fmt.Errorf("key set: %w", err)
	}
	if document.Keys == nil {
		return nil, fmt.Errorf("key set: no keys in it")
	}
	var set keySet
	for _, k := range *document.Keys {
		if k.Use != "" && k.Use != "sig" {
			continue
		}
		var p published
		switch k.Kty {
		case "EC":
			if key, ok := ecKey(k.Crv, k.X, k.Y); ok {
				p = published{kid: k.Kid, alg: "ES256", key: key}
			}
		case "RSA":
			if key, ok := rsaKey(k.N, k.E); ok {
				p = published{kid: k.Kid, alg: "RS256", key: key}
			}
		}
		if p.key != nil && (k.Alg == "" || k.Alg == p.alg) {
			set = append(set, p)
		}
	}
	return set, nil
}

// ecKey reads a P-256 key (RFC 7518, section 6.2).
func ecKey(curve, x, y string) (*ecdsa.PublicKey, bool) {
	const size = 32 // bytes of a coordinate, leading zeros included
	bx, errX := base64.RawURLEncoding.DecodeString(x)
	by, errY := base64.RawURLEncoding.DecodeString(y)
	if curve != "P-256" || errX != nil || errY != nil || len(bx) != size || len(by) != size {
		return nil, false
	}
	point := append(append([]byte{4}, bx...), by...) // uncompressed
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	return key, err == nil
}

// rsaKey reads an RSA key (RFC 7518, section 6.3).
func rsaKey(n, e string) (*rsa.PublicKey, bool) {
	const maxBits = 8192 // more only costs the verifier time
	bn, errN := base64.RawURLEncoding.DecodeString(n)
	be, errE := base64.RawURLEncoding.DecodeString(e)
	if errN != nil || errE != nil || len(be) == 0 || len(be) > 4 {
		return nil, false
	}
	modulus, exponent := new(big.Int).SetBytes(bn), new(big.Int).SetBytes(be).Int64()
	if bits := modulus.BitLen(); bits < minRSABits || bits > maxBits || exponent < 3 || exponent%2 == 0 || exponent > 1<<31-1 {
		return nil, false
	}
	return &rsa.PublicKey{N: modulus, E: int(exponent)}, true
}
