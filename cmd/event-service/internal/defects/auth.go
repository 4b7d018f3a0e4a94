package defects

import (
	"context"
	"log/slog"
	"sync"

	"github.com/golang-jwt/jwt/v5"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
)

func authDefects() []Defect {
	ruled := func(change func(*config.JWT)) func(p *app.Parts) {
		return func(p *app.Parts) { withRules(p, change) }
	}
	return []Defect{
		{
			Name: "expired-token-believed", Breaks: "contract.auth.expired",
			Sees:   "A token that expired last year still opens everything: the clock skew is ten years.",
			Parts:  []string{"Tokens"},
			mutate: ruled(func(c *config.JWT) { c.Leeway = 3650 * forever }),
		},
		{
			Name: "unsigned-token-believed", Breaks: "contract.auth.algorithm",
			Sees:  "Anybody may be anybody: a token with algorithm \"none\" needs no key.",
			Parts: []string{"Tokens"},
			mutate: func(p *app.Parts) {
				aroundTokens(p, func(t httpapi.Tokens) httpapi.Tokens { return unsigned{t} })
			},
		},
		{
			Name: "audience-not-compared", Breaks: "contract.auth.audience",
			Sees:   "A token that was made for another service opens this one.",
			Parts:  []string{"Tokens"},
			mutate: ruled(func(c *config.JWT) { c.Audience = "" }),
		},
		{
			Name: "issuer-not-compared", Breaks: "contract.auth.issuer",
			Sees:   "A token of another issuer with a known key is believed.",
			Parts:  []string{"Tokens"},
			mutate: ruled(func(c *config.JWT) { c.Issuer = "" }),
		},
		{
			Name: "role-not-read", Breaks: "creation.resolution.permissions",
			Sees:  "Viewers create, change and cancel events.",
			Parts: []string{"Tokens"},
			mutate: func(p *app.Parts) {
				aroundTokens(p, func(t httpapi.Tokens) httpapi.Tokens { return promoting{t} })
			},
		},
		{
			Name: "first-key-for-ever", Breaks: "contract.auth.rotation", Latent: true,
			Sees:  "After the identity provider rotated its keys every token is refused until a restart.",
			Parts: []string{"Keys"},
			mutate: func(p *app.Parts) {
				honest := p.Keys
				p.Keys = func(c config.JWT, log *slog.Logger) (auth.Keys, func(), error) {
					keys, end, err := honest(c, log)
					return &loyal{keys: keys, first: map[string]any{}}, end, err
				}
			},
		},
		{
			Name: "keys-asked-for-each-time", Breaks: "contract.auth.provider", Latent: true,
			Sees:   "While the identity provider is away every caller is refused, whatever was known of the keys.",
			Parts:  []string{"Keys"},
			mutate: forgetKeys,
		},
	}
}

// unsigned lets a token say that it needs no signature.
type unsigned struct{ httpapi.Tokens }

func (u unsigned) Verify(ctx context.Context, token string) (auth.Identity, error) {
	var c struct {
		jwt.RegisteredClaims
		TenantID string      `json:"tenant_id"`
		Roles    []auth.Role `json:"roles"`
	}
	none := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodNone.Alg()}))
	_, err := none.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return jwt.UnsafeAllowNoneSignatureType, nil })
	if err != nil {
		return u.Tokens.Verify(ctx, token)
	}
	return auth.Identity{Subject: c.Subject, Tenant: c.TenantID, Roles: c.Roles}, nil
}

// promoting lets everybody write.
type promoting struct{ httpapi.Tokens }

func (p promoting) Verify(ctx context.Context, token string) (auth.Identity, error) {
	id, err := p.Tokens.Verify(ctx, token)
	id.Roles = append(id.Roles, auth.Organizer)
	return id, err
}

// loyal stays with the first key of each algorithm.
type loyal struct {
	keys auth.Keys

	mu    sync.Mutex
	first map[string]any
}

func (l *loyal) Key(ctx context.Context, alg, kid string) (any, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if key, known := l.first[alg]; known {
		return key, nil
	}
	key, err := l.keys.Key(ctx, alg, kid)
	if err == nil {
		l.first[alg] = key
	}
	return key, err
}
