package auth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/logging"
)

// Dependency is the name of the identity provider in errors and logs.
const Dependency = "identity-provider"

const (
	jwksTimeout = 2 * time.Second // one fetch; under a request's whole deadline
	maxJWKS     = 1 << 20         // bytes of a key set
	// minAge keeps tokens with invented key ids from becoming as many fetches.
	minAge = time.Second
)

// JWKS holds the keys that an identity provider publishes (RFC 7517). They
// are fetched when they are needed, again when they are old, and when a token
// names a key that is not among them: so keys rotate without a restart. While
// the provider cannot be reached the last keys are believed.
type JWKS struct {
	url      string
	maxAge   time.Duration
	client   *http.Client
	log      *slog.Logger
	now      func() time.Time
	inFlight singleflight.Group

	mu    sync.Mutex
	set   keySet
	tried time.Time // the last fetch, whatever came of it
	last  error     // what came of it
}

// NewJWKS makes a set that fetches nothing yet.
func NewJWKS(url string, maxAge time.Duration, log *slog.Logger, now func() time.Time) *JWKS {
	return &JWKS{
		url: url, maxAge: maxAge, log: log, now: now,
		client: &http.Client{Timeout: jwksTimeout, Transport: http.DefaultTransport.(*http.Transport).Clone()},
	}
}

// Key implements Keys. When the key is not known and the provider cannot be
// asked, nobody knows whether the token is good: that is an Unavailable.
func (j *JWKS) Key(ctx context.Context, alg, kid string) (any, error) {
	set, age, err := j.known()
	key, found := set.find(alg, kid)
	if age < minAge || found && age < j.maxAge {
		return verdict(key, found, err)
	}
	done := j.inFlight.DoChan("", func() (any, error) { return nil, j.fetch(context.WithoutCancel(ctx)) })
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-done:
	}
	set, _, err = j.known()
	key, found = set.find(alg, kid)
	return verdict(key, found, err)
}

func verdict(key any, found bool, err error) (any, error) {
	switch {
	case found:
		return key, nil
	case err != nil:
		return nil, &events.Unavailable{Dependency: Dependency, Err: err}
	default:
		return nil, ErrNoKey
	}
}

// known is the present set, the time since the last fetch, and its error.
func (j *JWKS) known() (keySet, time.Duration, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.tried.IsZero() {
		return nil, max(j.maxAge, minAge), nil
	}
	return j.set, j.now().Sub(j.tried), j.last
}

func (j *JWKS) fetch(ctx context.Context) error {
	set, err := j.download(ctx)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.tried, j.last = j.now(), err
	if err != nil {
		j.log.WarnContext(ctx, logging.Failure(Dependency, err), "dependency", Dependency, logging.Error(err))
		return err
	}
	j.set = set
	return nil
}

func (j *JWKS) download(ctx context.Context) (keySet, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, j.url, nil)
	if err != nil {
		return nil, fmt.Errorf("key set: %w", err)
	}
	response, err := j.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("key set: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("key set: unexpected status %d", response.StatusCode)
	}
	b, err := io.ReadAll(io.LimitReader(response.Body, maxJWKS))
	if err != nil {
		return nil, fmt.Errorf("key set: %w", err)
	}
	return decodeKeySet(b)
}

// Close gives up the idle connections.
func (j *JWKS) Close() { j.client.CloseIdleConnections() }

// Both asks a second source for the keys that the first does not have.
type Both struct{ First, Second Keys }

// Key implements Keys.
func (b Both) Key(ctx context.Context, alg, kid string) (any, error) {
	key, err := b.First.Key(ctx, alg, kid)
	if errors.Is(err, ErrNoKey) {
		return b.Second.Key(ctx, alg, kid)
	}
	return key, err
}
