package identity

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
)

// rsaBits is the least that RS256 asks for (RFC 7518, 3.3).
const rsaBits = 2048

// key is one key pair with the id that tokens name in their header.
type key struct {
	id      string
	private crypto.Signer
}

// newKey makes a key of the server's form: of the curve P-256, the one that ES256 asks
// for (RFC 7518, 3.4), unless it is for RS256.
func (s *Server) newKey(id string) (*key, error) {
	var private crypto.Signer
	var err error
	if s.form.Algorithm == RS256 {
		private, err = rsa.GenerateKey(rand.Reader, rsaBits)
	} else {
		private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
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
	k, err := s.newKey(fmt.Sprintf("key-%d", s.made+1))
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
	der, err := x509.MarshalPKIXPublicKey(s.signing().private.Public())
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

// jwk is one public key of a JWK set (RFC 7518, 6.2 and 6.3).
type jwk struct {
	Type      string `json:"kty"`
	Curve     string `json:"crv,omitempty"`
	ID        string `json:"kid"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
	X         string `json:"x,omitempty"`
	Y         string `json:"y,omitempty"`
	N         string `json:"n,omitempty"`
	E         string `json:"e,omitempty"`
}

// public is the public half of a key as a JWK set has it.
func (k *key) public() (jwk, error) {
	encode := base64.RawURLEncoding.EncodeToString
	if private, is := k.private.(*rsa.PrivateKey); is {
		return jwk{
			Type: "RSA", ID: k.id, Use: "sig", Algorithm: RS256,
			N: encode(private.N.Bytes()), E: encode(big.NewInt(int64(private.E)).Bytes()),
		}, nil
	}
	point, err := k.private.Public().(*ecdsa.PublicKey).Bytes()
	if err != nil {
		return jwk{}, err
	}
	// An uncompressed point: 0x04, then X and Y of 32 bytes each.
	return jwk{
		Type: "EC", Curve: "P-256", ID: k.id, Use: "sig", Algorithm: ES256, X: encode(point[1:33]), Y: encode(point[33:65]),
	}, nil
}

// jwks answers the JWK set, oldest key first.
func (s *Server) jwks() (int, any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	set := struct {
		Keys []jwk `json:"keys"`
	}{}
	for _, k := range s.keys {
		public, err := k.public()
		if err != nil {
			return http.StatusInternalServerError, map[string]string{"error": err.Error()}
		}
		set.Keys = append(set.Keys, public)
	}
	return http.StatusOK, set
}
