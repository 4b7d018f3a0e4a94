package world

import (
	"context"

	"github.com/runproof/runproof/scenarios"
)

// Worlds opens a world for each scenario.
type Worlds interface {
	// Open returns a world of the scenario's own and what closes it again;
	// closing reports what could not be removed. [*UnsupportedError] says what
	// this machine lacks. With alone, no other world is open beside it, of
	// whatever process.
	Open(ctx context.Context, s scenarios.Scenario, alone bool) (w World, shut func(context.Context) error, err error)
}
