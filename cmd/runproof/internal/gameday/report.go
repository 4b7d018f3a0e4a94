package gameday

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/gameday"
)

func newReportCmd() *cobra.Command {
	var key string
	cmd := &cobra.Command{
		Use:   "report DIR",
		Short: "Write the reports of a game again, or of one that was killed",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := openFolder(args[0])
			if err != nil {
				return err
			}
			r, err := f.load(key)
			if err != nil {
				return err
			}
			if err := f.save(r); err != nil {
				return err
			}
			return finish(f, r, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&key, "key", "", "the facilitator's key, for a game that was killed: the last part of the facilitator's address")
	return cmd
}

func newCheckCmd() *cobra.Command {
	var published string
	cmd := &cobra.Command{
		Use:   "check DIR",
		Short: "Prove that a game was played as it was drawn and published",
		Long: "Exit codes: 0 nothing was changed, 1 something was, 2 usage error. Give the hash that you noted down\n" +
			"with --hash: the one in the directory could have been changed with the rest.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := openFolder(args[0])
			if err != nil {
				return err
			}
			r, err := f.load("")
			if err != nil {
				return err
			}
			if published == "" {
				published = f.plan.Published
			}
			if err := r.Check(published); err != nil {
				return &exit.Error{Code: changed, Err: err}
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s was played as drawn: hash %s, seed %d\n", r.ID, published, r.Sealed.Draw.Seed)
			return nil
		},
	}
	cmd.Flags().StringVar(&published, "hash", "", "the hash that was published (default: the one in the directory)")
	return cmd
}

// changed is the exit code of a game that was not played as drawn.
const changed = 1

// finish writes the reports of a game and prints the score.
func finish(f *folder, r gameday.Record, out io.Writer) error {
	earlier, err := home{filepath.Dir(f.dir)}.records()
	if err != nil {
		return err
	}
	game := reports.NewGame(r, earlier)
	for _, format := range reports.GameFormats() {
		text, err := format.Render(game)
		if err != nil {
			return exit.Undecided("%s: %w", format.Name, err)
		}
		if err := os.WriteFile(filepath.Join(f.dir, format.Name), text, 0o600); err != nil {
			return exit.Undecided("report: %w", err)
		}
	}
	fmt.Fprint(out, reports.GameText(game))
	fmt.Fprintf(out, "report  %s\n", filepath.Join(f.dir, "gameday.html"))
	if r.Outcome == gameday.Aborted {
		return exit.Undecided("%w", errors.New("the game was aborted: "+r.Reason))
	}
	return nil
}
