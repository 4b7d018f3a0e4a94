// Package migrations brings the schema event_service up to date, and down
// again. The statements are files of this package, embedded in the binary.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed sql/*.sql
var files embed.FS

// roleSetting hands the name of the service's role to the statements.
const roleSetting = "event_service.role"

// versions is goose's own table, kept beside what it counts.
const versions = "event_service.goose_db_version"

// Direction is where to migrate.
type Direction string

// Up applies everything, Down takes the last migration back, Reset all of it.
const (
	Up    Direction = "up"
	Down  Direction = "down"
	Reset Direction = "reset"
)

// Run migrates the database at url, which is the schema owner's, for a service
// that runs as role. Two of them at once wait for each other.
func Run(ctx context.Context, url, role string, to Direction, log *slog.Logger) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return errors.New("migrate: not a PostgreSQL connection string")
	}
	config.RuntimeParams[roleSetting] = role
	db := stdlib.OpenDB(*config)
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS event_service"); err != nil {
		return fmt.Errorf("migrate: schema event_service: %w", err)
	}
	provider, err := newProvider(db)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	results, err := apply(ctx, provider, to)
	for _, r := range results {
		log.InfoContext(ctx, "Migration applied", "file", r.Source.Path, "direction", r.Direction, "duration_ms", r.Duration.Milliseconds())
	}
	if err != nil {
		return fmt.Errorf("migrate %s: %w", to, err)
	}
	version, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("migrate %s: version: %w", to, err)
	}
	log.InfoContext(ctx, "Schema is up to date", "version", version, "role", role)
	return nil
}

func newProvider(db *sql.DB) (*goose.Provider, error) {
	directory, err := fs.Sub(files, "sql")
	if err != nil {
		return nil, err
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db, directory,
		goose.WithTableName(versions), goose.WithSessionLocker(locker))
}

func apply(ctx context.Context, p *goose.Provider, to Direction) ([]*goose.MigrationResult, error) {
	// Runbook: Rollback Deployment: the schema can be taken back.
	switch to {
	case Up:
		return p.Up(ctx)
	case Reset:
		return p.DownTo(ctx, 0)
	case Down:
		r, err := p.Down(ctx)
		if errors.Is(err, goose.ErrNoNextVersion) {
			return nil, errors.New("nothing is left to take back")
		}
		if r == nil {
			return nil, err
		}
		return []*goose.MigrationResult{r}, err
	default:
		return nil, fmt.Errorf("%q is none of up, down, reset", to)
	}
}
