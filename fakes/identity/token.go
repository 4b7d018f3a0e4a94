package identity

import (
	"crypto/rand"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// DefaultTTL is how long a token is valid when Claims.ExpiresIn is zero. It
// outlives any single run.
const DefaultTTL = time.Hour

// Claims is what a token says. Empty fields are left out of the token, so that
// a token without a tenant, say, can be made.
type Claims struct {
	Subject  string
	Tenant   string // tenant_id
	Roles    []string
	Issuer   string
	Audience string
	// ExpiresIn counts from now; zero means DefaultTTL, and a negative value
	// makes a token that has expired already.
	ExpiresIn time.Duration
}

// tokenClaims is the wire form.
type tokenClaims struct {
	jwt.RegisteredClaims
	Tenant string   `json:"tenant_id,omitempty"`
	Roles  []string `json:"roles,omitempty"`
}

// Token signs claims with the current key.
func (s *Server) Token(c Claims) (string, error) { return sign(s.signing(), c) }

// ForgedToken signs claims with a key that nobody publishes, under the id of
// the current one: a token that must be refused for its signature alone.
func (s *Server) ForgedToken(c Claims) (string, error) {
	k, err := newKey(s.KeyID())
	if err != nil {
		return "", err
	}
	return sign(k, c)
}

// UnknownKeyToken signs claims with a key that nobody publishes, under an id that
// nobody has heard of.
func (s *Server) UnknownKeyToken(c Claims) (string, error) {
	k, err := newKey("key-" + rand.Text())
	if err != nil {
		return "", err
	}
	return sign(k, c)
}

// UnsignedToken makes a token that says of itself that it needs no signature
// (RFC 7519, section 6).
func (s *Server) UnsignedToken(c Claims) (string, error) {
	signed, err := jwt.NewWithClaims(jwt.SigningMethodNone, claimsOf(c)).SignedString(jwt.UnsafeAllowNoneSignatureType)
	if err != nil {
		return "", fmt.Errorf("identity fake: unsigned token for %q: %w", c.Subject, err)
	}
	return signed, nil
}

// sign makes an ES256 token that names its key in the header.
func sign(k *key, c Claims) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodES256, claimsOf(c))
	token.Header["kid"] = k.id
	signed, err := token.SignedString(k.private)
	if err != nil {
		return "", fmt.Errorf("identity fake: sign for %q: %w", c.Subject, err)
	}
	return signed, nil
}

// claimsOf is the wire form of claims.
func claimsOf(c Claims) tokenClaims {
	life := c.ExpiresIn
	if life == 0 {
		life = DefaultTTL
	}
	now := time.Now()
	issued := now
	if life < 0 {
		issued = now.Add(2 * life) // a token is never issued after it expired
	}
	claims := tokenClaims{
		RegisteredClaims: jwt.RegisteredClaims{
			Subject:   c.Subject,
			Issuer:    c.Issuer,
			IssuedAt:  jwt.NewNumericDate(issued),
			ExpiresAt: jwt.NewNumericDate(now.Add(life)),
		},
		Tenant: c.Tenant,
		Roles:  c.Roles,
	}
	if c.Audience != "" {
		claims.Audience = jwt.ClaimStrings{c.Audience}
	}
	return claims
}
