package verify

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/preflight"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/world"
)

// watched ends ctx when a server of the stack does, or when the harness runs out
// of file descriptors: nothing that is seen of the service after that is its
// own doing.
func watched(ctx context.Context, s stack.Stack) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancelCause(ctx)
	for _, wait := range []func(context.Context) error{s.Ended, preflight.Exhausted} {
		go func() {
			if err := wait(ctx); err != nil {
				end(&world.EndedError{What: err.Error(), At: time.Now()})
			}
		}()
	}
	return ctx, func() { end(nil) }
}

// ended says why a run was not played to its end; nil for one that was.
func (p plan) ended(ctx context.Context, reached []judge.Result) error {
	what := "interrupted"
	if ctx.Err() == nil {
		if !p.FailFast || len(reached) == len(p.chosen) {
			return nil
		}
		what = "--fail-fast"
	}
	var ended *world.EndedError
	switch cause := context.Cause(ctx); {
	case errors.As(cause, &ended):
		what = "stack: " + ended.What
	case errors.Is(cause, context.DeadlineExceeded):
		what = fmt.Sprintf("--budget %s exceeded", p.Budget)
	}
	return fmt.Errorf("%s; %d of %d scenarios finished", what, len(reached), len(p.chosen))
}

const (
	// lineLimit bounds the line that a run ends with, in bytes: what a terminal and
	// an annotation of CI show at once.
	lineLimit = 280
	// tailKept is how much of its end is kept, where it says what to do about it.
	tailKept = 96
	// errorFile, in the bundle, has the whole of one that is longer.
	errorFile = "error.txt"
)

// shortened is an error as a line of bounded length, its middle left out. What it
// was joined from, and the rest, is in the bundle.
func shortened(err error, kept *bundle.Bundle) error {
	line := exit.Line(err)
	if len(line) <= lineLimit {
		return err
	}
	where := "; full text: " + filepath.Join(kept.Dir(), errorFile)
	if writeErr := kept.WriteText(errorFile, []byte(err.Error()+"\n")); writeErr != nil || len(where) > lineLimit/2 {
		where = ""
	}
	const gap = "..."
	head, tail := line[:lineLimit-len(gap)-tailKept-len(where)], line[len(line)-tailKept:]
	return errors.New(strings.ToValidUTF8(head+gap+tail, "") + where)
}
