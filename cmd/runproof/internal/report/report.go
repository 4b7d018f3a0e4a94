// Package report is the subcommand that makes the reports of a run again, from its
// bundle and by the rules of now.
package report

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/rejudge"
	"github.com/runproof/runproof/reports"
)

// Options are the flags of report.
type Options struct {
	Formats    []string
	Out        string
	AsRecorded bool
	// Merge makes one bundle of those of the shards of a run.
	Merge bool
}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "report BUNDLE...",
		Short: "Make the reports of a run again, judged by today's rules",
		Long: "Make the reports of a run again from its bundle. What was recorded is judged by today's rules; the\n" +
			"error output lists what comes out differently, and what cannot be judged again and is reported as recorded.\n\n" +
			"With --merge one bundle is made of those of the shards of a run (verify --shards), below --out or in the\n" +
			"user's cache directory, and judged as a whole. A shard that is missing leaves its scenarios Broken.\n\n" +
			"The exit code is that of the run as judged now.",
		Example: "  runproof report ./runproof-out/20260301T073000Z-7f3a\n" +
			"  runproof report BUNDLE --format annotations\n" +
			"  runproof report BUNDLE --format html,sarif --out ./reports\n" +
			"  runproof report --merge shard-1/* shard-2/* --out ./runproof-out",
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Merge {
				return merge(o, args, cmd.OutOrStdout(), cmd.ErrOrStderr())
			}
			if len(args) != 1 {
				return exit.Usage("report requires one BUNDLE: the directory of a run")
			}
			return run(o, args[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringSliceVar(&o.Formats, "format", nil, "reports to make: "+strings.Join(names(), ", ")+" (default: all with --out, a table without)")
	cmd.Flags().StringVar(&o.Out, "out", "", "write them to this directory; without it, print the one that is asked for")
	cmd.Flags().BoolVar(&o.AsRecorded, "as-recorded", false, "report the verdicts as they were when the run was made")
	cmd.Flags().BoolVar(&o.Merge, "merge", false, "make one bundle of those of the shards of a run")
	return cmd
}

// memoryLimit is from how many bytes on memory is collected as often as it takes: a million
// events of 500 scenarios then take 240 MB at the peak, and 330 without.
const memoryLimit = 200 << 20

// all are the reports that can be made.
func all() []reports.Format { return slices.Concat(reports.All(), reports.OnDemand()) }

func names() []string {
	var list []string
	for _, f := range all() {
		if !slices.Contains(list, f.Flag) {
			list = append(list, f.Flag)
		}
	}
	return list
}

func run(o Options, path string, out, errOut io.Writer) error {
	formats, err := o.chosen()
	if err != nil {
		return err
	}
	debug.SetMemoryLimit(memoryLimit)
	b, err := bundle.Open(path)
	if err != nil {
		return exit.Usage("%w", err)
	}
	defer b.Close() //nolint:errcheck // it was only read
	result := b.Result()
	if !o.AsRecorded {
		var carried []string
		result, carried = rejudge.Run(b)
		for _, line := range slices.Concat(carried, rejudge.Differences(b.Result(), result)) {
			fmt.Fprintln(errOut, line)
		}
	}
	made := reports.Run{Result: result}
	if slices.ContainsFunc(formats, func(f reports.Format) bool { return f.Recorded }) {
		if made, err = b.Run(result); err != nil {
			return exit.Undecided("%w", err)
		}
	}
	if err := o.write(formats, made, out); err != nil {
		return err
	}
	return exit.With(result.Exit)
}

// chosen are the formats that were asked for.
func (o Options) chosen() ([]reports.Format, error) {
	for _, name := range o.Formats {
		if !slices.Contains(names(), name) {
			return nil, exit.Usage("--format %q is not one of %s", name, strings.Join(names(), ", "))
		}
	}
	if len(o.Formats) == 0 && o.Out != "" {
		return all(), nil
	}
	list := slices.DeleteFunc(all(), func(f reports.Format) bool { return !slices.Contains(o.Formats, f.Flag) })
	if len(list) > 1 && o.Out == "" {
		return nil, exit.Usage("--format %s makes %d files and requires --out", strings.Join(o.Formats, ","), len(list))
	}
	return list, nil
}

func (o Options) write(formats []reports.Format, r reports.Run, out io.Writer) error {
	if len(formats) == 0 {
		fmt.Fprintln(out, reports.Table(r.Result))
		return nil
	}
	if o.Out != "" {
		if err := os.MkdirAll(o.Out, 0o755); err != nil {
			return exit.Usage("--out: %w", err)
		}
	}
	for _, f := range formats {
		text, err := f.Render(r)
		if err != nil {
			return exit.Undecided("%s: %w", f.Name, err)
		}
		if o.Out == "" {
			_, err = out.Write(text)
		} else {
			err = os.WriteFile(filepath.Join(o.Out, f.Name), text, 0o644)
		}
		if err != nil {
			return exit.Undecided("report: %w", err)
		}
	}
	return nil
}
