package purpose

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var otherNumber = rule.Rule{
	ID: "other-number", Title: "a command has the number that its words have", Severity: lint.Warning,
	Why: "it takes more, or less, than whoever runs it believes",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			if s.Kind != document.Command && s.Kind != document.Query || len(s.Text) > maxQuery || s.Purpose == "" || several(in, i) {
				continue
			}
			if text, proposal := differs(s.Purpose, s.Text); text != "" {
				report(in.On(i, text, proposal))
			}
		}
	},
}

// several tells whether more statements of the block stand under one comment.
func several(in *rule.Input, i int) bool {
	s := in.Statements[i]
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(in.Statements) && in.Statements[j].Block == s.Block && in.Statements[j].Purpose == s.Purpose {
			return true
		}
	}
	return false
}

var (
	span       = regexp.MustCompile(`(?i)\b(older than|longer than|more than|over|last|past|previous|newer than)\s+(\d+|an?|one)\s*(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?)\b`)
	shortSpan  = regexp.MustCompile(`(?:^|[\s='"\[:])(\d+)(s|m|min|h|d|w)\b`)
	longSpan   = regexp.MustCompile(`(?i)\b(\d+|an?)\s*(seconds?|secs?|minutes?|mins?|hours?|days?|weeks?)\b`)
	clockSpan  = regexp.MustCompile(`'(\d\d):(\d\d):(\d\d)'`)
	findAge    = regexp.MustCompile(`-(m|c|a)(time|min)\s+[+-]?(\d+)`)
	relative   = regexp.MustCompile(`[$<{]|\bdate\b|\bnow\b|yesterday|today|ago`)
	linesAsked = regexp.MustCompile(`(?i)\b(?:last|latest|recent|top|first)\s+(\d{1,5})\s+(?:(?:\w+\s+)?(?:lines|entries|log lines|events|queries|processes|commands|keys|commits|rows|results|files|directories|tables))\b`)
	linesTaken = regexp.MustCompile(`(?i)--tail[= ](\d+)|\btail\s+-(?:n\s*)?(\d+)|\bhead\s+-(?:n\s*)?(\d+)|\blimit\s+(\d+)|\s-n\s+(\d+)\b|slowlog get (\d+)`)
)

// differs says how the numbers of a command differ from those of its words.
func differs(words, command string) (text, proposal string) {
	if m := linesAsked.FindAllStringSubmatch(words, 2); len(m) == 1 {
		asked, _ := strconv.Atoi(m[0][1])
		if taken, ok := only(linesTaken, command); ok && taken != asked && taken != asked+1 && asked > 0 && !strings.Contains(command, " -B") && !strings.Contains(command, " -A") {
			return fmt.Sprintf("the words say %d, and the command takes %d", asked, taken), "write the same number in both"
		}
	}
	m := span.FindAllStringSubmatch(words, 2)
	if len(m) != 1 || len(longSpan.FindAllString(words, 3)) > 1 {
		return "", ""
	}
	asked := amount(m[0][2]) * unit(m[0][3])
	shown := strings.Join(strings.Fields(m[0][0]), " ")
	spans := spansOf(command)
	switch {
	case len(spans) == 1 && spans[0] != asked && asked > 0:
		return fmt.Sprintf("the words say %q, and the command has %s", shown, said(spans[0])), "write the same time in both"
	case len(spans) == 0 && ages[strings.ToLower(m[0][1])] && picks.MatchString(command) && !relative.MatchString(command) && !numbered(command, asked):
		return fmt.Sprintf("the words say %q, and nothing in the command looks at the age", shown), "select by the time, or say that all are meant"
	}
	return "", ""
}

// ages are words that limit what is taken by its age.
var ages = map[string]bool{"older than": true, "longer than": true}

// picks are commands that choose what they list or remove.
var picks = regexp.MustCompile(`\b(?:delete|rm|prune|kill|terminate\w*|pg_terminate_backend|find|get)\b`)

// numbered tells whether a command has a time in one of its units.
func numbered(command string, seconds int) bool {
	for _, per := range []int{1, 60, 3600, 86400} {
		if seconds%per == 0 && strings.Contains(command, strconv.Itoa(seconds/per)) {
			return true
		}
	}
	return strings.Contains(command, strconv.Itoa(seconds*1000))
}

// only is the one number that a pattern finds, whichever group has it.
func only(pattern *regexp.Regexp, text string) (int, bool) {
	all := pattern.FindAllStringSubmatch(text, 2)
	if len(all) != 1 {
		return 0, false
	}
	for _, g := range all[0][1:] {
		if n, err := strconv.Atoi(g); err == nil {
			return n, true
		}
	}
	return 0, false
}

// spansOf are the different times that a command has, in seconds.
func spansOf(command string) []int {
	found := map[int]bool{}
	for _, m := range shortSpan.FindAllStringSubmatch(command, 8) {
		found[amount(m[1])*unit(m[2])] = true
	}
	for _, m := range longSpan.FindAllStringSubmatch(command, 8) {
		found[amount(m[1])*unit(m[2])] = true
	}
	for _, m := range clockSpan.FindAllStringSubmatch(command, 8) {
		found[amount(m[1])*3600+amount(m[2])*60+amount(m[3])] = true
	}
	for _, m := range findAge.FindAllStringSubmatch(command, 8) {
		per := 60
		if m[2] == "time" {
			per = 86400
		}
		found[amount(m[3])*per] = true
	}
	var list []int
	for n := range found {
		list = append(list, n)
	}
	return list
}

func amount(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return 1
}

// unit is the length of a unit of time in seconds.
func unit(name string) int {
	switch name = strings.ToLower(name); {
	case strings.HasPrefix(name, "s"):
		return 1
	case strings.HasPrefix(name, "m"):
		return 60
	case strings.HasPrefix(name, "h"):
		return 3600
	case strings.HasPrefix(name, "d"):
		return 86400
	}
	return 7 * 86400
}

// said is a time in the largest unit that fits.
func said(seconds int) string {
	for _, u := range []struct {
		per  int
		name string
	}{{86400, "days"}, {3600, "hours"}, {60, "minutes"}} {
		if seconds >= u.per && seconds%u.per == 0 {
			return fmt.Sprintf("%d %s", seconds/u.per, u.name)
		}
	}
	return fmt.Sprintf("%d seconds", seconds)
}
