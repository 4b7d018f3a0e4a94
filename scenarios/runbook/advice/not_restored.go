package advice

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// pair is something that is switched off and must be switched on again.
type pair struct {
	// key is a word of what is matched, in small letters, that is looked for first.
	key      string
	off, on  *regexp.Regexp
	text     string
	severity lint.Severity
}

var pairs = []pair{
	{
		"row level", regexp.MustCompile(`(?i)\bdisable\s+row\s+level\s+security\b`), regexp.MustCompile(`(?i)\benable\s+row\s+level\s+security\b`),
		"row level security is switched off and nothing switches it on again: every tenant sees all rows", lint.Error,
	},
	{
		"", regexp.MustCompile(`\b(?:kubectl|oc)\s+(?:adm\s+)?(?:cordon|drain)\s+\S`), regexp.MustCompile(`\buncordon\b|(?i)\b(?:delete|remove|terminat\w+|replac\w+|decommission\w*|recycl\w+|reboot\w*|destroy\w*|scale[sd]? down) (?:the |this |that |your |old |a )*(?:nodes?|instances?|machines?|vms?)\b|\b(?:delete|rm) (?:node|machine)`),
		"the node is taken out of service and nothing brings it back (uncordon)", lint.Warning,
	},
	{
		"trigger", regexp.MustCompile(`(?i)\balter\s+table\s+\S+\s+disable\s+trigger\b`), regexp.MustCompile(`(?i)\benable\s+trigger\b`),
		"a trigger is switched off and nothing switches it on again", lint.Error,
	},
	{
		"pause", regexp.MustCompile(`\b(?:kubectl|oc)\b.*\brollout\s+pause\b`), regexp.MustCompile(`\brollout\s+resume\b`),
		"the rollout is paused and nothing resumes it", lint.Warning,
	},
	{
		"read-only", regexp.MustCompile(`(?i)\bredis-cli\b.*\bconfig\s+set\s+(?:slave|replica)-read-only\s+no\b`), regexp.MustCompile(`(?i)config\s+set\s+(?:slave|replica)-read-only\s+yes`),
		"a replica is made writable and nothing makes it read-only again", lint.Warning,
	},
	{
		"stop-writes", regexp.MustCompile(`(?i)\bredis-cli\b.*\bconfig\s+set\s+stop-writes-on-bgsave-error\s+no\b`), regexp.MustCompile(`(?i)stop-writes-on-bgsave-error\s+yes`),
		"Redis goes on to accept writes that it cannot save, and nothing switches that back", lint.Warning,
	},
	{
		"config", regexp.MustCompile(`(?i)\bredis-cli\b.*\bconfig\s+set\s+(?:save\s+(?:""|'')|appendonly\s+no)`), regexp.MustCompile(`(?i)config\s+set\s+(?:save\s+["']?\d|appendonly\s+yes)`),
		"saving to disk is switched off and nothing switches it on again", lint.Warning,
	},
	{
		"replicas", regexp.MustCompile(`(?i)\bscale\b.*--replicas[= ]0\b`), regexp.MustCompile(`(?i)--replicas[= ](?:[1-9]|\$|<|\{|N\b|n\b)|\breplicas:\s*[1-9]|\bscale\b[^.\n]{0,40}\b(?:back|up)\b|\bdelete\b`),
		"the workload is scaled to 0 and nothing scales it up again", lint.Warning,
	},
	{
		"set env", regexp.MustCompile(`(?i)\bset env\b.*\b(?:RUST_LOG=\S*(?:trace|debug)|\w*LOG_?LEVEL=(?:trace|debug)|DEBUG=(?:1|true|\*))`), regexp.MustCompile(`(?i)\b(?:RUST_LOG|\w*LOG_?LEVEL)(?:=(?:info|warn\w*|error)|-)|\bDEBUG(?:=(?:0|false)|-)|\b(?:turn|switch|revert|restore|disable|reset|back)\w*\b[^.\n]{0,40}\b(?:log\w*|debug|trace|off|info)\b|\brollout undo\b`),
		"verbose logging is switched on in the service and nothing switches it off again", lint.Warning,
	},
	{
		"setprofilinglevel", regexp.MustCompile(`\bsetProfilingLevel\(\s*[12]`), regexp.MustCompile(`\bsetProfilingLevel\(\s*0`),
		"the profiler of MongoDB is switched on and nothing switches it off again", lint.Warning,
	},
	{
		"log", regexp.MustCompile(`(?i)\balter\s+system\s+set\s+(?:log_statement\s*(?:=|to)\s*'?all|log_min_duration_statement\s*(?:=|to)\s*'?0)|\bset\s+global\s+general_log\s*=\s*(?:1|'?on)`), regexp.MustCompile(`(?i)\balter\s+system\s+(?:reset\s+log_\w+|set\s+log_\w+\s*(?:=|to)\s*'?(?:none|ddl|[1-9-]))|general_log\s*=\s*(?:0|'?off)`),
		"every statement is logged and nothing ends that again", lint.Warning,
	},
	{
		"replay_pause", regexp.MustCompile(`(?i)\bpg_wal_replay_pause\s*\(`), regexp.MustCompile(`(?i)\bpg_wal_replay_resume\b|\bpg_promote\b`),
		"replay of the standby is paused and nothing resumes it", lint.Warning,
	},
	{
		"allow_connections", regexp.MustCompile(`(?i)\ballow_connections\s*(?:=\s*)?false\b`), regexp.MustCompile(`(?i)\ballow_connections\s*(?:=\s*)?true\b|\bdrop\s+database\b|\bdropdb\b|\brename to\b`),
		"the database is closed for connections and nothing opens it again", lint.Error,
	},
	{
		"suspend-processes", regexp.MustCompile(`\baws\s+autoscaling\s+suspend-processes\b`), regexp.MustCompile(`\bresume-processes\b`),
		"the scaling group is suspended and nothing resumes it", lint.Warning,
	},
	{
		"disable-rule", regexp.MustCompile(`\baws\s+events\s+disable-rule\b`), regexp.MustCompile(`\benable-rule\b`),
		"the scheduled rule is disabled and nothing enables it again", lint.Warning,
	},
	{
		"cronjob", regexp.MustCompile(`\b(?:kubectl|oc)\b.*\bpatch\s+cronjobs?\b.*suspend"?\s*:\s*true`), regexp.MustCompile(`suspend"?\s*:\s*false`),
		"the job is suspended and nothing resumes it", lint.Warning,
	},
	{
		"setenforce", regexp.MustCompile(`\bsetenforce\s+0\b`), regexp.MustCompile(`\bsetenforce\s+1\b|\brestorecon\b|\breboot\b`),
		"SELinux is switched off and nothing switches it on again", lint.Warning,
	},
	{
		"stop_app", regexp.MustCompile(`\brabbitmqctl\b.*\bstop_app\b`), regexp.MustCompile(`\bstart_app\b`),
		"the broker is stopped and nothing starts it again", lint.Error,
	},
	{
		"osd", regexp.MustCompile(`\bceph\s+osd\s+set\s+no\w+`), regexp.MustCompile(`\bceph\s+osd\s+unset\b`),
		"a flag of the cluster is set and nothing unsets it", lint.Warning,
	},
	{
		"sync-policy", regexp.MustCompile(`\bargocd\s+app\s+set\b.*--sync-policy[= ]none`), regexp.MustCompile(`--sync-policy[= ]auto`),
		"automatic synchronisation is switched off and nothing switches it on again", lint.Warning,
	},
	{
		"tables", regexp.MustCompile(`\bip6?tables\s+(?:-[AI]|--append|--insert)\b.*\b(?:DROP|REJECT)\b`), regexp.MustCompile(`\bip6?tables\s+(?:-D|--delete|-F|-X)\b|\biptables-restore\b|(?i)\b(?:malicious|suspicious|attack\w*|abus\w+|offend\w+)\b`),
		"packets are dropped and nothing takes the rule away again", lint.Warning,
	},
	{
		"nologin", regexp.MustCompile(`(?i)\balter\s+(?:role|user)\s+\S+\s+(?:with\s+)?nologin\b`), regexp.MustCompile(`(?i)\balter\s+(?:role|user)\s+\S+\s+(?:with\s+)?login\b|\bdrop\s+(?:role|user)\b|\b(?:compromis|revok|leav|depart|terminat)\w+`),
		"a role is locked out and nothing lets it in again", lint.Warning,
	},
}

var (
	scalesDown = regexp.MustCompile(`(?i)\bscal\w+ (?:it |them )?down\b|\breduce\b.*\b(?:pressure|load|replicas|connections)\b`)
	scalesBack = regexp.MustCompile(`(?i)\bscal\w+ (?:\w+ ){0,3}(?:up|back|out)\b|\b(?:restore|return|back to)\b.*\b(?:replicas|scale)\b`)
	manyPods   = regexp.MustCompile(`--replicas[= ](?:[2-9]|\d\d|\$|<|\{)`)
)

// lowered is a command or a query in small letters.
type lowered struct {
	statement int
	lower     string
}

var notRestored = rule.Rule{
	ID: "not-restored", Title: "what is switched off is switched on again", Severity: lint.Warning,
	Why: "the incident ends, and the state that the runbook left behind stays",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		var rest string
		var changes []lowered
		for i, s := range in.Statements {
			if s.Kind == document.Command || s.Kind == document.Query {
				changes = append(changes, lowered{i, strings.ToLower(s.Text)})
			}
		}
		for _, c := range in.Script.Calls {
			if n, ok := c.Value("--replicas"); ok && c.Program == "kubectl" && c.Word(0) == "scale" && n.Text == "1" && scalesDown.MatchString(in.Purpose(c.Statement)) && !manyPods.Match(in.Source) && !scalesBack.Match(in.Source) {
				report(rule.At(c, "the workload is scaled down and nothing scales it up again", "add the step that brings it back, and when to run it"))
				break
			}
		}
		for _, p := range pairs {
			for _, c := range changes {
				i := c.statement
				if !strings.Contains(c.lower, p.key) || !p.off.MatchString(in.Statements[i].Text) {
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
