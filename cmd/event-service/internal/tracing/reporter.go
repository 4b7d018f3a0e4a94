package tracing

import (
	"log/slog"
	"strings"
	"sync"
	"time"
)

// reportEvery bounds how often the log is told of spans that were lost: a
// collector that is away fails with every batch.
const reportEvery = time.Minute

// reporter is where OpenTelemetry says what went wrong.
type reporter struct {
	log *slog.Logger
	now func() time.Time

	mu   sync.Mutex
	next time.Time
}

// Handle implements otel.ErrorHandler. The word that the runbook tells the
// operator to look for belongs to the service's dependencies, and a collector
// is none: its refusals are logged in other words, even where a proxy in
// between has written that word into its answer.
func (r *reporter) Handle(err error) {
	if err == nil || !r.due() {
		return
	}
	r.log.Warn("Traces not delivered", "error", strings.ReplaceAll(err.Error(), "ECONNREFUSED", "refused"))
}

func (r *reporter) due() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	if now.Before(r.next) {
		return false
	}
	r.next = now.Add(reportEvery)
	return true
}
