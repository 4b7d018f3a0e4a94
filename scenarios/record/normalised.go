package record

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
)

// volatile are the parts of an output that differ from one moment to the next
// whatever is healthy: times, durations, ids of this or that row or process.
var volatile = []struct {
	pattern *regexp.Regexp
	name    string
}{
	{regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?`), "<time>"},
	{regexp.MustCompile(`\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b`), "<uuid>"},
	{regexp.MustCompile(`\b\d+:\d\d:\d\d(?:\.\d+)?`), "<duration>"},
	{regexp.MustCompile(`\b\d+(?:\.\d+)?\s?(?:ns|µs|us|ms|s)\b`), "<duration>"},
	{regexp.MustCompile(`(?i)\b(pid"?[=:]?\s*)\d+`), "${1}<pid>"},
	{regexp.MustCompile(`(?m)^ *\d+ \| (?:<duration>)`), "<pid> | <duration>"},
}

// jsonNumber is a field whose value is a number: a gauge or a counter, unless
// it is a status.
var jsonNumber = regexp.MustCompile(`"(\w+)"\s*:\s*-?\d+(?:\.\d+)?`)

func withoutGauges(output string) string {
	return jsonNumber.ReplaceAllStringFunc(output, func(field string) string {
		name := jsonNumber.FindStringSubmatch(field)[1]
		if name == "status" || name == "code" {
			return field
		}
		return `"` + name + `": <number>`
	})
}

var blanks = regexp.MustCompile(`[ \t]+|-{2,}`)

// Normalised is what an operator reads off an execution: how the parts ended and
// what stood on the standard output, without what differs from one moment to
// the next. Two executions that are equal so tell nothing apart.
func Normalised(x scenarios.Execution) string {
	switch {
	case x.Unsupported != "":
		return "not run"
	case x.Ended != "":
		return "no end\n" + normal(x.Stdout)
	case len(x.Exits) > 0:
		return fmt.Sprintf("exit %v\n%s", x.Exits, normal(x.Stdout))
	}
	return fmt.Sprintf("exit [%d]\n%s", x.Exit, normal(x.Stdout))
}

// normal is an output without its volatile parts, without its column widths,
// which follow from them, and without the order of its lines.
func normal(output string) string {
	for _, v := range volatile {
		output = v.pattern.ReplaceAllString(output, v.name)
	}
	output = withoutGauges(output)
	var lines []string
	for line := range strings.Lines(output) {
		if line = strings.TrimSpace(blanks.ReplaceAllString(line, " ")); line != "" {
			lines = append(lines, line)
		}
	}
	// Without an ORDER BY, rows come in whatever order they lie: a row that was
	// written again is shown last.
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// MatchesBaseline reports whether x, after the healing, reads as where nothing was
// wrong: it ends as then, and nothing stands in it any more that only the
// fault has shown. Counters may have gone on in between.
func MatchesBaseline(x, healthy, faulty scenarios.Execution) bool {
	if Normalised(x) == Normalised(healthy) {
		return true
	}
	baseline := strings.Split(Normalised(healthy), "\n")
	lines := strings.Split(Normalised(x), "\n")
	if lines[0] != baseline[0] {
		return false
	}
	for _, line := range strings.Split(Normalised(faulty), "\n") {
		if !slices.Contains(baseline, line) && slices.Contains(lines, line) {
			return false
		}
	}
	return true
}

// TellsApart reports whether an execution under a fault reads differently by more
// than what differs where nothing is wrong. An output that changes by itself, a
// counter of the processor's time, say, tells nothing by having changed: of such a
// one only the lack of what every healthy execution shows is a difference. Drift
// names two healthy executions that differ, where that is why it tells nothing.
func TellsApart(x scenarios.Execution, healthy ...scenarios.Execution) (apart bool, drift string) {
	faulty := strings.Split(Normalised(x), "\n")
	var stable []string
	var other *scenarios.Execution
	for i, h := range healthy {
		lines := strings.Split(Normalised(h), "\n")
		if i == 0 {
			stable = lines
			continue
		}
		stable = slices.DeleteFunc(slices.Clone(stable), func(line string) bool { return !slices.Contains(lines, line) })
		if other == nil && Normalised(h) != Normalised(healthy[0]) {
			other = &healthy[i]
		}
	}
	for _, line := range stable {
		if !slices.Contains(faulty, line) {
			return true, ""
		}
	}
	if other != nil {
		return false, fmt.Sprintf("%s and %s", healthy[0], other)
	}
	return Normalised(x) != Normalised(healthy[0]), ""
}
