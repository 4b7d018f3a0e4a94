package manifest

import (
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/rule/ruletest"
)

func yamlBlock(text string) string { return "# S\n\n## A\n\n```yaml\n" + text + "\n```\n" }

const pod = "  template:\n    metadata:\n      labels:\n        app: a\n    spec:\n      containers:\n        - name: a\n          image: a:1\n"

func alert(expr, wait, summary string) string {
	return yamlBlock("- alert: A\n  expr: " + expr + "\n  for: " + wait + "\n  annotations:\n    summary: \"" + summary + "\"")
}

// examples have for each rule what it must find, what differs as little as
// possible and is right, and traps.
var examples = map[string]ruletest.Examples{
	"manifest-selector": {
		[]string{yamlBlock("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n" + pod), yamlBlock("apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: a\nspec:\n  selector:\n    matchLabels:\n      app: a\n  template:\n    spec:\n      containers:\n        - name: a\n          image: a:1\n")},
		[]string{
			yamlBlock("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  selector:\n    matchLabels:\n      app: a\n" + pod), yamlBlock("kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: a:2"),
			yamlBlock("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          resources: {}\n"), yamlBlock("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  # ...\n" + pod), yamlBlock("apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec:\n" + pod),
		},
	},
	"image-tool": {
		[]string{yamlBlock("containers:\n  - name: a\n    image: alpine:3\n    command: [\"/bin/sh\", \"-c\"]\n    args:\n      - |\n        # clean\n        docker system prune -f"), yamlBlock("services:\n  a:\n    image: postgres:16\n    command: sh -c \"pg_dump a > a.sql && aws s3 cp a.sql s3://b\"")},
		[]string{yamlBlock("containers:\n  - name: a\n    image: alpine:3\n    args: [\"apk add curl && curl http://h\"]"), yamlBlock("containers:\n  - name: a\n    image: alpine:3\n    args: [\"find /data -name docker -delete\"]"), yamlBlock("containers:\n  - name: a\n    image: bitnami/kubectl\n    args: [\"kubectl get pods\"]"), yamlBlock("containers:\n  - name: a\n    image: alpine:3\n    args:\n      - |\n        # docker is not here\n        df -h")},
	},
	"memory-headroom": {
		[]string{yamlBlock("services:\n  redis:\n    command: redis-server --maxmemory 2gb --maxmemory-policy allkeys-lru\n    mem_limit: 2g"), yamlBlock("containers:\n  - name: a\n    env:\n      - name: JAVA_OPTS\n        value: -Xmx2g\n    resources:\n      limits:\n        memory: 2Gi")},
		[]string{yamlBlock("services:\n  redis:\n    command: redis-server --maxmemory 1gb\n    mem_limit: 2g"), yamlBlock("services:\n  redis:\n    command: redis-server --maxmemory 2gb"), yamlBlock("containers:\n  - name: a\n    env:\n      - name: JAVA_OPTS\n        value: -Xmx1536m\n    resources:\n      limits:\n        memory: 2Gi")},
	},
	"alert-number": {
		[]string{alert("a / b > 0.9", "5m", "usage above 80%"), alert("a > 0.9", "5m", "usage above 90% for more than 10 minutes"), "# S\n\n## A\n\nThreshold: more than 80%\n\n```promql\nused_bytes / size_bytes > 0.9\n```\n"},
		[]string{
			alert("a / b > 0.9", "5m", "usage above 90%"), alert("a / b < 0.15", "5m", "disk usage above 85%"), alert("a > 90", "5m", "usage above 90% for 5 minutes"), alert("a > 500", "5m", "5% of requests are slower"), alert("a / b > 0.9 and c > 10", "5m", "usage above 80%"), alert("a > 1.5", "5m", "50% more than before"),
			"# S\n\n## A\n\nThreshold: more than 80%\n\n```promql\nused_bytes / size_bytes > 0.8\n```\n", "# S\n\n## A\n\nThreshold: more than 80%\n\n## B\n\n```promql\nused_bytes / size_bytes > 0.9\n```\n",
		},
	},
}

func TestEveryRuleFindsItsBadExamplesAndPassesItsGoodOnes(t *testing.T) {
	ruletest.Check(t, Rules(), examples)
}

func FuzzManifest(f *testing.F) { ruletest.Fuzz(f, Rules(), examples) }
