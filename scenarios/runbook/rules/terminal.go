package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var terminal = rule.Rule{
	ID: "terminal", Title: "what needs a terminal has one", Severity: lint.Warning,
	Why: "the command stops with an error, or waits for somebody to type",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if container(c) && (c.Input || c.Stage > 0) && (c.Flag("-t", "--tty")) {
				report(rule.At(c, fmt.Sprintf("%s asks for a terminal (-t), and its input is a pipe or a file", c.Program), "leave -t out: -i alone passes the input on"))
				continue
			}
			if c.Flag("-t", "--tty", "-it", "-ti") && (c.Program == "docker" || c.Program == "kubectl" || c.Program == "oc") && writesFile(c) && binary.MatchString(c.String()) {
				f := rule.At(c, "with a terminal (-t) the output has carriage returns and error messages in it, and the file is damaged", "leave -t out")
				f.Severity = lint.Error
				report(f)
				continue
			}
			if text := editor(c); text != "" && in.Next(c) != nil && !listOfCommands(in, c.Statement) {
				report(rule.At(c, text+" opens an editor, and what is pasted below it is typed into the file", "give it a block of its own, or make the change by a command"))
				continue
			}
			if next := in.Next(c); next != nil && !listOfCommands(in, c.Statement) && interactive(c) != "" && host[next.Program] && len(next.Via) == 0 && (next.Program != c.Program || !instead.MatchString(in.Statements[next.Statement].Purpose)) {
				report(rule.At(c, fmt.Sprintf("%s opens a session, and the commands below it in the block (%s) are meant for outside", interactive(c), next.Program),
					"give it a block of its own, or pass the command to run"))
			}
		}
	},
}

// instead begins the words over another way to do the same.
var instead = regexp.MustCompile(`(?i)^(?:if|or|alternativ\w+|instead|without|run (?:a )?(?:single|one))\b`)

// editor is what opens an editor, or empty.
func editor(c *script.Call) string {
	switch c.Program {
	case "nano", "vim", "vi", "visudo":
		return c.Program
	case "crontab":
		if c.Flag("-e") {
			return "crontab -e"
		}
	}
	return ""
}

// container tells whether a call is docker exec, which refuses -t without a
// terminal; kubectl exec warns and goes on.
func container(c *script.Call) bool {
	return (c.Program == "docker" || c.Program == "podman") && (c.Word(0) == "exec" || c.Word(0) == "run")
}

// host are programs that are not in a container that one opens a shell in.
var host = map[string]bool{"kubectl": true, "oc": true, "docker": true, "helm": true, "systemctl": true, "docker-compose": true, "gcloud": true, "aws": true, "terraform": true}

// interactive is what opens a session and waits for words, or empty.
func interactive(c *script.Call) string {
	if c.Input || c.Stage > 0 || len(c.Via) > 0 || c.Guarded {
		return ""
	}
	switch c.Program {
	case "kubectl", "oc":
		if c.Word(0) != "exec" || !c.Flag("-t", "--tty") && !c.Flag("-it", "-ti") {
			return ""
		}
		for i, a := range c.Args {
			if a.Text == "--" && i+2 == len(c.Args) && shells[strings.TrimPrefix(strings.TrimPrefix(c.Args[i+1].Text, "/usr"), "/bin/")] {
				return c.Program + " exec -- " + c.Args[i+1].Text
			}
		}
	case "docker", "podman":
		if last := len(c.Args) - 1; c.Word(0) == "exec" && c.Flag("-t", "--tty") && last > 1 && shells[strings.TrimPrefix(strings.TrimPrefix(c.Args[last].Text, "/usr"), "/bin/")] {
			return c.Program + " exec " + c.Args[last].Text
		}
	}
	return ""
}

var shells = map[string]bool{"sh": true, "bash": true, "ash": true, "zsh": true, "redis-cli": true, "psql": true, "mysql": true, "mongosh": true, "mongo": true}

// binary are programs whose output is kept.
var binary = regexp.MustCompile(`\b(?:pg_dump|pg_dumpall|mysqldump|mongodump|tar|pg_basebackup|gzip)\b`)

// writesFile tells whether the output goes into a file, or through a program
// that packs it.
func writesFile(c *script.Call) bool {
	for _, stage := range c.Pipe {
		for _, r := range stage.Redirects {
			if strings.HasPrefix(r, ">") && !strings.HasPrefix(r, ">&") && !strings.HasPrefix(r, ">/dev/") {
				return true
			}
		}
	}
	return false
}
