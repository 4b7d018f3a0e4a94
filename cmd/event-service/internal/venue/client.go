// Package venue asks the venue-service whether a venue exists and whose it is,
// behind a circuit breaker.
package venue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
	"github.com/runproof/runproof/cmd/event-service/internal/tracing"
)

// Dependency is the name of the venue-service in errors, logs and health.
const Dependency = "venue-service"

// maxAnswer bounds how much of an answer is read; a venue takes some hundred
// bytes.
const maxAnswer = 64 << 10

// Guard decides whether a call is made. It is the circuit breaker.
type Guard interface {
	Do(ctx context.Context, call func(context.Context) error) error
}

// Client is the venue-service as the events package needs it.
type Client struct {
	base    *url.URL
	http    *http.Client
	timeout time.Duration
	guard   Guard
}

// NewClient makes a client of the service at base. One call, from the dial to
// the last byte of its answer and with its retry, takes at most timeout.
func NewClient(base *url.URL, timeout time.Duration, guard Guard) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = nil // a dependency is never reached through a proxy
	return &Client{
		base: base, timeout: timeout, guard: guard,
		http: &http.Client{
			Transport: tracing.Calls(transport, Dependency),
			// A dependency that redirects is not the venue-service.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Answered tells which errors are answers of a healthy venue-service.
func Answered(err error) bool { return errors.Is(err, events.ErrVenueUnknown) }

// Check implements events.Venues.
func (c *Client) Check(ctx context.Context, tenant tenancy.ID, id string) error {
	// Runbook: Circuit Breaker Open: venue validation fails.
	err := c.guard.Do(ctx, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, c.timeout)
		defer cancel()
		return retried(ctx, func(ctx context.Context) error { return c.ask(ctx, tenant, id) })
	})
	var refused *breaker.Refused
	switch {
	case err == nil, errors.Is(err, events.ErrVenueUnknown), errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &refused):
		// Runbook: Circuit Breaker Open: 503 for venue-related operations.
		return &events.Unavailable{Dependency: Dependency, RetryAfter: refused.RetryAfter, Err: err}
	default:
		return &events.Unavailable{Dependency: Dependency, Err: err}
	}
}

// ask is one request.
func (c *Client) ask(ctx context.Context, tenant tenancy.ID, id string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base.JoinPath("api", "v1", "venues", id).String(), nil)
	if err != nil {
		return fmt.Errorf("venue %q: %w", id, err)
	}
	request.Header.Set("X-Tenant-ID", string(tenant))
	request.Header.Set("Accept", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer func() {
		// What is left is read, so that the connection can be used again.
		_, _ = io.CopyN(io.Discard, response.Body, maxAnswer)
		_ = response.Body.Close()
	}()
	switch response.StatusCode {
	case http.StatusOK:
		return judge(io.LimitReader(response.Body, maxAnswer), tenant, id)
	case http.StatusNotFound:
		return events.ErrVenueUnknown
	default:
		return fmt.Errorf("venue %q: unexpected status %d", id, response.StatusCode)
	}
}

// judge reads a venue and says whether it is the one asked for.
func judge(body io.Reader, tenant tenancy.ID, id string) error {
	var v struct {
		ID       string `json:"id"`
		TenantID string `json:"tenant_id"`
	}
	b, err := io.ReadAll(body)
	if err != nil {
		return fmt.Errorf("venue %q: answer: %w", id, err)
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return fmt.Errorf("venue %q: unreadable answer: %w", id, err)
	}
	if v.ID != id || v.TenantID == "" {
		return fmt.Errorf("venue %q: the answer is about venue %q", id, v.ID)
	}
	if v.TenantID != string(tenant) {
		return events.ErrVenueUnknown
	}
	return nil
}

// Close gives up the idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }
