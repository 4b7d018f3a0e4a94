package sim

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios/fault"
)

// ready is the readiness answer, field by field.
func (w *service) ready(ctx context.Context) (int, string, map[string]string) {
	status, up, database := 200, "UP", "UP"
	w.mu.Lock()
	f, wounded := w.fault, w.wounded
	w.mu.Unlock()
	if w.mutation == CuredByRestart && !wounded {
		f = fault.Fault{}
	}
	down := f.On == fault.Postgres && f.Kind == fault.FaultRefused
	if f.Kind == fault.FaultLatency {
		wait(ctx, min(f.Delay, healthTimeout))
		down = f.Delay > healthTimeout
	}
	if down && f.Kind == fault.FaultRefused {
		w.write("database unavailable: ECONNREFUSED")
	}
	if (down || wounded && (w.mutation == NeverReconnects || w.mutation == Stalled || w.mutation == StalledOnce)) && w.mutation != ReadyLies {
		status, up, database = 503, "DOWN", "DOWN"
	}
	circuit := w.circuit()
	if w.mutation == BreakerHidden {
		circuit = "unknown"
	}
	body := fmt.Sprintf(`{"status":%q,"service":"event-service","version":"1.0.0","timestamp":%q,`+
		`"checks":{"database":%q,"redis":"UP","memory":"OK","diskSpace":"OK","dependencies":{"venue-service":{"circuit":%q}}}}`,
		up, w.mutation.timestamp(), database, circuit)
	return status, w.mutation.ready(body), nil
}

// timestamp is the answer's own time, in UTC to the millisecond.
func (s Mutation) timestamp() string {
	switch now := time.Now(); s {
	case StandingTimestamp:
		return "2024-12-31T12:00:00.000Z" // as the runbook prints it
	case LocalTimestamp:
		return now.Format("2006-01-02T15:04:05-07:00")
	default:
		return now.UTC().Format("2006-01-02T15:04:05.000Z")
	}
}

func (s Mutation) live() string {
	if s == LiveWithoutStatus {
		return `{}`
	}
	return `{"status":"UP"}`
}

// ready mutates one field of the readiness answer.
func (s Mutation) ready(body string) string {
	for mutation, change := range readyChanges {
		if s == mutation {
			return strings.Replace(body, change[0], change[1], 1)
		}
	}
	return body
}
