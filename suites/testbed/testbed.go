package testbed

import (
	"context"
	"errors"
	"fmt"

	"github.com/runproof/runproof/fakes/venue"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/tenants"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// Option changes one thing in a lane.
type Option struct {
	// before changes the lane before the service starts, after once it has, and
	// says what closes what it opened; nil: neither does.
	before func(ctx context.Context, l *lane.Lane) error
	after  func(l *lane.Lane) (closeIt func() error, err error)
}

// With opens the lanes of a testbed, each with the options.
func With(t *lane.Testbed, options ...Option) world.Worlds { return worlds{t, options} }

type worlds struct {
	testbed *lane.Testbed
	options []Option
}

// Open implements world.Worlds.
func (w worlds) Open(ctx context.Context, s scenarios.Scenario, p record.Playing) (world.World, func(context.Context) error, error) {
	opened, shut, err := w.testbed.Open(ctx, s, p)
	if err != nil {
		return nil, nil, err
	}
	l := &changedLane{Lane: opened.(*lane.Lane), options: w.options}
	shutBoth := func(ctx context.Context) error { return errors.Join(l.close(), shut(ctx)) }
	for _, o := range w.options {
		if o.before == nil {
			continue
		}
		if err := o.before(ctx, l.Lane); err != nil {
			return nil, nil, errors.Join(fmt.Errorf("option: %w", err), shutBoth(context.WithoutCancel(ctx)))
		}
	}
	return l, shutBoth, nil
}

// changedLane is a lane with options.
type changedLane struct {
	*lane.Lane
	options []Option
	opened  []func() error
}

// Start implements world.World.
func (l *changedLane) Start(ctx context.Context) error {
	if err := l.Lane.Start(ctx); err != nil {
		return err
	}
	for _, o := range l.options {
		if o.after == nil {
			continue
		}
		closeIt, err := o.after(l.Lane)
		if err != nil {
			return fmt.Errorf("option: %w", err)
		}
		l.opened = append(l.opened, closeIt)
	}
	return nil
}

func (l *changedLane) close() error {
	var errs []error
	for _, closeIt := range l.opened {
		errs = append(errs, closeIt())
	}
	return errors.Join(errs...)
}

// OpenService opens a lane without a scenario and starts the service in it,
// for suites that ask it questions of their own. Close takes both down. A
// [*world.TargetError] attributes to the service that it did not start, on a stack that was
// proven to work; the lane that comes with it is closed.
func OpenService(ctx context.Context, t *lane.Testbed, name string, options ...Option) (l *lane.Lane, closeLane func(context.Context) error, err error) {
	w, closeLane, err := With(t, options...).Open(ctx, scenarios.Scenario{ID: name}, record.Playing{Scenario: name})
	if err != nil {
		return nil, nil, err
	}
	if err := w.Prove(ctx); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("stack: %w", err), closeLane(context.WithoutCancel(ctx)))
	}
	if err := w.Start(ctx); err != nil {
		return w.(*changedLane).Lane, nil, errors.Join(fmt.Errorf("lane %s: %w", name, err), closeLane(context.WithoutCancel(ctx)))
	}
	return w.(*changedLane).Lane, closeLane, nil
}

// NewTenant makes a tenant that nobody has used yet, with one venue, which the
// adapter puts into its bodies.
func NewTenant(l *lane.Lane) string {
	tenant := tenants.NewName()
	AddVenue(l, tenant, tenants.VenueOf(tenant))
	return tenant
}

// AddVenue gives a tenant one venue more.
func AddVenue(l *lane.Lane, tenant, id string) {
	l.Venue.Add(venue.Venue{ID: id, TenantID: tenant, Name: "Hall " + id, Capacity: 5000})
}
