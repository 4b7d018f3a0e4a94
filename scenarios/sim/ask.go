package sim

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
)

// Ask implements world.World: the model knows the commands that its
// scenarios give, and says of any other that it does not.
func (w *World) Ask(ctx context.Context, s scenarios.Step) ([]scenarios.Execution, error) {
	x := scenarios.Execution{Command: s.Command, At: time.Now()}
	switch {
	case strings.Contains(s.Command, "kubectl"):
		x.Unsupported = "no cluster"
	case strings.HasPrefix(s.Command, "psql"):
		return w.psql(x), nil
	case strings.HasPrefix(s.Command, "curl"):
		w.curl(ctx, &x)
	default:
		x.Unsupported = "the model has no " + s.Command
	}
	x.Took = time.Since(x.At)
	return []scenarios.Execution{x}, nil
}

// curl asks one of the health endpoints, and hands the answer to jq where the
// command has one.
func (w *World) curl(ctx context.Context, x *scenarios.Execution) {
	x.Exits = []int{0}
	switch {
	case strings.Contains(x.Command, "venue-service:3002"):
		if f := w.activeFault(); f.On == fault.Venue {
			gone(f, x, 7, 28)
			return
		}
		x.Stdout = `{"status":"UP"}`
	case strings.Contains(x.Command, "/health/ready"):
		_, x.Stdout, _ = w.ready(ctx)
	case strings.Contains(x.Command, "/metrics"):
		x.Stdout = fmt.Sprintf("process_cpu_seconds_total %.2f", x.At.Sub(w.began).Seconds()/10)
	case strings.Contains(x.Command, "/health/live"):
		x.Stdout = w.mutation.live()
	default:
		x.Exit, x.Exits = 3, []int{3}
	}
	if _, filter, piped := strings.Cut(x.Command, "| jq"); piped {
		x.Exits = append(x.Exits, 0)
		x.Stdout = filtered(x.Stdout, strings.Trim(filter, " '."))
	}
}

// activeFault is the fault in force.
func (w *service) activeFault() fault.Fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.fault
}

// gone is what a client shows of a server that refuses, or of a hole.
func gone(f fault.Fault, x *scenarios.Execution, refused, timeout int) {
	x.Exit, x.Stderr = refused, "connection refused"
	if f.Kind == fault.FaultBlackHole {
		x.Exit, x.Stderr = timeout, "timed out"
	}
	x.Exits = []int{x.Exit}
}

func filtered(body, path string) string {
	var value any
	if json.Unmarshal([]byte(body), &value) != nil {
		return ""
	}
	for name := range strings.SplitSeq(path, ".") {
		object, ok := value.(map[string]any)
		if !ok {
			break
		}
		value = object[name]
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}

// psql asks as the service and as the superuser, who sees every row.
func (w *World) psql(x scenarios.Execution) []scenarios.Execution {
	f := w.activeFault()
	list := []scenarios.Execution{x, x}
	list[0].As, list[1].As = "service", "superuser"
	for i := range list {
		x := &list[i]
		x.Exits = []int{0}
		switch {
		case f.On == fault.Postgres && (f.Kind == fault.FaultRefused || f.Kind == fault.FaultBlackHole):
			gone(f, x, 2, 2)
		case strings.Contains(x.Command, "SELECT 1"):
			x.Stdout = "1\n(1 row)"
		case strings.Contains(x.Command, "pg_policies"):
			x.Stdout = "events | tenant_isolation | PERMISSIVE | {public}\n(1 row)"
		case x.As == "superuser" || f.Kind == fault.FaultRLSDisabled:
			x.Stdout = "an event\n(1 row)"
		default:
			x.Stdout = "(0 rows)"
		}
	}
	return list
}
