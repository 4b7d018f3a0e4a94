package advice

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	upMore      = regexp.MustCompile(`\bup(?:\{[^{}]*\})?\s*==\s*(?:[2-9]|\d\d+)\b`)
	ofSum       = regexp.MustCompile(`^(?:rate|irate|increase)\(\s*(?:sum|avg|min|max|count)\b`)
	noRange     = regexp.MustCompile(`^(?:rate|irate|increase)\(\s*[a-zA-Z_:][\w:]*_(?:total|count|sum|bucket)(?:\{[^{}]*\})?\s*\)`)
	rateOfLevel = regexp.MustCompile(`^(?:rate|irate|increase)\(\s*[a-zA-Z_:][\w:]*_(?:active|idle|current|usage|utilization|depth|pending|available|free|connected_clients|pool_size|in_use)(?:\{[^{}]*\})?\s*\[`)
	compared    = regexp.MustCompile(`\b[a-z_]\w*\{[^{}]*\b\w+\s*[<>]=?\s*"?\d[^{}]*\}`)
	quantile    = regexp.MustCompile(`\bhistogram_quantile\(\s*[\w.$]+\s*,`)
	overTime    = regexp.MustCompile(`\b(?:rate|irate|increase|delta|\w+_over_time)\b`)
	sums        = regexp.MustCompile(`\bsum\b`)
	byLE        = regexp.MustCompile(`\bby\s*\([^)]*\ble\b|\bwithout\s*\(`)
)

var promQL = rule.Rule{
	ID: "promql", Title: "a query of Prometheus says what it means", Severity: lint.Error,
	Why: "Prometheus refuses the query, or answers with nothing or with a number that means something else",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		text := string(in.Source)
		at := func(offset int, what, proposal string) {
			line, column := in.Position(offset)
			report(rule.Finding{Line: line, Column: column, Statement: -1, Text: what, Proposal: proposal})
		}
		if strings.Contains(text, "rate(") || strings.Contains(text, "increase(") {
			rates(text, at)
		}
		for _, m := range upMore.FindAllStringIndex(text, 50) {
			at(m[0], "up is 0 or 1 for each target, and never more", "count the targets: sum(up{...}) or count(up{...} == 1)")
		}
		if strings.Contains(text, "promql") {
			for _, m := range compared.FindAllStringIndex(text, 50) {
				at(m[0], "labels are compared with =, !=, =~ and !~ alone", "compare the value, outside of the braces")
			}
		}
		if !strings.Contains(text, "histogram_quantile(") {
			return
		}
		for _, m := range quantile.FindAllStringIndex(text, 50) {
			argument, closed := arguments(text[m[1]:])
			switch {
			case !closed || strings.Contains(argument, "..."):
			case !overTime.MatchString(argument) && !strings.Contains(argument, ":"):
				at(m[0], "a quantile over counters since the start: what is slow now does not show", "take the rate of the buckets: histogram_quantile(0.99, sum by (le) (rate(..._bucket[5m])))")
			case sums.MatchString(argument) && strings.Contains(argument, "_bucket") && !byLE.MatchString(argument):
				at(m[0], "the sum drops the label le, without which there is no quantile", "write sum by (le) (...)")
			case overTime.MatchString(argument) && !strings.Contains(argument, "_bucket") && !strings.Contains(argument, ":") && !strings.Contains(text, "native histogram"):
				at(m[0], "a quantile is made of buckets, and this is none", "use the series that ends in _bucket")
			}
		}
	},
}

// rates looks at every call of rate, irate and increase.
func rates(text string, at func(offset int, what, proposal string)) {
	found := 0
	for _, name := range []string{"rate(", "increase("} {
		for from := 0; found < 50; {
			i := strings.Index(text[from:], name)
			if i < 0 {
				break
			}
			begin := from + i
			from = begin + len(name)
			if name == "rate(" && begin > 0 && text[begin-1] == 'i' {
				begin--
			}
			if begin > 0 && wordLetter(text[begin-1]) {
				continue
			}
			call := text[begin:min(begin+maxArgument, len(text))]
			found++
			switch {
			case ofSum.MatchString(call):
				at(begin, "a rate of a sum: a counter that starts anew is no longer seen, and Prometheus wants a subquery here", "take the sum of the rates")
			case rateOfLevel.MatchString(call):
				at(begin, "this goes up and down: its rate is no rate of anything", "use deriv() or delta(), or the value itself")
			case noRange.MatchString(call):
				at(begin, "rate and increase need a range behind the name", "add one, such as [5m]")
			default:
				found--
			}
		}
	}
}

func wordLetter(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// maxArgument bounds the length of an argument that is read.
const maxArgument = 600

// arguments is the text up to the parenthesis that ends a call.
func arguments(text string) (string, bool) {
	depth := 1
	for i := 0; i < len(text) && i < maxArgument; i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return text[:i], true
			}
		}
	}
	return "", false
}
