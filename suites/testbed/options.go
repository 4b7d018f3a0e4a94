package testbed

import (
	"context"

	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/postgres"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/fixtures/toxiproxy"
	"github.com/runproof/runproof/scenarios/fault"
)

// InjectElsewhere injects every fault on proxies that nobody uses, as a harness
// with a mistake in its wiring does.
func InjectElsewhere() Option {
	return Option{before: func(ctx context.Context, l *lane.Lane) error {
		l.Links.Injected = map[fault.Dependency]*toxiproxy.Proxy{}
		for on, link := range l.Links.Proxies {
			decoy, err := l.Links.Toxiproxy.Proxy(ctx, string(on)+"-decoy", link.Upstream())
			if err != nil {
				return err
			}
			l.Links.Injected[on] = decoy
		}
		return nil
	}}
}

// PastTheProxy lets the service reach the database directly, so that it would
// never meet a fault.
func PastTheProxy() Option {
	return Option{before: func(_ context.Context, l *lane.Lane) error {
		for _, variable := range l.Adapter.Profile.Variables("database.url") {
			l.Service.Options.Env[variable] = l.DSN(postgres.Service)
		}
		return nil
	}}
}

// WithoutProxy ends the lane's toxiproxy before anything uses it.
func WithoutProxy() Option {
	return Option{before: func(_ context.Context, l *lane.Lane) error { return l.Links.Toxiproxy.Kill() }}
}

// Environment changes a variable of the service's environment.
func Environment(name, value string) Option {
	return Option{before: func(_ context.Context, l *lane.Lane) error {
		l.Service.Options.Env[name] = value
		return nil
	}}
}

// Arguments adds to the service's command line, such as the name of a defect.
func Arguments(args ...string) Option {
	return Option{before: func(_ context.Context, l *lane.Lane) error {
		l.Service.Options.Args = append(l.Service.Options.Args, args...)
		return nil
	}}
}

// Program puts another program in the service's place, with its arguments.
func Program(binary target.Binary, args ...string) Option {
	return Option{before: func(_ context.Context, l *lane.Lane) error {
		l.Service.Options.Binary, l.Service.Options.Args = binary, args
		return nil
	}}
}

// Migrated migrates the lane's database once more, with arguments, such as the
// name of a defect that lies in the migrations.
func Migrated(args ...string) Option {
	return Option{before: func(ctx context.Context, l *lane.Lane) error {
		return target.Migrate(ctx, l.Service.Options.Binary, l.Service.Options.Profile, l.DSN(postgres.Owner), l.DSN(postgres.Service), args...)
	}}
}
