package verify

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// TestTheLastLineIsBounded: it had 2,500 characters once.
func TestTheLastLineIsBounded(t *testing.T) {
	kept, err := bundle.Create(t.TempDir(), "run", nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := kept.Dir()
	long := errors.Join(errors.New("first"), errors.New(strings.Repeat("long and longer ", 100)))
	line := exit.Line(shortened(long, kept))
	if len(line) > lineLimit || !strings.HasPrefix(line, "first; long") || !strings.Contains(line, filepath.Join(dir, errorFile)) {
		t.Errorf("%d bytes: %s", len(line), line)
	}
	if text, err := os.ReadFile(filepath.Join(dir, errorFile)); err != nil || string(text) != long.Error()+"\n" {
		t.Errorf("the whole of it is not kept: %v", err)
	}
	short := errors.New("short")
	if got := shortened(short, kept); !errors.Is(got, short) {
		t.Errorf("%v", got)
	}
}

// aliveStack has servers that stay.
type aliveStack struct{ stack.Stack }

func (aliveStack) Ended(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

// deadStack has a server that ends at once.
type deadStack struct{ aliveStack }

func (deadStack) Ended(context.Context) error { return errors.New("postgres has ended") }

func TestWhyARunWasNotPlayedToItsEnd(t *testing.T) {
	p := plan{Options: Options{Budget: time.Nanosecond}, chosen: make([]scenarios.Scenario, 3)}
	dead, stop := watched(t.Context(), deadStack{})
	defer stop()
	<-dead.Done()
	budget, stopBudget := p.withBudget(t.Context())
	defer stopBudget()
	<-budget.Done()
	interrupted, interrupt := context.WithCancel(t.Context())
	interrupt()
	alive, stopAlive := watched(t.Context(), aliveStack{})
	defer stopAlive()
	for want, ctx := range map[string]context.Context{
		"stack: postgres has ended; 1 of 3 scenarios finished": dead,
		"--budget 1ns exceeded; 1 of 3 scenarios finished":     budget,
		"interrupted; 1 of 3 scenarios finished":               interrupted,
		"":                                                     alive,
	} {
		got := ""
		if err := p.ended(ctx, make([]judge.Result, 1)); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	p.FailFast = true
	if err := p.ended(alive, make([]judge.Result, 3)); err != nil {
		t.Errorf("all were played: %v", err)
	}
	if err := p.ended(alive, make([]judge.Result, 2)); err == nil || err.Error() != "--fail-fast; 2 of 3 scenarios finished" {
		t.Errorf("one is missing: %v", err)
	}
}
