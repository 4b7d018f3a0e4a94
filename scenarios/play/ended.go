package play

import (
	"context"
	"errors"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// endWith ends ctx, with its cause, when the world does.
func endWith(ctx context.Context, w world.World) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancelCause(ctx)
	if m, ok := w.(world.Mortal); ok {
		go func() {
			if err := m.Ended(ctx); err != nil {
				end(err)
			}
		}()
	}
	return ctx, func() { end(nil) }
}

// interrupted records why a playing could not go on to its end.
func (p *reporter) interrupted(ctx context.Context) {
	var ended *world.EndedError
	if errors.As(context.Cause(ctx), &ended) {
		p.record(record.Event{At: ended.At, Kind: record.EventEnded, Err: ended.What})
		return
	}
	p.broken(errors.New("interrupted"))
}

// interruptedResult reports whether a result is of a playing that the end of the whole run
// cut short: it says nothing, unless it had failed by then.
func interruptedResult(ctx context.Context, r judge.Result) bool {
	return ctx.Err() != nil && r.Verdict == judge.Broken
}
