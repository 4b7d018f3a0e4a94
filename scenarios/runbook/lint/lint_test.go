package lint_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/hazards"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	commands "github.com/runproof/runproof/scenarios/runbook/rules"
)

func input(text string) lint.Input {
	d := document.Parse([]byte(text))
	return lint.Input{Document: d, Binding: runbook.BindDocument(d), Excuse: runbook.Excuse, Exists: func(path string) bool { return path == "there.md" }}
}

func found(text string) []string {
	var list []string
	for _, f := range lint.Run(input(text), lint.Rules()) {
		list = append(list, f.Rule)
	}
	return list
}

var edition = string(runbook.Edition())

// rules have a bad example each, in which the rule finds something, and a good
// one that differs as little as possible.
var rules = map[string]struct{ bad, good string }{
	"not-text":     {"# A\n\x00\x01\xff\xfe\x00\x00\x80", "# A\nÄ"},
	"shell-syntax": {"```bash\necho \"open\n```", "```bash\necho \"open\"\n```"},
	"sql-syntax":   {"```sql\nSELECT a, FROM t WHERE;\n```", "```sql\nSELECT a FROM t WHERE b;\n```"},
	"yaml-syntax":  {"```yaml\na: [1\nb: 2\n```", "```yaml\na: [1]\nb: 2\n```"},
	"json-syntax":  {"```json\n{\"a\": 1,}\n```", "```json\n{\"a\": 1}\n```"},
	"block-language": {
		"```bash\nprobe:\n  path: /x\n```",
		"```yaml\nprobe:\n  path: /x\n```",
	},
	"link":        {"# A\n[x](#b) [y](gone.md)", "# A\n[x](#a) [y](there.md) [z](https://example.org/any)"},
	"contents":    {"# T\n## Contents\n- [A](#a)\n## A\n## B\n", "# T\n## Contents\n- [A](#a)\n- [B](#b)\n## A\n## B\n"},
	"placeholder": {"| Who |\n|---|\n| [Team Lead] |\n", "| Who |\n|---|\n| the team's lead |\n"},
	"variable":    {"```bash\npsql -h $MY_HOST\n```", "`MY_HOST` is where it is.\n```bash\npsql -h $MY_HOST\n```"},
	"command-host": {
		"```bash\ncurl -X POST /api/v1/x -d '{}'\n```",
		"```bash\ncurl -X POST http://h:1/api/v1/x -d '{}' -o /dev/null | grep /x\n```",
	},
	"command-scope": {
		"```bash\nkubectl get pods -n x\nkubectl rollout undo deployment/a\n```",
		"```bash\nkubectl get pods -n x\nkubectl rollout undo deployment/a --namespace x\nkubectl get nodes\n```",
	},
	"path-twice": {
		"500 on POST /things.\n```bash\ncurl http://h:1/api/v1/things\n```",
		"500 on POST /api/v1/things.\n```bash\ncurl http://h:1/api/v1/things\n```",
	},
	"output-field": {
		"```bash\ncurl http://h:1/x | jq '.a.c'\ncurl http://h:1/x | jq\n# Expected output:\n# {\n#  \"a\": {\"b\": 1}\n# }\n```",
		"```bash\ncurl http://h:1/x | jq '.a.b'\ncurl http://h:1/x | jq .\n```\nExpected output:\n```json\n{\n  \"a\": {\"b\": 1}\n}\n```",
	},
	"key-scope": {
		"## K\n```bash\nredis-cli KEYS \"a:*\"\n\n# Clear all\nredis-cli KEYS \"svc:*\"\n```",
		"## K\n```bash\nredis-cli KEYS \"svc:a:*\"\n\n# Clear all\nredis-cli KEYS \"svc:*\"\n```",
	},
	"duplicate": {
		"- The breaker waits for 30 seconds.\n- The breaker waits for 60 seconds.\n",
		"- The breaker waits for 30 seconds.\n- The cache waits for 60 seconds.\n- The breaker waits for 30 s.\n",
	},
	"stale": {
		strings.Replace(edition, "after 30 seconds", "after 60 seconds", 1),
		edition,
	},
	"ambiguous": {
		strings.Replace(edition, "\n- What would take too long is answered with 504.", "\n- Answered with 504.\n- Answered 504.", 1),
		edition,
	},
	"gone": {strings.Split(edition, "\n## Recovery procedures")[0], edition},
	"ignore": {
		"# A\n<!-- runproof: ignore link -->\n[x](#b)\n",
		"# A\n<!-- runproof: ignore link the tool adds the heading -->\n[x](#b)\n",
	},
	"unclaimed": {strings.Replace(edition, "\n## Appendix", "\nThe moon is full.\n\n## Appendix", 1), strings.Replace(edition, "\n## Appendix", "\nThe moon is full. <!-- untestable: of the moon -->\n\n## Appendix", 1)},
	"renamed-command": {
		"```\nmaxmemory 4gb\nmaxmemory-policy lru\nrename-command FLUSHDB \"\"\nmaxclients 5\ntcp-backlog 5\n```\n```bash\nredis-cli -n 0 FLUSHDB\n```",
		"```\nmaxmemory 4gb\nmaxmemory-policy lru\nrename-command FLUSHDB \"\"\nmaxclients 5\ntcp-backlog 5\n```\n```bash\nredis-cli -n 0 DBSIZE\n```",
	},
	"password": {
		"```\nmaxmemory-policy lru\nrequirepass secret\ntcp-backlog 5\n```\n```bash\nredis-cli -h x ping\n```",
		"```\nmaxmemory-policy lru\nrequirepass secret\ntcp-backlog 5\n```\n```bash\nredis-cli -h x -a $PASS ping\n```",
	},
	"host-names": {
		"```bash\nredis-cli -h redis ping\nredis-cli -h redis.svc ping\nredis-cli -h $REDIS_HOST ping\n```",
		"```bash\nredis-cli -h redis ping\nredis-cli -h redis-replica.svc ping\nredis-cli -h $REDIS_HOST ping\n```",
	},
}

func TestEveryRuleFindsItsBadExampleAndPassesItsGoodOne(t *testing.T) {
	for _, r := range lint.Rules() {
		example, ok := rules[r.ID]
		if !ok {
			t.Errorf("rule %s has no examples", r.ID)
			continue
		}
		if got := found(example.bad); !slices.Contains(got, r.ID) {
			t.Errorf("%s misses its bad example: %v", r.ID, got)
		}
		if got := found(example.good); slices.Contains(got, r.ID) {
			t.Errorf("%s finds something in its good example: %v", r.ID, got)
		}
		if r.Title == "" || r.Why == "" {
			t.Errorf("%s does not say what it is about", r.ID)
		}
	}
	if len(rules) != len(lint.Rules()) {
		t.Errorf("%d examples for %d rules", len(rules), len(lint.Rules()))
	}
}

func TestTheEditionIsClean(t *testing.T) {
	for _, f := range lint.Run(input(string(runbook.Edition())), lint.Rules()) {
		t.Errorf("%d:%d: %s: %s", f.Line, f.Column, f.Rule, f.Text)
	}
}

// TestEveryFixNamesARuleThatFindsTheFault in the operators' original. What the
// hazard rules find takes a run.
func TestEveryFixNamesARuleThatFindsTheFault(t *testing.T) {
	path := os.Getenv("RUNPROOF_ORIGINAL_RUNBOOK")
	if path == "" {
		t.Skip("the operators' original is not on this machine")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, fixes, found := strings.Cut(string(runbook.Edition()), "\n## Fixes\n")
	if !found {
		t.Fatal("the edition does not list its fixes")
	}
	inOriginal := map[string]int{}
	for _, f := range lint.Run(input(string(text)), slices.Concat(lint.Rules(), commands.All())) {
		inOriginal[f.Rule]++
		t.Logf("%d:%d: %s: %s", f.Line, f.Column, f.Rule, f.Text)
		own := slices.ContainsFunc(lint.Rules(), func(r lint.Rule) bool { return r.ID == f.Rule })
		if own && f.Rule != "gone" && !strings.Contains(fixes, "- `"+f.Rule+"`: ") {
			t.Errorf("%s finds a fault that no fix of the edition names", f.Rule)
		}
	}
	for _, line := range strings.Split(fixes, "\n") {
		if rule, ok := strings.CutPrefix(line, "- `"); ok {
			rule, _, _ = strings.Cut(rule, "`")
			ofARun := slices.ContainsFunc(hazards.Rules(), func(r hazards.Rule) bool { return r.ID == rule })
			if inOriginal[rule] == 0 && !ofARun {
				t.Errorf("a fix names the rule %q, which finds nothing in the original", rule)
			}
		}
	}
}
