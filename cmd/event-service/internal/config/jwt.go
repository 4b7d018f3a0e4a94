package config

import (
	"strings"
	"time"
)

// JWT says which tokens are believed. Without any key none is; with one,
// Issuer and Audience are never empty.
type JWT struct {
	Secret    string        // HS256
	PublicKey string        // PEM, RS256 or ES256 by its kind
	Issuer    string        // the only one believed
	Audience  string        // what a token must name
	Leeway    time.Duration // clock skew allowed on exp, nbf and iat

	JWKSURL    string        // empty: no published keys
	JWKSMaxAge time.Duration // keys are fetched again after this
}

// jwt reads the keys, and whose tokens for whom they are to verify. An identity
// provider signs for other services, too, and several may share a key: a
// signature alone says neither.
func (r *reader) jwt() JWT {
	c := JWT{
		Secret:    r.text("JWT_SECRET"),
		PublicKey: strings.ReplaceAll(r.text("JWT_PUBLIC_KEY"), `\n`, "\n"),
		Issuer:    r.text("JWT_ISSUER"),
		Audience:  r.text("JWT_AUDIENCE"),
		Leeway:    r.duration("JWT_LEEWAY"),

		JWKSURL:    r.httpURL("JWT_JWKS_URL"),
		JWKSMaxAge: r.duration("JWT_JWKS_MAX_AGE"),
	}
	if c.Secret == "" && c.PublicKey == "" && c.JWKSURL == "" {
		return c
	}
	if c.Issuer == "" {
		r.missing = append(r.missing, "JWT_ISSUER (with any key)")
	}
	if c.Audience == "" {
		r.missing = append(r.missing, "JWT_AUDIENCE (with any key)")
	}
	return c
}
