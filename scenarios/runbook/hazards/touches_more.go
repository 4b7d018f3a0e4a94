package hazards

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

var touchesMore = Rule{
	ID: "touches-more", Title: "a command touches what it says, and no more",
	Why: "what it removes or changes beside that is missed by others, who do not know why",
	Bad: Example{
		Runbook: block("# Clear the receipts\nredis-cli FLUSHDB"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli FLUSHDB", World: scenarios.WorldHealthy, Stdout: "OK", Before: state("redis receipt:*", "3", "redis idem:*", "2"), After: state()},
		},
	},
	Good: Example{
		Runbook: block("# Clear everything in Redis\nredis-cli FLUSHDB"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli FLUSHDB", World: scenarios.WorldHealthy, Stdout: "OK", Before: state("redis receipt:*", "3", "redis idem:*", "2"), After: state()},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			x, ok := c.healthy()
			if !ok || c.Purpose == "" || everything.MatchString(c.Purpose) || !c.acts() {
				continue
			}
			list := changes(x)
			var beside []string
			for _, ch := range list {
				if !named(c, ch.what) {
					beside = append(beside, ch.String())
				}
			}
			switch {
			case len(beside) > 0:
				report(finding{
					statement: c.Statement, ran: where(x), saw: "also " + strings.Join(beside, "; "),
					proposal: "name exactly what is to go, or say what else goes",
				})
			case single.MatchString(c.Purpose) && most(list) > 1:
				report(finding{
					statement: c.Statement, ran: where(x), saw: fmt.Sprintf("not one, but %d: %s", most(list), describe(list)),
					proposal: "let the command name the one that is meant",
				})
			}
		}
	},
}

var (
	everything = regexp.MustCompile(`(?i)\b(?:all|every|everything|whole|entire|complete)\b`)
	single     = regexp.MustCompile(`(?i)\b(?:one|a single|this|that|specific|certain|number \d+|only)\b`)
)

// named tells whether the command or its purpose names a part of the state: by
// the part's whole name, or by a word of it.
func named(c command, what string) bool {
	_, part, found := strings.Cut(what, " ")
	if !found {
		part = what
	}
	if strings.Contains(c.Text, part) {
		return true
	}
	said := facts.Words(c.Purpose + " " + c.Text)
	for _, word := range facts.Words(part) {
		for _, w := range said {
			if len(word) >= 3 && (stem(w) == stem(word) || len(word) >= 4 && strings.HasPrefix(w, word)) {
				return true
			}
		}
	}
	return false
}

func stem(word string) string { return strings.TrimSuffix(word, "s") }

// most is the largest number by which a count changed.
func most(list []change) int {
	n := 0
	for _, c := range list {
		n = max(n, c.less())
	}
	return n
}
