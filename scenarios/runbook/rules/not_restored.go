package rules

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// pair is something that is switched off and must be switched on again.
type pair struct {
	off, on  *regexp.Regexp
	text     string
	severity lint.Severity
}

var pairs = []pair{
	{
		regexp.MustCompile(`(?i)\bdisable\s+row\s+level\s+security\b`), regexp.MustCompile(`(?i)\benable\s+row\s+level\s+security\b`),
		"row level security is switched off and nothing switches it on again: every tenant sees all rows", lint.Error,
	},
	{
		regexp.MustCompile(`\b(?:kubectl|oc)\s+(?:adm\s+)?(?:cordon|drain)\s+\S`), regexp.MustCompile(`\buncordon\b|(?i)\b(?:delete|remove|terminat\w+|replac\w+|decommission\w*|recycl\w+|reboot\w*|destroy\w*|scale[sd]? down) (?:the |this |that |your |old |a )*(?:nodes?|instances?|machines?|vms?)\b|\b(?:delete|rm) (?:node|machine)`),
		"the node is taken out of service and nothing brings it back (uncordon)", lint.Warning,
	},
	{
		regexp.MustCompile(`(?i)\balter\s+table\s+\S+\s+disable\s+trigger\b`), regexp.MustCompile(`(?i)\benable\s+trigger\b`),
		"a trigger is switched off and nothing switches it on again", lint.Error,
	},
	{
		regexp.MustCompile(`\b(?:kubectl|oc)\b.*\brollout\s+pause\b`), regexp.MustCompile(`\brollout\s+resume\b`),
		"the rollout is paused and nothing resumes it", lint.Warning,
	},
	{
		regexp.MustCompile(`(?i)\bredis-cli\b.*\bconfig\s+set\s+(?:slave|replica)-read-only\s+no\b`), regexp.MustCompile(`(?i)config\s+set\s+(?:slave|replica)-read-only\s+yes`),
		"a replica is made writable and nothing makes it read-only again", lint.Warning,
	},
	{
		regexp.MustCompile(`(?i)\bredis-cli\b.*\bconfig\s+set\s+stop-writes-on-bgsave-error\s+no\b`), regexp.MustCompile(`(?i)stop-writes-on-bgsave-error\s+yes`),
		"Redis goes on to accept writes that it cannot save, and nothing switches that back", lint.Warning,
	},
	{
		regexp.MustCompile(`(?i)\bredis-cli\b.*\bconfig\s+set\s+(?:save\s+(?:""|'')|appendonly\s+no)`), regexp.MustCompile(`(?i)config\s+set\s+(?:save\s+["']?\d|appendonly\s+yes)`),
		"saving to disk is switched off and nothing switches it on again", lint.Warning,
	},
	{
		regexp.MustCompile(`(?i)\bscale\b.*--replicas[= ]0\b`), regexp.MustCompile(`(?i)--replicas[= ](?:[1-9]|\$|<|\{|N\b|n\b)|\breplicas:\s*[1-9]|\bscale\b[^.\n]{0,40}\b(?:back|up)\b|\bdelete\b`),
		"the workload is scaled to 0 and nothing scales it up again", lint.Warning,
	},
}

var (
	scalesDown = regexp.MustCompile(`(?i)\bscal\w+ (?:it |them )?down\b|\breduce\b.*\b(?:pressure|load|replicas|connections)\b`)
	scalesBack = regexp.MustCompile(`(?i)\bscal\w+ (?:\w+ ){0,3}(?:up|back|out)\b|\b(?:restore|return|back to)\b.*\b(?:replicas|scale)\b`)
	manyPods   = regexp.MustCompile(`--replicas[= ](?:[2-9]|\d\d|\$|<|\{)`)
)

var notRestored = rule.Rule{
	ID: "not-restored", Title: "what is switched off is switched on again", Severity: lint.Warning,
	Why: "the incident ends, and the state that the runbook left behind stays",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		var rest string
		for _, c := range in.Script.Calls {
			if n, ok := c.Value("--replicas"); ok && c.Program == "kubectl" && c.Word(0) == "scale" && n.Text == "1" && scalesDown.MatchString(in.Purpose(c.Statement)) && !manyPods.Match(in.Source) && !scalesBack.Match(in.Source) {
				report(rule.At(c, "the workload is scaled down and nothing scales it up again", "add the step that brings it back, and when to run it"))
				break
			}
		}
		for _, p := range pairs {
			for i, s := range in.Statements {
				if s.Kind != "command" && s.Kind != "query" || !p.off.MatchString(s.Text) {
					continue
				}
				if rest == "" {
					rest = string(in.Source)
				}
				if !p.on.MatchString(rest) {
					f := in.On(i, p.text, "add the step that brings it back, and when to run it")
					f.Severity = p.severity
					report(f)
				}
				break
			}
		}
	},
}
