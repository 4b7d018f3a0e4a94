package identity

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// DefaultTTL is how long a token is valid when Claims.ExpiresIn is zero. It
// outlives any single run.
const DefaultTTL = time.Hour

// signaturesKept bounds the signatures that are remembered: more tokens than a
// minute of load needs.
const signaturesKept = 1 << 14

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
func (s *Server) Token(c Claims) (string, error) { return s.sign(s.signing(), c) }

// ChangedToken signs claims with the current key, but for the changes.
func (s *Server) ChangedToken(c Claims, changes ...Change) (string, error) {
	return s.sign(s.signing(), c, changes...)
}

// ForgedToken signs claims with a key that nobody publishes, under the id of
// the current one: a token that must be refused for its signature alone.
func (s *Server) ForgedToken(c Claims) (string, error) { return s.ChangedToken(c, Forged()) }

// UnknownKeyToken signs claims with a key that nobody publishes, under an id that
// nobody has heard of.
func (s *Server) UnknownKeyToken(c Claims) (string, error) {
	k, err := s.newKey("key-" + rand.Text())
	if err != nil {
		return "", err
	}
	return s.sign(k, c)
}

// UnsignedToken makes a token that says of itself that it needs no signature
// (RFC 7519, section 6).
func (s *Server) UnsignedToken(c Claims) (string, error) { return s.ChangedToken(c, Unsigned()) }

// sign makes a token of the server's form that names its key in the header.
func (s *Server) sign(k *key, c Claims, changes ...Change) (string, error) {
	claims, err := claimsOf(c).fields()
	if err != nil {
		return "", fmt.Errorf("identity fake: claims of %q: %w", c.Subject, err)
	}
	rename(claims, "tenant_id", s.form.TenantClaim)
	rename(claims, "roles", s.form.RolesClaim)
	u := &unsigned{Token: jwt.NewWithClaims(jwt.GetSigningMethod(s.form.Algorithm), claims), claims: claims, key: k.private, server: s}
	u.Header["kid"] = k.id
	if s.form.Algorithm == HS256 {
		u.key = []byte(s.form.Secret)
		delete(u.Header, "kid") // a shared secret is published nowhere
	}
	for _, change := range changes {
		change(u)
	}
	signed, err := u.SignedString(u.key)
	if err = errors.Join(u.err, err); err != nil {
		return "", fmt.Errorf("identity fake: sign for %q: %w", c.Subject, err)
	}
	s.remember(signed)
	return signed, nil
}

// rename gives a claim another name; an empty one takes it away.
func rename(claims jwt.MapClaims, from, to string) {
	value, there := claims[from]
	delete(claims, from)
	if there && to != "" {
		claims[to] = value
	}
}

// remember keeps a token's signature, which makes it worth stealing.
func (s *Server) remember(token string) {
	signature := token[strings.LastIndexByte(token, '.')+1:]
	if signature == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.signatures) == signaturesKept {
		s.signatures = slices.Delete(s.signatures, 0, signaturesKept/2)
	}
	s.signatures = append(s.signatures, signature)
}

// Signatures are those of the tokens made last, as a copy.
func (s *Server) Signatures() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.signatures)
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
