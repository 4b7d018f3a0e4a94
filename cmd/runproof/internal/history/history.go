// Package history is the subcommand that shows trends over many bundles.
package history

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/files"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/reports/history"
	"github.com/runproof/runproof/scenarios/ledger"
)

// Options are the flags of history.
type Options struct {
	Dirs []string
	// Out is the directory that gets the files; empty: none.
	Out    string
	Output string
}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "history DIR...",
		Short: "Show trends over many bundles: verdicts, flaky scenarios, times",
		Long: "Show how verdicts, flaky scenarios and times went over many runs, and since which build something\n" +
			"is slower. A DIR is a bundle, or a directory that has bundles in it.",
		Example: "  runproof history ./runproof-out --out ./history\n  runproof history ./runproof-out --output json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return exit.Usage("a directory is needed: a bundle, or one that has bundles in it")
			}
			o.Dirs = args
			return run(o, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&o.Out, "out", "", "write "+reports.HistoryHTMLFile+" and "+reports.HistoryJSONFile+" to this directory")
	cmd.Flags().StringVar(&o.Output, "output", "text", "output format: text or json")
	return cmd
}

func run(o Options, out io.Writer) error {
	if o.Output != "text" && o.Output != "json" {
		return exit.Usage("--output %q is not one of text, json", o.Output)
	}
	var results []ledger.RunResult
	for _, dir := range o.Dirs {
		found, err := bundles(dir)
		if err != nil {
			return exit.Usage("%w", err)
		}
		for _, path := range found {
			kept, err := bundle.Open(path)
			if err != nil {
				return exit.Usage("%w", err)
			}
			results = append(results, kept.Result())
			if err := kept.Close(); err != nil {
				return exit.Undecided("%w", err)
			}
		}
	}
	h := history.Of(results)
	list, err := reports.History(h)
	if err != nil {
		return exit.Undecided("%w", err)
	}
	if err := files.Write(o.Out, list); err != nil {
		return err
	}
	text := []byte(reports.HistoryText(h))
	if o.Output == "json" {
		text = files.Named(list, reports.HistoryJSONFile)
	}
	if _, err := out.Write(text); err != nil {
		return exit.Undecided("output: %w", err)
	}
	return nil
}

// bundles are the directory itself, if it is one, or those in it. Of a run that was
// killed there is no result, and it is passed over.
func bundles(dir string) ([]string, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, reports.ResultFile)); err == nil || !info.IsDir() {
		return []string{dir}, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		if _, err := os.Stat(filepath.Join(path, reports.ResultFile)); err == nil {
			found = append(found, path)
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s: no bundle is in it", dir)
	}
	return found, nil
}
