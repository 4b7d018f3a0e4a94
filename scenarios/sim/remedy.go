package sim

import (
	"context"
	"errors"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// restartTakes is how long the model's service needs to end and to start.
const restartTakes = time.Second

// Do implements world.World.
func (w *World) Do(ctx context.Context, r scenarios.Remedy) ([]scenarios.Execution, error) {
	if r.Kind == scenarios.RemedyCommand {
		return []scenarios.Execution{{Command: r.Command, Stdout: "0\n"}}, nil
	}
	if r.Kind != scenarios.RemedyRestart {
		return nil, nil // idle: it changes nothing in the model
	}
	switch w.mutation {
	case RestartRefused:
		return nil, errors.New("no such deployment")
	case DiesOnRestart:
		w.mu.Lock()
		defer w.mu.Unlock()
		w.dead = true
		return nil, nil
	}
	wait(ctx, restartTakes)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.mutation == StackDiesLater {
		return nil, nil // a new process finds the same dead database
	}
	// A new process dials anew, and knows of no failure.
	w.restarted = true
	w.wounded, w.failures, w.openedAt = false, 0, time.Time{}
	return nil, nil
}

func (w *service) wasRestarted() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.restarted
}
