package httpapi

import (
	"errors"
	"net/http"
	"strings"

	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/logging"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// tenantHeader may repeat the tenant of the token; it never replaces it.
const tenantHeader = "X-Tenant-ID"

// caller is who asks, and for which tenant.
type caller struct {
	auth.Identity
	tenant tenancy.ID
}

// reader is a handler for callers who may read, writer for those who may write.
func (a *api) reader(h handler) http.HandlerFunc { return a.allowed(auth.Identity.MayRead, h) }
func (a *api) writer(h handler) http.HandlerFunc { return a.allowed(auth.Identity.MayWrite, h) }

func (a *api) allowed(may func(auth.Identity) bool, h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, err := a.identify(r)
		if err == nil && !may(c.Identity) {
			err = problem(http.StatusForbidden, "the token's roles do not allow this")
		}
		if err == nil {
			err = a.limited(r, c)
		}
		if err == nil {
			err = h(w, r, c)
		}
		if err != nil {
			translate(r.Context(), a.Log, err).write(w, r)
		}
	}
}

// limited refuses a tenant that asks too often.
func (a *api) limited(r *http.Request, c caller) error {
	allowed, retryAfter := a.Limiter.Allow(r.Context(), c.tenant)
	if allowed {
		return nil
	}
	p := problem(http.StatusTooManyRequests, "too many requests of this tenant")
	p.retryAfter = retryAfter
	return p
}

// identify believes the token and nothing else.
func (a *api) identify(r *http.Request) (caller, error) {
	scheme, token, found := strings.Cut(r.Header.Get("Authorization"), " ")
	if !found || !strings.EqualFold(scheme, "Bearer") || token == "" {
		return caller{}, problem(http.StatusUnauthorized, "a bearer token is required")
	}
	id, err := a.Tokens.Verify(r.Context(), strings.TrimSpace(token))
	if errors.Is(err, auth.ErrToken) {
		a.Log.WarnContext(r.Context(), "Token refused", logging.Error(err))
		return caller{}, problem(http.StatusUnauthorized, "the token is not valid")
	}
	if err != nil {
		return caller{}, err
	}
	tenant, err := tenantOf(id, r.Header.Values(tenantHeader))
	if err != nil {
		// Runbook: Event Creation Failures: "tenant_id is required" errors.
		a.Log.WarnContext(r.Context(), "Tenant refused: "+err.Error(), "subject", id.Subject)
		return caller{}, err
	}
	if s := logging.ScopeOf(r.Context()); s != nil {
		s.TenantID = string(tenant)
	}
	return caller{Identity: id, tenant: tenant}, nil
}

// tenantOf is the token's tenant. A header must agree with it; one beside a
// token without a tenant agrees with nothing.
func tenantOf(id auth.Identity, headers []string) (tenancy.ID, error) {
	// Runbook: Tenant Isolation Issues: X-Tenant-ID header or tenant_id of the JWT.
	if id.Tenant == "" && len(headers) == 0 {
		// Runbook: Tenant Isolation Issues: missing tenant_id errors.
		return "", problem(http.StatusBadRequest, tenancy.ErrRequired.Error(),
			events.FieldError{Field: "tenant_id", Message: "neither the token nor " + tenantHeader + " names a tenant"})
	}
	for _, h := range headers {
		if h != id.Tenant {
			return "", problem(http.StatusForbidden, tenantHeader+" is not the token's tenant")
		}
	}
	tenant, err := tenancy.Parse(id.Tenant)
	if err != nil {
		return "", problem(http.StatusBadRequest, err.Error(), events.FieldError{Field: "tenant_id", Message: "is not a tenant's name"})
	}
	return tenant, nil
}
