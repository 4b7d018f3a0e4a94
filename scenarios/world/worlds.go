package world

import (
	"context"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// Worlds opens a world for each scenario.
type Worlds interface {
	// Open returns a world of the scenario's own and what closes it again;
	// closing reports what could not be removed. [*UnsupportedError] says what
	// this machine lacks.
	Open(ctx context.Context, s scenarios.Scenario, p record.Playing) (w World, shut func(context.Context) error, err error)
}
