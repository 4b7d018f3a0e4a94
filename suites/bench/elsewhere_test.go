package bench_test

import "testing"

// citeOthers names the figures that take longer than a benchmark may, with the
// command that measures each.
func citeOthers(_ *testing.T, b *bench) {
	b.missing("one defect of each family against the suite", "`time make defects FAMILIES=1`; all of them: `time make defects FULL=1`")
	b.missing("cold: from a fresh clone to the first verdict", "`git clone` into a new directory, `GOCACHE` and `GOMODCACHE` empty, then `time make verify STACK=processes`")
}
