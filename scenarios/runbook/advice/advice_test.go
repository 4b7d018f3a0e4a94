package advice

import (
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/rule/ruletest"
)

func shell(commands string) string { return ruletest.Shell(commands) }

func outage(commands string) string { return "# S\n\n## Outage\n\n```bash\n" + commands + "\n```\n" }

func yaml(text string) string { return "# S\n\n```yaml\n" + text + "\n```\n" }

// examples have for each rule what it must find, what differs as little as
// possible and is right, and traps.
var examples = map[string]ruletest.Examples{
	"unverified": {
		[]string{outage("kubectl rollout restart deploy/shop"), "# S\n\n## Shop is down\n\n### Remedy\n\n```bash\nsudo systemctl restart shop\n```\n\n## B\n\n```bash\ncurl http://h/health\n```\n"},
		[]string{outage("kubectl rollout restart deploy/shop\nkubectl rollout status deploy/shop"), outage("kubectl rollout undo deploy/shop") + "\nThe error rate should fall.\n", "# S\n\n## Shop is down\n\n### Remedy\n\n```bash\nsystemctl restart shop\n```\n\n### Verification\n\n```bash\ncurl http://h/health\n```\n", outage("helm rollback shop --wait"), outage("kubectl get pods"), outage("systemctl restart shop && systemctl status shop"), shell("kubectl rollout restart deploy/shop")},
	},
	"no-command": {
		[]string{"# S\n\n```bash\n# Tell the other team\n# Change both at once\n```\n"},
		[]string{shell("# Look\nls"), "# S\n\n```text\n# Tell the other team\n```\n", "# S\n\n```bash\n\n```\n", "# S\n\n```python\n# later\n```\n"},
	},
	"temporary": {
		[]string{shell("# Raise the limit temporarily\nkubectl set env deploy/shop RATE_LIMIT=200"), shell("# Temporarily keep less\nkafka-configs.sh --bootstrap-server k:9092 --entity-type topics --entity-name t --alter --add-config retention.ms=1000"), "# S\n\n## A\n\nTemporarily keep more in memory:\n\n```bash\nredis-cli CONFIG SET maxmemory 4gb\n```\n"},
		[]string{shell("# Raise the limit temporarily\nkubectl set env deploy/shop RATE_LIMIT=200\n# Back to normal\nkubectl set env deploy/shop RATE_LIMIT=100"), shell("# Raise the limit\nkubectl set env deploy/shop RATE_LIMIT=200"), shell("# Raise the limit temporarily\nkubectl set env deploy/shop RATE_LIMIT=200") + "\nRevert it when the peak is over.\n", shell("# Look for temporary files\nls /tmp")},
	},
	"unnamed-setting": {
		[]string{"# S\n\n- Increase the connection pool size\n", "# S\n\n1. Raise timeouts\n"},
		[]string{"# S\n\n- Increase the connection pool size with `DB_POOL`\n", "# S\n\n- Increase the connection pool size\n\n```bash\nkubectl set env deploy/a DB_POOL=30\n```\n", "# S\n\n- Increase awareness\n", "# S\n\n- Timeouts increase\n"},
	},
	"reserved-address": {
		[]string{"# S\n\n| Lead | oncall@example.com |\n", "# S\n\nCall +1-555-0123.\n", "# S\n\n[Board](https://grafana.example.com/d/1)\n", "# S\n\nhttps://github.com/your-org/shop/actions\n", "# S\n\nhttps://github.com/user/repo\n"},
		[]string{"# S\n\n| Lead | oncall@shop.io |\n", "# S\n\nCall +1-212-736-5000.\n", "# S\n\nexample: com@home\n", "# S\n\nPort 5555 and 555 requests.\n", "# S\n\nhttps://examples.community.io\n", "# S\n\nhttps://github.com/prometheus/prometheus\n"},
	},
	"escalate-nobody": {
		[]string{"# S\n\n- If it stays, escalate to the platform team.\n", "# S\n\nContact the DBA.\n", "# S\n\n## Escalation Criteria\n\nEscalate to senior SRE if:\n\n- it stays\n"},
		[]string{"# S\n\n- If it stays, escalate to the platform team in #platform.\n", "# S\n\n- Contact the DBA.\n\nThe schedule is in PagerDuty.\n", "# S\n\nThe team is large.\n", "# S\n\n- Escalate to the lead.\n\n## Contacts\n\n- Lead: Ada\n"},
	},
	"empty-section": {
		[]string{"# S\n\n## A\n\n## B\n\nText.\n", "# S\n\n## A\n\nText.\n\n## B\n"},
		[]string{"# S\n\n## A\n\n### B\n\nText.\n", "# S\n\n## A\n\n- one\n", "# S\n", "# S\n\n## Never do this while the leader is being elected\n\n## B\n\nText.\n", "# S\n\n## A\n\n![x](y.png)\n\n## B\n\n`x`\n"},
	},
	"numbering": {
		[]string{"# S\n\n## 1. A\n\na\n\n## 2. B\n\nb\n\n## 4. C\n\nc\n", "# S\n\n## Step 1: A\n\na\n\n## Step 1: B\n\nb\n\n## Step 1: C\n\n## Step 3: D\n\nd\n"},
		[]string{"# S\n\n## 1. A\n\na\n\n## 2. B\n\nb\n", "# S\n\n## Step 1: A\n\n## B\n\n### Step 1: C\n\n### Step 2: D\n", "# S\n\n## 502 errors\n\na\n\n## 504 errors\n\nb\n", "# S\n\n## 4. A\n\n## 7. B\n", "# S\n\n## Step 1\n\n## Phase 3\n"},
	},
	"named-section": {
		[]string{"# S\n\nProceed to the \"Quick fix\" section.\n", "# S\n\n## Playbook 1\n\nSee Playbook 4.\n"},
		[]string{"# S\n\nProceed to the \"Quick fix\" section.\n\n## Quick fix\n\na\n", "# S\n\n**Quick fix:** restart.\n\nSee the \"Quick fix\" section.\n", "# S\n\nSee the \"Replication\" section of the manual.\n", "# S\n\nSee Playbook 1.\n\n## Playbook 1\n\na\n", "# S\n\nSee section 2.\n\n## 2. Remedy\n\na\n", "# S\n\nSee Section 3 of RFC 9110.\n"},
	},
	"error-ratio": {
		[]string{"# S\n\nMore than 5% fail: `rate(http_requests_total{status=~\"5..\"}[5m]) > 0.05`\n", yaml("- alert: A\n  expr: sum(rate(errors_total[5m])) > 0.01\n  annotations:\n    summary: more than 1% of requests fail")},
		[]string{"# S\n\nMore than 5% fail: `rate(errors_total[5m]) / rate(requests_total[5m]) > 0.05`\n", "# S\n\nMore than one in 20 seconds: `rate(errors_total[5m]) > 0.05`\n", yaml("- alert: A\n  expr: |\n    sum(rate(errors_total[5m]))\n    / sum(rate(requests_total[5m])) > 0.01\n  annotations:\n    summary: more than 1% of requests fail"), "# S\n\nCPU over 80%: `rate(cpu_seconds_total[5m]) > 0.8`\n"},
	},
	"promql": {
		[]string{"`rate(sum(errors_total)[5m])`\n", "`up{job=\"a\"} == 3`\n", "`rate(errors_total{job=\"a\"}) > 1`\n", "`histogram_quantile(0.99, request_seconds_bucket)`\n", "`histogram_quantile(0.99, sum(rate(request_seconds_bucket[5m])))`\n", "`histogram_quantile(0.99, rate(request_seconds[5m]))`\n"},
		[]string{"`sum(rate(errors_total[5m]))`\n", "`up{job=\"a\"} == 1`\n", "`sum(up) == 3`\n", "`backup == 30`\n", "`rate(errors_total[5m])`\n", "`histogram_quantile(0.99, sum by (le) (rate(request_seconds_bucket[5m])))`\n", "`histogram_quantile(0.99, sum(rate(request_seconds_bucket[5m])) by (le, job))`\n", "`histogram_quantile(0.99, job:request_seconds:rate5m)`\n", "The rate (sum of all) rises.\n", "`rate(limit)`\n"},
	},
	"alert-rule": {
		[]string{yaml("- alert: Down\n  expr: up == 0\n  severity: critical"), yaml("alert: Down\nexpr: up == 0\nfor: 1m\nsummary: It is down")},
		[]string{yaml("- alert: Down\n  expr: up == 0\n  labels:\n    severity: critical\n  annotations:\n    summary: It is down"), yaml("- alert: Down\n  severity: critical\n  when: never"), yaml("severity: critical\nrules:\n  - alert: Down\n    expr: up == 0")},
	},
}

func TestEveryRuleFindsItsBadExamplesAndPassesItsGoodOnes(t *testing.T) {
	ruletest.Check(t, Rules(), examples)
}

func FuzzAdvice(f *testing.F) { ruletest.Fuzz(f, Rules(), examples) }
