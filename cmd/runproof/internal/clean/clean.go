// Package clean is the subcommand that removes leftovers of crashed runs.
package clean

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/guard"
)

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "clean",
		Short: "Remove leftovers of crashed runs; live runs are untouched",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			removed, err := guard.Clean(cmd.Context())
			for _, line := range removed {
				fmt.Fprintln(cmd.OutOrStdout(), line)
			}
			if err != nil {
				return exit.Undecided("clean: %w", err)
			}
			if len(removed) == 0 {
				fmt.Fprintln(cmd.OutOrStdout(), "nothing to remove")
			}
			return nil
		},
	}
}
