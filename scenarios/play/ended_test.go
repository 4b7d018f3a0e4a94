package play

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// someWorlds open nothing: each says why, and the one of a name ends the run.
type someWorlds struct {
	ends string
	end  context.CancelCauseFunc
}

func (w someWorlds) Open(ctx context.Context, s scenarios.Scenario, _ record.Playing) (world.World, func(context.Context) error, error) {
	if s.ID == w.ends {
		w.end(&world.EndedError{What: "postgres has ended", At: time.Now()})
		return nil, nil, context.Cause(ctx)
	}
	return nil, nil, &world.UnsupportedError{Reason: "nothing is here"}
}

// TestTheEndOfTheStackEndsTheRun: 65 scenarios were said to be broken, one after
// the other. By hand: without the break in Run all six are there.
func TestTheEndOfTheStackEndsTheRun(t *testing.T) {
	ctx, end := context.WithCancelCause(t.Context())
	var told []string
	results := Run(ctx, []scenarios.Scenario{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}, {ID: "e"}, {ID: "f"}}, someWorlds{"c", end},
		Options{Jobs: 1, Done: func(_ record.Playing, r judge.Result) { told = append(told, r.Scenario) }})
	if len(results) != 2 || results[0].Scenario != "a" || results[1].Scenario != "b" || len(told) != 2 {
		t.Errorf("results %v, told %v; want those of a and b, reached before the end", results, told)
	}
	var ended *world.EndedError
	if !errors.As(context.Cause(ctx), &ended) {
		t.Errorf("cause %v", context.Cause(ctx))
	}
}
