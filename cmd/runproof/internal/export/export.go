// Package export is the subcommand that writes our own scenarios and claims as the files
// that verify reads.
package export

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/files"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/file"
)

// The files that are written.
const (
	scenariosFile = "scenarios.yaml"
	claimsFile    = "claims.yaml"
)

// Options are the flags of export.
type Options struct {
	Names []string
	Out   string
}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "export [SCENARIO...]",
		Short: "Write the built-in scenarios and claims as YAML files",
		Long: "Write the built-in scenarios, the claims and the runbook that makes them as files: " + scenariosFile + ", " +
			claimsFile + " and " + filepath.Base(runbook.EditionPath) + ". They are examples for a runbook of your own, and verify " +
			"plays them as it plays the built-in ones. With names: those scenarios, and the claims that they are about.",
		Example: "  runproof export --out examples\n  runproof export database-refused venue-down",
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Names = args
			return run(o, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&o.Out, "out", ".", "`directory` to write to; the files must not exist")
	return cmd
}

func run(o Options, out io.Writer) error {
	set := runbook.Embedded()
	var err error
	if set.Scenarios, err = choose.Scenarios(set.Scenarios, choose.Filter{Names: o.Names}); err != nil {
		return err
	}
	if len(o.Names) > 0 {
		set.Claims = slices.DeleteFunc(set.Claims, func(c binding.Claim) bool { return !about(set.Scenarios, c.ID) })
	}
	list, err := file.WriteScenarios(set.Scenarios, file.Notes{})
	if err != nil {
		return exit.Undecided("%w", err)
	}
	claims, err := file.WriteClaims(set.Content, file.Notes{})
	if err != nil {
		return exit.Undecided("%w", err)
	}
	if err := os.MkdirAll(o.Out, 0o755); err != nil {
		return exit.Usage("%w", err)
	}
	for _, f := range []struct {
		name string
		text []byte
		what string
	}{
		{scenariosFile, list, fmt.Sprintf("%d scenarios", len(set.Scenarios))},
		{claimsFile, claims, fmt.Sprintf("%d claims", len(set.Claims))},
		{filepath.Base(runbook.EditionPath), runbook.Edition(), "the runbook that makes them"},
	} {
		path := filepath.Join(o.Out, f.name)
		if err := files.Create(path, f.text); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %s\n", path, f.what)
	}
	return nil
}

// about reports whether one of the scenarios names a claim.
func about(list []scenarios.Scenario, claim string) bool {
	return slices.ContainsFunc(list, func(s scenarios.Scenario) bool {
		return slices.Contains(ledger.UnknownClaims([]scenarios.Scenario{s}, nil), claim) ||
			slices.ContainsFunc(s.Remedy, func(r scenarios.Remedy) bool { return r.Claim == claim })
	})
}
