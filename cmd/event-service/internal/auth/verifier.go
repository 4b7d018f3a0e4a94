// Package auth tells who calls: it verifies bearer tokens and reads the
// subject, the tenant and the roles from them.
package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/rsa"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
)

// Role is what a caller may be.
type Role string

// The roles that may write; any role may read.
const (
	Organizer Role = "organizer"
	Admin     Role = "admin"
)

// Identity is a caller whose token was believed.
type Identity struct {
	Subject string
	Tenant  string // as the token has it; empty when it names none
	Roles   []Role
}

// MayRead tells whether the caller may read its tenant's events.
func (i Identity) MayRead() bool { return len(i.Roles) > 0 }

// MayWrite tells whether the caller may change its tenant's events.
func (i Identity) MayWrite() bool {
	// Runbook: Event Creation Failures: roles of the JWT decide.
	return slices.Contains(i.Roles, Organizer) || slices.Contains(i.Roles, Admin)
}

// ErrToken is a token that is not believed. What is wrong with it is for the
// log, not for the caller.
var ErrToken = errors.New("invalid token")

// Keys finds the key of a token by its algorithm and key id.
type Keys interface {
	Key(ctx context.Context, alg, kid string) (any, error)
}

// Rules are what a token must fulfil besides its signature.
type Rules struct {
	Issuer   string        // empty: any, which the configuration refuses beside a key
	Audience string        // empty: any, likewise
	Leeway   time.Duration // clock skew
}

// algorithms is everything that is ever believed; "none" is not among them.
var algorithms = []string{"HS256", "RS256", "ES256"}

// Verifier verifies tokens.
type Verifier struct {
	keys   Keys
	parser *jwt.Parser
}

// NewVerifier makes a verifier. Every token must expire.
func NewVerifier(keys Keys, rules Rules, now func() time.Time) *Verifier {
	options := []jwt.ParserOption{
		jwt.WithValidMethods(algorithms), jwt.WithExpirationRequired(), jwt.WithIssuedAt(),
		jwt.WithLeeway(rules.Leeway), jwt.WithTimeFunc(now),
	}
	if rules.Issuer != "" {
		options = append(options, jwt.WithIssuer(rules.Issuer))
	}
	if rules.Audience != "" {
		options = append(options, jwt.WithAudience(rules.Audience))
	}
	return &Verifier{keys: keys, parser: jwt.NewParser(options...)}
}

type claims struct {
	jwt.RegisteredClaims
	TenantID string `json:"tenant_id"`
	Roles    []Role `json:"roles"`
}

// Verify returns the caller, or an error that is an ErrToken. Where nobody
// could say whether the token is good the error is none: the caller is not
// told to get another one.
func (v *Verifier) Verify(ctx context.Context, token string) (Identity, error) {
	var c claims
	_, err := v.parser.ParseWithClaims(token, &c, func(t *jwt.Token) (any, error) {
		kid, _ := t.Header["kid"].(string)
		key, err := v.keys.Key(ctx, t.Method.Alg(), kid)
		if err != nil {
			return nil, err
		}
		return fitting(t.Method.Alg(), key)
	})
	var unavailable *events.Unavailable
	if errors.As(err, &unavailable) {
		return Identity{}, unavailable
	}
	if ctx.Err() != nil {
		return Identity{}, ctx.Err()
	}
	if err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrToken, err)
	}
	if c.Subject == "" {
		return Identity{}, fmt.Errorf("%w: no subject", ErrToken)
	}
	return Identity{Subject: c.Subject, Tenant: c.TenantID, Roles: c.Roles}, nil
}

// fitting refuses a key that is not of the algorithm's kind, whatever the
// token claims: a public key must never serve as the secret of an HMAC.
func fitting(alg string, key any) (any, error) {
	switch key.(type) {
	case []byte:
		if alg == "HS256" {
			return key, nil
		}
	case *rsa.PublicKey:
		if alg == "RS256" {
			return key, nil
		}
	case *ecdsa.PublicKey:
		if alg == "ES256" {
			return key, nil
		}
	}
	return nil, fmt.Errorf("the key is not one for %s", alg)
}
