package fix_test

import (
	"testing"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/fix"
)

func TestApply(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		fixes []ledger.Fix
		want  string
		made  int
	}{
		"one":                     {"a b\nc b\n", []ledger.Fix{{Line: 2, Old: "b", New: "x"}}, "a b\nc x\n", 1},
		"two in a line":           {"a b c\n", []ledger.Fix{{Line: 1, Old: "c", New: "y"}, {Line: 1, Old: "a", New: "x"}}, "x b y\n", 2},
		"overlapping":             {"a b c\n", []ledger.Fix{{Line: 1, Old: "a b", New: "x"}, {Line: 1, Old: "b c", New: "y"}}, "x c\n", 1},
		"not in this line":        {"a\nb\n", []ledger.Fix{{Line: 1, Old: "b", New: "x"}}, "a\nb\n", 0},
		"over two lines":          {"a\nb\nc\n", []ledger.Fix{{Line: 1, Old: "a\nb", New: "x"}}, "x\nc\n", 1},
		"no such line":            {"a\n", []ledger.Fix{{Line: 9, Old: "a", New: "x"}, {Line: 0, Old: "a", New: "x"}}, "a\n", 0},
		"nothing to change":       {"a\n", []ledger.Fix{{Line: 1, Old: "a", New: "a"}, {Line: 1, Old: "", New: "x"}}, "a\n", 0},
		"line ends and mark stay": {"\ufeffa\r\nb\r\n", []ledger.Fix{{Line: 1, Old: "a\nb", New: "x\ny"}}, "\ufeffx\r\ny\r\n", 1},
	} {
		if got, made := fix.Apply([]byte(c.text), c.fixes); string(got) != c.want || made != c.made {
			t.Errorf("%s: %q, %d made", name, got, made)
		}
	}
}

// TestUntilEnds: a proposal that goes round in circles is given up.
func TestUntilEnds(t *testing.T) {
	flip := func(text []byte) []ledger.Fix {
		return []ledger.Fix{{Line: 1, Old: "a", New: "b"}, {Line: 1, Old: "b", New: "a"}}
	}
	if _, made := fix.Until([]byte("a\n"), flip); made != 20 {
		t.Errorf("%d made", made)
	}
}
