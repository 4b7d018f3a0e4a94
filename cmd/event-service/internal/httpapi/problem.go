package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/logging"
)

// defaultRetryAfter is said where nobody knows better; a short wait, since
// most refusals end with a restart or a reconnect.
const defaultRetryAfter = time.Second

// Problem is an error as RFC 9457 writes it. RequestID and Errors are this
// service's extensions.
type Problem struct {
	// Runbook: Event Creation Failures: validation errors in the response.
	Type      string              `json:"type"`
	Title     string              `json:"title"`
	Status    int                 `json:"status"`
	Detail    string              `json:"detail"`
	Instance  string              `json:"instance"`
	RequestID string              `json:"request_id"`
	Errors    []events.FieldError `json:"errors,omitempty"`

	retryAfter time.Duration
	close      bool
}

func (p *Problem) Error() string { return p.Detail }

// problem makes one. It says what the caller may know and nothing else.
func problem(status int, detail string, errs ...events.FieldError) *Problem {
	return &Problem{Status: status, Detail: detail, Errors: errs}
}

// write sends the problem.
func (p *Problem) write(w http.ResponseWriter, r *http.Request) {
	p.Type, p.Title, p.Instance = "about:blank", http.StatusText(p.Status), r.URL.Path
	if s := logging.ScopeOf(r.Context()); s != nil {
		p.RequestID = s.RequestID
	}
	if p.Status == http.StatusServiceUnavailable || p.Status == http.StatusTooManyRequests {
		wait := p.retryAfter
		if wait <= 0 {
			wait = defaultRetryAfter
		}
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	}
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="event-service"`)
	}
	if p.close {
		w.Header().Set("Connection", "close")
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	// A caller that is gone cannot be told anything.
	_ = json.NewEncoder(w).Encode(p)
}

// translate turns an error of the layers below into a problem, and says in the
// log what the caller is not told.
func translate(ctx context.Context, log *slog.Logger, err error) *Problem {
	var (
		p           *Problem
		invalid     *events.Invalid
		unavailable *events.Unavailable
		late        *events.TimedOut
		conflict    *events.Conflict
	)
	switch {
	case errors.As(err, &p):
		return p
	case errors.Is(err, events.ErrNotFound):
		return problem(http.StatusNotFound, "no such event")
	case errors.As(err, &invalid):
		return problem(http.StatusUnprocessableEntity, "the event breaks a rule", invalid.Fields...)
	case errors.Is(err, events.ErrStale):
		return problem(http.StatusPreconditionFailed, err.Error())
	case errors.As(err, &conflict):
		return problem(http.StatusConflict, conflict.Reason)
	case errors.Is(err, events.ErrKeyReused):
		return problem(http.StatusUnprocessableEntity, err.Error(),
			events.FieldError{Field: idempotencyHeader, Message: "came with another request before"})
	case errors.Is(err, context.Canceled):
		// Nobody reads the answer; the status is for the log alone.
		log.DebugContext(ctx, "Caller went away", logging.Error(err))
		return problem(http.StatusServiceUnavailable, "the request was given up")
	case errors.As(err, &unavailable):
		// Runbook: Database Connection Issues: 503 Service Unavailable.
		log.ErrorContext(ctx, logging.Failure(unavailable.Dependency, err), "dependency", unavailable.Dependency, logging.Error(err))
		p := problem(http.StatusServiceUnavailable, unavailable.Dependency+" is unavailable")
		if unavailable.Unknown {
			p.Detail += "; the change may have been made all the same"
		}
		p.retryAfter = unavailable.RetryAfter
		return p
	case errors.As(err, &late):
		// Runbook: High Latency: timeout errors.
		log.ErrorContext(ctx, late.Dependency+" timeout", "dependency", late.Dependency, logging.Error(err))
		// Runbook: High Latency: gateway timeouts (504).
		return problem(http.StatusGatewayTimeout, late.Dependency+" did not answer in time")
	case errors.Is(err, context.DeadlineExceeded):
		log.ErrorContext(ctx, "request timeout", logging.Error(err))
		return problem(http.StatusGatewayTimeout, "the request took too long")
	}
	// Runbook: Event Creation Failures: 500 errors on POST /events.
	log.ErrorContext(ctx, "Request failed", "type", fmt.Sprintf("%T", err), logging.Error(err))
	return problem(http.StatusInternalServerError, "something went wrong on our side")
}
