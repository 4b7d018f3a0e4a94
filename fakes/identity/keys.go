package identity

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"net/http"
)

// key is one ES256 key pair with the id that tokens name in their header.
type key struct {
	id      string
	private *ecdsa.PrivateKey
}

// newKey makes a P-256 key, the curve that ES256 asks for (RFC 7518, 3.4).
func newKey(id string) (*key, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("identity fake: key %q: %w", id, err)
	}
	return &key{id: id, private: private}, nil
}

// Rotate makes a new key and signs with it from now on. The former keys stay
// in the JWK set until Retire, so that tokens out there remain valid.
func (s *Server) Rotate() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := newKey(fmt.Sprintf("key-%d", s.made+1))
	if err != nil {
		return err
	}
	s.made++
	s.keys = append(s.keys, k)
	return nil
}

// Retire takes every key but the signing one out of the JWK set.
func (s *Server) Retire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys = s.keys[len(s.keys)-1:]
}

// KeyID is the id of the key that signs now.
func (s *Server) KeyID() string { return s.signing().id }

// PublicKeyPEM is the public half of the key that signs now, as a PEM block of
// type PUBLIC KEY.
func (s *Server) PublicKeyPEM() string {
	der, err := x509.MarshalPKIXPublicKey(&s.signing().private.PublicKey)
	if err != nil {
		// Only an unknown key type fails, and the type is fixed above.
		panic(fmt.Sprintf("identity fake: public key: %v", err))
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// signing is the newest key.
func (s *Server) signing() *key {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keys[len(s.keys)-1]
}

// jwk is one public key of a JWK set (RFC 7518, 6.2).
type jwk struct {
	Type      string `json:"kty"`
	Curve     string `json:"crv"`
	ID        string `json:"kid"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
	X         string `json:"x"`
	Y         string `json:"y"`
}

// jwks answers the JWK set, oldest key first.
func (s *Server) jwks() (int, any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	set := struct {
		Keys []jwk `json:"keys"`
	}{}
	for _, k := range s.keys {
		point, err := k.private.PublicKey.Bytes()
		if err != nil {
			return http.StatusInternalServerError, map[string]string{"error": err.Error()}
		}
		// An uncompressed point: 0x04, then X and Y of 32 bytes each.
		x, y := point[1:33], point[33:65]
		set.Keys = append(set.Keys, jwk{
			Type:      "EC",
			Curve:     "P-256",
			ID:        k.id,
			Use:       "sig",
			Algorithm: "ES256",
			X:         base64.RawURLEncoding.EncodeToString(x),
			Y:         base64.RawURLEncoding.EncodeToString(y),
		})
	}
	return http.StatusOK, set
}
