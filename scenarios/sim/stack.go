package sim

import (
	"context"
	"errors"
	"time"

	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// Prove implements world.World.
func (w *World) Prove(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.mutation == StackDead || w.mutation == StackDiesLater && w.wounded {
		return errors.New("postgres: connection refused")
	}
	return nil
}

// Stalls implements world.World.
func (w *World) Stalls(since time.Time) []record.Stall {
	var list []record.Stall
	switch w.mutation {
	case Stalled: // all the time
		list = append(list, record.Stall{What: "a timer", At: time.Now(), Took: time.Since(since)})
	case StalledOnce: // and long before anything failed
		list = append(list, record.Stall{What: "a timer", At: since.Add(2 * time.Second), Took: 2 * time.Second})
	}
	return list
}

// Start implements world.World.
func (w *World) Start(context.Context) error {
	switch w.mutation {
	case NeverStarts:
		return &world.TargetError{Err: errors.New("exited with code 1")}
	case CannotExec:
		return errors.New("no such file")
	}
	return nil
}
