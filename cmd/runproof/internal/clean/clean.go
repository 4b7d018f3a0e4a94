// Package clean is the subcommand that removes leftovers of crashed runs.
package clean

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/guard"
)

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "clean",
		Short: "Remove leftovers of crashed runs; live runs are untouched",
		Long: "Remove what runs that crashed or were killed have left: processes, containers, databases, directories. " +
			"Only what this user's own runs have noted down is touched; live runs are not.",
		Example: "  runproof clean\n  runproof clean --output json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if output != "text" && output != "json" {
				return exit.Usage("--output %q is not one of text, json", output)
			}
			removed, err := guard.Clean(cmd.Context())
			if told := tell(cmd.OutOrStdout(), output, removed); told != nil && err == nil {
				err = told
			}
			if err != nil {
				return exit.Undecided("clean: %w", err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&output, "output", "text", "output `format`: text or json")
	return cmd
}

// tell says what was removed.
func tell(out io.Writer, output string, removed []string) error {
	if output == "json" {
		text, err := json.MarshalIndent(append([]string{}, removed...), "", "  ")
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%s\n", text)
		return err
	}
	for _, line := range removed {
		fmt.Fprintln(out, line)
	}
	if len(removed) == 0 {
		fmt.Fprintln(out, "nothing to remove")
	}
	return nil
}
