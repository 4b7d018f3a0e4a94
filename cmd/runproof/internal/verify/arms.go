package verify

import (
	"context"
	"slices"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios"
)

// armed rejects what cannot be played in arms, before anything is played.
func (p plan) armed() error {
	switch {
	case !p.Arms:
		return nil
	case p.Control:
		return exit.Usage("--arms puts remedies on trial, --control plays without any fault: choose one")
	case !slices.ContainsFunc(p.chosen, hasRemedy):
		return exit.Usage("--arms: none of these scenarios has a remedy")
	}
	return nil
}

func hasRemedy(s scenarios.Scenario) bool { return len(s.Remedy) > 0 }

// arms puts the remedies of the chosen scenarios on trial.
func (p plan) arms(ctx context.Context, worlds scenarios.Worlds, o scenarios.Options) []scenarios.RemedyTrial {
	if !p.Arms || ctx.Err() != nil {
		return nil
	}
	return scenarios.RunArms(ctx, p.inOrderOfPlay(), worlds, o)
}
