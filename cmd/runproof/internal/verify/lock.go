package verify

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/lock"
)

// lockable rejects what cannot be put on record, before anything is played: a
// part of the scenarios, a run without faults, a place that is not there.
func (o Options) lockable() error {
	if !o.Lock {
		return nil
	}
	if len(o.Filter.Names) > 0 || o.Filter.Section != "" || o.Filter.Severity != "" {
		return exit.Usage("--lock covers the whole runbook and cannot be combined with a choice of scenarios")
	}
	if o.Control {
		return exit.Usage("--lock and --control cannot be combined: --control proves nothing")
	}
	if o.Stack == stack.KindCluster {
		return exit.Usage("--lock is of a run that needs no cluster: choose another --stack")
	}
	dir := filepath.Dir(runbook.LockFile(o.Runbook))
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return exit.Usage("--lock writes %s, and that directory does not exist: run it at the root of the repository, or name a --runbook", runbook.LockFile(o.Runbook))
	}
	return nil
}

// lock writes the record of a run that passed.
func (p plan) lock(result ledger.RunResult, out io.Writer) error {
	record := lock.New(result, p.set.Bind(p.text), p.set.Scenarios)
	text, err := record.Encode()
	if err != nil {
		return exit.Undecided("%w", err)
	}
	path := runbook.LockFile(p.Runbook)
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return exit.Undecided("lock: %w", err)
	}
	fmt.Fprintf(out, "lock    %s: %d of %d claims TRUE\n", path, record.Count(ledger.True), len(record.Claims))
	return nil
}
