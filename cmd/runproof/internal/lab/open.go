package lab

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lab"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/scenarios"
)

// closeDeadline bounds the healing of everything and the taking down.
const closeDeadline = 2 * time.Minute

// Opened is a lab with its own stack.
type Opened struct {
	*lab.Lab

	// ID is the run's, Dir its directory, which is gone with it.
	ID, Dir string
	// Target is the digest of the service's binary.
	Target string
}

// Open opens a lab in which the faults of the scenarios can be injected; what for
// is part of its id. Closing heals what is in force and removes everything.
func Open(ctx context.Context, what, stack string, chosen choose.TargetFlags, list []scenarios.Scenario, say func(string)) (o *Opened, closeAll func() error, err error) {
	if !slices.Contains(fixtures.Kinds(), stack) {
		return nil, nil, exit.Usage("--stack %s is none of %s", stack, strings.Join(fixtures.Kinds(), ", "))
	}
	under, err := chosen.Under()
	if err != nil {
		return nil, nil, err
	}
	o = &Opened{ID: fmt.Sprintf("%s-%s-%04x", what, time.Now().UTC().Format("20060102T150405Z"), rand.Uint32N(1<<16))}
	var steps []func() error
	shut := func() error {
		var errs []error
		for _, step := range slices.Backward(steps) {
			errs = append(errs, step())
		}
		return errors.Join(errs...)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, shut())
		}
	}()
	later := func(what string, end func(context.Context) error) {
		steps = append(steps, func() error {
			closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeDeadline)
			defer cancel()
			if left := end(closing); left != nil {
				return exit.Undecided("clean-up of the %s: %w", what, left)
			}
			return nil
		})
	}
	g, err := guard.Start(ctx, o.ID)
	if err != nil {
		return nil, nil, exit.Undecided("guard: %w", err)
	}
	later("guard", g.Close)
	o.Dir = g.Dir()
	shared, err := fixtures.Open(ctx, stack, g, say)
	if err != nil {
		return nil, nil, exit.Undecided("stack: %w", err)
	}
	later("stack", shared.Close)
	binary, err := under.Find(ctx)
	if err != nil {
		return nil, nil, exit.Undecided("target: %w", err)
	}
	o.Target = binary.SHA256
	testbed, err := lane.NewTestbed(ctx, g, shared, binary, under.Profile)
	if err != nil {
		return nil, nil, exit.Undecided("%w", err)
	}
	opened, closeLab, err := lab.Open(ctx, testbed, list)
	if err != nil {
		return nil, nil, exit.Undecided("lab: %w", err)
	}
	later("lab", closeLab)
	o.Lab = opened
	return o, shut, nil
}
