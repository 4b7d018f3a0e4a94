package draft

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/shell"
)

// most of each that a scenario has.
const mostSteps = 3

// diagnosis are the commands of a topic that tell a broken dependency from one that is
// well: what asks it whether it is there, and changes nothing.
func (dr *drafter) diagnosis(t topic, on fault.Dependency) []scenarios.Step {
	var list []scenarios.Step
	for _, s := range t.steps {
		said := func(step scenarios.Step) bool { return oneLine(step.Command) == oneLine(s.Text) }
		if s.Kind != document.Command || len(list) == mostSteps || !dr.tells(s.Text, on) || slices.ContainsFunc(list, said) {
			continue
		}
		if id := dr.claims.claim(s); id != "" {
			step := scenarios.Sh(id, s.Text)
			if text := dr.expected(s); text != "" {
				step = step.Shows(text)
			}
			list = append(list, step)
		}
	}
	return list
}

// placeholder is what a person has to fill in before a command can be run.
var placeholder = regexp.MustCompile(`<[A-Za-z][\w -]*>`)

// constant is a query that asks for nothing but an answer.
var constant = regexp.MustCompile(`(?i)^\s*(?:select\s+(?:\d+|version\(\))|show\s+\w+)\s*;?\s*$`)

// tells reports whether a command asks a dependency whether it is there.
func (dr *drafter) tells(command string, on fault.Dependency) bool {
	calls := shell.Calls(command)
	if len(calls) == 0 || placeholder.MatchString(command) {
		return false
	}
	first := calls[0]
	if first.Place != shell.Here {
		return false
	}
	switch words := first.Words(); first.Program {
	case "pg_isready":
		return on == fault.Postgres
	case "psql":
		query, _ := first.Option("-c", "--command")
		return on == fault.Postgres && constant.MatchString(query)
	case "redis-cli":
		return on == fault.Redis && slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, "ping") })
	case "curl":
		asked := requestsIn(command)
		ofHealth := len(asked) == 1 && asked[0].method == "GET" && health.MatchString(asked[0].path)
		own := hostOf(command) == dr.own
		return ofHealth && (own && on != fault.Venue || !own && on == fault.Venue)
	}
	return false
}

var expecting = regexp.MustCompile(`(?i)^(?:expect(?:ed)?(?: output)?|should (?:be|print|return|show))\s*:?\s*["'` + "`" + `]?([\w ()]+?)["'` + "`" + `]?$`)

// expected is what a command prints, where the document says so right behind it.
func (dr *drafter) expected(command document.Statement) string {
	at := slices.IndexFunc(dr.d.Statements, func(s document.Statement) bool { return s.ID == command.ID })
	for _, s := range dr.d.Statements[at+1 : min(at+2, len(dr.d.Statements))] {
		if m := expecting.FindStringSubmatch(oneLine(s.Text)); m != nil && s.Kind == document.Comment {
			return m[1]
		}
	}
	return ""
}

var (
	replicas = regexp.MustCompile(`--replicas[= ](\d+)`)
	// servers are what is no service under test.
	servers = regexp.MustCompile(`(?i)redis|postgres|database|\bdb\b|kafka|rabbit|elastic|mysql|nginx|ingress`)
	// itself is how a sentence calls the service.
	itself = regexp.MustCompile(`(?i)^\W*(?:please |then |if needed,? )?(?:(restart|scale)(?: up| out| horizontally)?|enabl\w+)\b(?: (?:the|all|its|more))*(?: [\w-]+)? (?:service|pods?|deployments?|application|apps?|api|replicas|processe?s?|fallbacks?|if needed)\b`)
)

// sentence reports whether a statement is one of the document's own.
func sentence(s document.Statement) bool {
	return slices.Contains([]document.Kind{document.Item, document.Prose, document.Comment}, s.Kind)
}

// cures says what a step has done to the service itself; empty: nothing.
func cures(s document.Statement) string {
	if s.Kind == document.Command {
		for _, c := range shell.Calls(s.Text) {
			words := strings.Join(c.Words(), " ")
			switch {
			case c.Place != shell.Here || servers.MatchString(words):
			case c.Program == "kubectl" && strings.HasPrefix(words, "rollout restart"),
				slices.Contains([]string{"systemctl", "docker", "docker-compose", "service", "supervisorctl"}, c.Program) && strings.Contains(" "+words+" ", " restart "):
				return "restart"
			case c.Program == "kubectl" && strings.HasPrefix(words, "scale") && replicas.MatchString(s.Text):
				return "scale"
			}
		}
		return ""
	}
	if ofFallback.MatchString(s.Text) && sentence(s) {
		return "fallback"
	}
	if !sentence(s) || !itself.MatchString(s.Text) || servers.MatchString(itself.FindString(s.Text)) {
		return ""
	}
	switch {
	case ofRestart.MatchString(s.Text):
		return "restart"
	case ofScaling.MatchString(s.Text):
		return "scale"
	}
	return ""
}

// remedies are what a topic has done to the service itself; a sentence stands for the
// command below it, which needs a cluster.
func (dr *drafter) remedies(t topic) []scenarios.Remedy {
	var list []scenarios.Remedy
	done := map[string]bool{}
	steps := slices.Clone(t.steps)
	slices.SortStableFunc(steps, func(a, b document.Statement) int { return rank(a) - rank(b) })
	for _, s := range steps {
		what := cures(s)
		if what == "" || done[what] {
			continue
		}
		id := dr.claims.claim(s)
		if id == "" {
			continue
		}
		done[what] = true
		switch what {
		case "restart":
			list = append(list, scenarios.Restart(id))
		case "scale":
			list = append(list, scenarios.Scale(id, dr.replicas(t, s.Text)))
		case "fallback":
			list = append(list, scenarios.Fallback(id))
		}
	}
	return list
}

// rank puts sentences before commands.
func rank(s document.Statement) int {
	if s.Kind == document.Command {
		return 1
	}
	return 0
}

// replicas is how many a topic scales to: two where it does not say.
func (dr *drafter) replicas(t topic, text string) int {
	for _, s := range t.steps {
		text += " " + s.Text
	}
	if m := replicas.FindStringSubmatch(text); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n >= 2 && n <= 16 {
			return n
		}
	}
	return 2
}

// asking are the programs by which an operator asks the service and its servers. What
// others need (a cluster, an account, files of that day) no run has.
var asking = regexp.MustCompile(`^(?:psql|pg_isready|redis-cli|curl|nc)$`)

// public is a host of the Internet, which no run reaches.
var public = regexp.MustCompile(`\.[a-z]{2,}(?::\d+)?$`)

// commands makes claims of the other commands of the document that ask the service or its
// servers: a full run executes each, and what becomes of them is the evidence.
func (dr *drafter) commands() {
	for _, s := range dr.d.Statements {
		if s.Kind != document.Command || s.Untestable != "" || placeholder.MatchString(s.Text) {
			continue
		}
		calls := shell.Calls(s.Text)
		if len(calls) == 0 || calls[0].Place != shell.Here || len(calls[0].Via) > 0 || !asking.MatchString(calls[0].Program) || public.MatchString(hostOf(s.Text)) {
			continue
		}
		dr.claims.claim(s)
	}
}
