package lint

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/aymanbagabas/go-udiff"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/fix"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

// autofix writes a copy of the runbook in which everything is fixed that a
// machine can fix, and shows the difference. The runbook itself is changed
// only where it is the file to write.
func autofix(o Options, text []byte, all []lint.Rule, out io.Writer) error {
	hazards, err := fromBundle(o, text)
	if err != nil {
		return err
	}
	// What a run found stands at the lines of the text as it was then.
	fixed, made := fix.Apply(text, hazards)
	fixed, more := fix.Until(fixed, func(text []byte) []ledger.Fix {
		return lint.Fixes(lint.Run(input(o.set, o.Runbook, text), all))
	})
	if err := os.WriteFile(o.Fix, fixed, 0o644); err != nil {
		return exit.Usage("--fix: %w", err)
	}
	left := lint.Run(input(o.set, o.Runbook, fixed), all)
	diff := udiff.Unified(nameOf(o.Runbook), o.Fix, string(text), string(fixed))
	_, err = fmt.Fprintf(out, "%s%d fixed; %d findings need a person, see runproof lint --runbook %s\n", diff, made+more, len(left), o.Fix)
	if err != nil {
		return exit.Undecided("lint: %w", err)
	}
	if len(left) > 0 {
		return exit.With(findings)
	}
	return nil
}

// fromBundle are the changes that a run's findings propose. The run must have
// been of this very text.
func fromBundle(o Options, text []byte) ([]ledger.Fix, error) {
	if o.Findings == "" {
		return nil, nil
	}
	b, err := bundle.Open(o.Findings)
	if err != nil {
		return nil, exit.Usage("--findings: %w", err)
	}
	defer b.Close() //nolint:errcheck // it was only read
	run := b.Result()
	if run.Provenance.Runbook.SHA256 != runbook.Identify(o.Runbook, text).SHA256 {
		return nil, exit.Usage("--findings: %w", errors.New("the bundle is from a different version of this runbook"))
	}
	var fixes []ledger.Fix
	for _, f := range run.Findings {
		if f.Fix != nil {
			fixes = append(fixes, *f.Fix)
		}
	}
	return fixes, nil
}
