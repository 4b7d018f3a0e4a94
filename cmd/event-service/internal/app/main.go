// Package app puts the service together and runs it: the commands, the parts
// that everything is made of, start and end.
package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os/signal"
	"syscall"

	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/migrations"
)

// The exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // also a configuration that is missing something
	exitUsage  = 2
)

const usage = `event-service is the reference event-service.

Usage:
  event-service [serve]                  serve HTTP
  event-service migrate [up|down|reset]  bring the schema up to date, take the last migration back, or all of them
  event-service version                  print the version
  event-service help                     print this

Environment (name, default, meaning):
`

// Main runs the command that args name and returns the exit code.
func Main(args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	return Run(Honest(), args, getenv, stdout, stderr)
}

// Run is Main for a service that is made of the given parts.
func Run(parts Parts, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	command := "serve"
	if len(args) > 0 {
		command, args = args[0], args[1:]
	}
	if len(args) > 0 && command != "migrate" {
		return fail(stderr, exitUsage, fmt.Errorf("%s takes no argument, %q was given", command, args[0]))
	}
	switch command {
	case "serve":
		return runServe(parts, getenv, stdout, stderr)
	case "migrate":
		return runMigrate(parts, args, getenv, stdout, stderr)
	case "version", "--version":
		fmt.Fprintln(stdout, config.Service, config.Version)
		return exitOK
	case "help", "--help", "-h":
		fmt.Fprint(stdout, usage)
		if err := config.Describe(stdout); err != nil {
			return fail(stderr, exitFailed, err)
		}
		return exitOK
	default:
		return fail(stderr, exitUsage, fmt.Errorf("unknown command %q: serve, migrate, version or help is meant", command))
	}
}

func runServe(p Parts, getenv func(string) string, stdout, stderr io.Writer) int {
	c, err := p.Config(getenv)
	if err != nil {
		return fail(stderr, exitFailed, err)
	}
	// Runbook: Incident Response Steps: logs on the standard output.
	if err := serve(p, c, p.Logger(stdout, c.LogLevel)); err != nil {
		return fail(stderr, exitFailed, err)
	}
	return exitOK
}

func runMigrate(p Parts, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	to := migrations.Up
	if len(args) > 0 {
		to = migrations.Direction(args[0])
	}
	if len(args) > 1 || (to != migrations.Up && to != migrations.Down && to != migrations.Reset) {
		return fail(stderr, exitUsage, fmt.Errorf("migrate %q: up, down or reset is meant", args))
	}
	url, role, err := config.Migration(getenv)
	if err != nil {
		return fail(stderr, exitFailed, err)
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	if err := p.Migrate(ctx, url, role, to, p.Logger(stdout, slog.LevelInfo)); err != nil {
		return fail(stderr, exitFailed, err)
	}
	return exitOK
}

// fail says in one line what went wrong.
func fail(stderr io.Writer, code int, err error) int {
	fmt.Fprintf(stderr, "%s: %s\n", config.Service, err)
	return code
}
