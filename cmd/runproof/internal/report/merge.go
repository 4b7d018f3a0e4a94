package report

import (
	"fmt"
	"io"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/shard"
	"github.com/runproof/runproof/reports"
)

// merge makes one bundle of those of the shards of a run, and shows what came out.
func merge(o Options, paths []string, out, errOut io.Writer) error {
	switch {
	case len(paths) == 0:
		return exit.Usage("report --merge requires the bundles of the shards")
	case len(o.Formats) > 0 || o.AsRecorded:
		return exit.Usage("--merge writes a bundle with every report, judged by today's rules: --format and --as-recorded are for a report of that")
	}
	merged, carried, err := shard.Merge(paths, o.Out)
	if err != nil {
		return err
	}
	for _, line := range carried {
		fmt.Fprintln(errOut, line)
	}
	b, err := bundle.Open(merged.Dir())
	if err != nil {
		return exit.Undecided("%w", err)
	}
	defer b.Close() //nolint:errcheck // it was only read
	fmt.Fprintf(out, "%s\nbundle  %s\n", reports.Table(b.Result()), merged.Dir())
	return exit.With(b.Result().Exit)
}
