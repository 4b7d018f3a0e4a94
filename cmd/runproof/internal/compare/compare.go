// Package compare is the subcommand that compares two bundles.
package compare

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/accept"
	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/files"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/reports/compare"
)

// Options are the flags of compare.
type Options struct {
	Baseline, Candidate string
	// Out is the directory that gets the files; empty: none.
	Out    string
	Accept string
	Output string
}

// outputs are the forms in which the comparison is printed, each by the file that
// has it.
var outputs = map[string]string{"text": "", "markdown": reports.ComparisonMarkdownFile, "json": reports.ComparisonJSONFile}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "compare BASELINE CANDIDATE",
		Short: "Compare two bundles: verdicts, claims, findings, times",
		Long: "Compare the bundle of a candidate with that of a baseline. The first line says whether to release.\n\n" +
			"Exit codes: 0 no regression, 1 a regression, 2 usage error, 3 undecided (a scenario was flaky, broken\n" +
			"or not played) or not comparable (another runbook, another version of runproof).",
		Example: "  runproof compare ./baseline/20260301T073000Z-7f3a ./candidate/20260302T073000Z-11c0 --out ./comparison\n" +
			"  runproof compare ./baseline ./candidate --output json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return exit.Usage("two bundles are needed, the baseline and the candidate; %d are given", len(args))
			}
			o.Baseline, o.Candidate = args[0], args[1]
			return run(o, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&o.Out, "out", "", "write "+strings.Join([]string{reports.ComparisonHTMLFile, reports.ComparisonMarkdownFile, reports.ComparisonJSONFile}, ", ")+" to this directory")
	cmd.Flags().StringVar(&o.Accept, "accept", "", "YAML file of known deviations that are accepted, each with a reason and an end date")
	cmd.Flags().StringVar(&o.Output, "output", "text", "output format: text, markdown or json")
	return cmd
}

func run(o Options, out io.Writer) error {
	file, known := outputs[o.Output]
	if !known {
		return exit.Usage("--output %q is not one of text, markdown, json", o.Output)
	}
	accepted, err := accept.Read(o.Accept)
	if err != nil {
		return err
	}
	var runs [2]reports.Run
	for i, path := range []string{o.Baseline, o.Candidate} {
		kept, err := bundle.Open(path)
		if err != nil {
			return exit.Usage("%w", err)
		}
		defer kept.Close() //nolint:errcheck // it was only read
		if runs[i], err = kept.Run(kept.Result()); err != nil {
			return exit.Usage("%w", err)
		}
	}
	if o.Accept != "" {
		runs[1].Result.Accepted = accepted
	}
	c := compare.Runs(runs[0].Result, runs[1].Result)
	list, err := reports.Comparison(c, runs[0], runs[1])
	if err != nil {
		return exit.Undecided("%w", err)
	}
	if err := files.Write(o.Out, list); err != nil {
		return err
	}
	text := []byte(reports.ComparisonText(c))
	if file != "" {
		text = files.Named(list, file)
	}
	if _, err := out.Write(text); err != nil {
		return exit.Undecided("output: %w", err)
	}
	return exit.With(c.Exit)
}
