// Package clean is the subcommand that removes what dead runs left behind.
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
		Short: "Remove what runs that died have left behind; live runs are left alone",
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
