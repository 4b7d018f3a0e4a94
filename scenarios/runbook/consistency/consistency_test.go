package consistency_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios/runbook/consistency"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

func conflicts(text string) string {
	var list []string
	for _, c := range consistency.Conflicts(consistency.Of(document.Parse([]byte(text)))) {
		one := ""
		for _, a := range c.Said {
			one += fmt.Sprintf(" %s@%d", a.Shown, a.Line)
		}
		list = append(list, strings.TrimSpace(one))
	}
	return strings.Join(list, "; ")
}

func TestContradictions(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"one threshold, two numbers":   {"## Disk\n- Alert fires above 80% usage\n- Alert fires above 90% usage\n", "80%@2 90%@3"},
		"another section, same words":  {"## A\nThe payment worker retries a failed batch after 60 seconds.\n## B\nThe payment worker retries a failed batch after 2 minutes.\n", "60 seconds@2 2 minutes@4"},
		"a pronoun":                    {"The nightly job retries a failed batch after 60 seconds.\n\nIt retries a failed batch after 90 seconds.\n", "60 seconds@1 90 seconds@3"},
		"one severity, two times":      {"| Level | Response time |\n|---|---|\n| P1 | 15 minutes |\n\nP1: respond within 30 minutes.\n", "15 minutes@3 30 minutes@5"},
		"one default, two values":      {"`POOL_SIZE` defaults to 10.\n\n## B\nRaise `POOL_SIZE` (default: 20).\n", "10@1 20@4"},
		"a row of two tables":          {"| Metric | Limit |\n|---|---|\n| lag | > 5s |\n\ntext\n\n| Metric | Limit |\n|---|---|\n| lag | > 10s |\n", "> 5s@3 > 10s@9"},
		"a port nobody asks":           {"| Property | Value |\n|---|---|\n| Port | 3008 |\n\n```bash\ncurl http://localhost:3009/health\n```\n", "3008@3 3009@6"},
		"the same in other units":      {"## A\nThe breaker waits for 60 seconds.\nThe breaker waits for 1 minute.\n", ""},
		"critical and minor":           {"- A critical alert fires above 90% usage\n- A minor alert fires above 80% usage\n", ""},
		"another condition":            {"- The queue is drained if fewer than 5 jobs wait\n- The queue is drained if more than 5 jobs wait\n", ""},
		"zero and more":                {"- Restart the queue worker if lag is 0\n- Restart the queue worker if lag > 0\n", ""},
		"another label":                {"- `p(50)`: 50% of requests faster than this\n- `p(99)`: 99% of requests faster than this\n", ""},
		"steps":                        {"1. Wait 5 minutes for the pods\n2. Wait 10 minutes for the pods\n", ""},
		"rows with another key":        {"| Metric | Limit |\n|---|---|\n| lag | > 5s |\n| delay | > 10s |\n", ""},
		"another severity":             {"P1: respond within 15 minutes.\n\nP2: respond within 30 minutes.\n", ""},
		"lists introduced differently": {"With 2 pods we expect:\n\n- Maximum 10 connections to redis\n\nWith 10 pods we expect:\n\n- Maximum 50 connections to redis\n", ""},
		"short words in two sections":  {"## Redis\nThe timeout is 5 seconds.\n## Postgres\nThe timeout is 10 seconds.\n", ""},
		"examples":                     {"The pool grows, for example to 10 connections.\nThe pool grows, for example to 20 connections.\n", ""},
		"a port among others":          {"| Property | Value |\n|---|---|\n| Port | 3008 |\n\n```bash\ncurl localhost:3008/x\ncurl localhost:9090/metrics\n```\n", ""},
		"many values are cases":        {"## A\nthe job pool size was 10 here\n\nthe job pool size was 20 here\n\nthe job pool size was 30 here\n\nthe job pool size was 40 here\n", ""},
	} {
		if got := conflicts(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// FuzzConflicts: whatever the text is, contradictions are between two lines,
// and found in time.
func FuzzConflicts(f *testing.F) {
	f.Add("- The breaker waits for 30 seconds.\n- It waits for 1 minute.\n\n| Level | Response time |\n|---|---|\n| P1 | 15 minutes |\n")
	f.Fuzz(func(t *testing.T, text string) {
		begin := time.Now()
		for _, c := range consistency.Conflicts(consistency.Of(document.Parse([]byte(text)))) {
			if len(c.Said) < 2 || c.Said[0].Line == c.Said[1].Line {
				t.Fatalf("%+v", c)
			}
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("%d bytes took %s", len(text), took)
		}
	})
}
