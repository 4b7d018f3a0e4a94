package identity

import (
	"crypto/rand"
	"encoding/json"

	"github.com/golang-jwt/jwt/v5"
)

// Change is how a token differs from the one that Token makes without it.
type Change func(*unsigned)

// unsigned is a token before it is signed.
type unsigned struct {
	*jwt.Token
	claims jwt.MapClaims
	key    any   // what signs it
	err    error // of a change
	server *Server
}

// WithClaim sets a claim to any JSON value; nil takes it away.
func WithClaim(name string, value any) Change {
	return func(u *unsigned) { set(u.claims, name, value) }
}

// WithTenant sets the claim of the tenant.
func WithTenant(value any) Change {
	return func(u *unsigned) { set(u.claims, u.server.form.TenantClaim, value) }
}

// WithHeader sets a field of the token's header; nil takes it away.
func WithHeader(name string, value any) Change {
	return func(u *unsigned) { set(u.Header, name, value) }
}

func set(fields map[string]any, name string, value any) {
	fields[name] = value
	if value == nil {
		delete(fields, name)
	}
}

// Unsigned says in the header that there is no signature (RFC 7519, section 6).
func Unsigned() Change {
	return func(u *unsigned) { u.use(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType) }
}

// Forged signs with a key that nobody publishes.
func Forged() Change {
	return func(u *unsigned) {
		if u.server.form.Algorithm == HS256 {
			u.key = []byte(rand.Text())
			return
		}
		k, err := u.server.newKey("")
		if err != nil {
			u.err = err
			return
		}
		u.key = k.private
	}
}

// SignedWithSecret signs by HMAC with a secret: with the text of a public key,
// say, which anybody knows.
func SignedWithSecret(secret string) Change {
	return func(u *unsigned) { u.use(jwt.SigningMethodHS256, []byte(secret)) }
}

func (u *unsigned) use(method jwt.SigningMethod, key any) {
	u.Method, u.key = method, key
	u.Header["alg"] = method.Alg()
}

// fields are the claims by their names.
func (c tokenClaims) fields() (jwt.MapClaims, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	claims := jwt.MapClaims{}
	return claims, json.Unmarshal(text, &claims)
}
