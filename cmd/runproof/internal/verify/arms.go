package verify

import (
	"context"
	"slices"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/world"
)

// armed rejects what cannot be played in arms, before anything is played.
func (p plan) armed() error {
	switch {
	case !p.Arms:
		return nil
	case p.Control:
		return exit.Usage("--arms and --control cannot be combined: --control injects no fault")
	case !slices.ContainsFunc(p.chosen, hasRemedy):
		return exit.Usage("--arms: none of these scenarios has a remedy")
	}
	return nil
}

func hasRemedy(s scenarios.Scenario) bool { return len(s.Remedy) > 0 }

// arms puts the remedies of the chosen scenarios on trial.
func (p plan) arms(ctx context.Context, worlds world.Worlds, o play.Options) []judge.RemedyTrial {
	if !p.Arms || ctx.Err() != nil {
		return nil
	}
	return play.RunArms(ctx, p.inOrderOfPlay(), worlds, o)
}
