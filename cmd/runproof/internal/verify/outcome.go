package verify

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/files"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/scenarios/ledger"
)

// outcome is what a run came to, and what it is compared with: nil for nothing, and
// in which directory the bundle of that is.
type outcome struct {
	candidate   ledger.RunResult
	baseline    *ledger.RunResult
	baselineDir string
}

// write writes the bundles. What is left behind by a run that is green is nothing
// to be proud of.
func (o *outcome) write(all bundles, unfinished error) error {
	write := func(r *ledger.RunResult, to kept) error {
		if unfinished != nil {
			r.Unfinished = exit.Line(unfinished)
			r.Exit = r.ExitCode()
		}
		r.Truncated = to.Truncated()
		return to.Write(*r)
	}
	if all.baseline.Bundle != nil && o.baseline != nil {
		if err := write(o.baseline, all.baseline); err != nil {
			return err
		}
	}
	return write(&o.candidate, all.candidate)
}

// compared writes the comparison into the bundle, prints it, and returns its exit
// code.
func (o *outcome) compared(out io.Writer, to kept) (int, error) {
	c := compare.Runs(*o.baseline, o.candidate)
	var runs [2]reports.Run
	for i, dir := range []string{o.baselineDir, to.Dir()} {
		kept, err := bundle.Open(dir)
		if err != nil {
			return 0, err
		}
		defer kept.Close() //nolint:errcheck // it was only read
		if runs[i], err = kept.Run(kept.Result()); err != nil {
			return 0, err
		}
	}
	list, err := reports.Comparison(c, runs[0], runs[1])
	if err != nil {
		return 0, err
	}
	if err := files.Write(to.Dir(), list); err != nil {
		return 0, err
	}
	fmt.Fprintf(out, "\n%scomparison  %s\n", reports.ComparisonText(c), filepath.Join(to.Dir(), reports.ComparisonHTMLFile))
	return c.Exit, nil
}
