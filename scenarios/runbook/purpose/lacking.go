package purpose

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/script"
)

type call = script.Call

// lacking lists, by program, what its commands do not show. Each entry is sure:
// the words name something that this form of the command has no trace of.
var lacking = map[string][]lack{
	"kubectl": ofCluster, "oc": ofCluster,
	"df": {{
		words: regexp.MustCompile(`(?i)\binodes?\b`), when: func(c *call) bool { return !c.Flag("-i", "--inodes", "--output") },
		text: "df shows blocks, not inodes", proposal: "use df -i",
	}},
	"ss": listening, "netstat": listening,
	"curl": {
		{
			words: regexp.MustCompile(`(?i)\b(?:response times?|latency|how long)\b`), when: func(c *call) bool {
				return !c.Flag("-w", "--write-out", "-v", "--trace-time") && !c.Through("time") && !c.Guarded && plain(c)
			},
			text: "curl does not show how long the answer took", proposal: "add -o /dev/null -w '%{time_total}\\n'",
		},
		{
			words: regexp.MustCompile(`(?i)\b(?:status codes?|http codes?|response codes?|http status)\b`), when: func(c *call) bool {
				return !c.Flag("-w", "--write-out", "-v", "--verbose", "-i", "--include", "-I", "--head", "-f", "--fail", "-D", "--fail-with-body") && plain(c)
			},
			text: "curl shows the body, not the status", proposal: "add -i, or -o /dev/null -w '%{http_code}\\n'",
		},
	},
	"openssl": {{
		words: regexp.MustCompile(`(?i)\bexpir\w*\b|\bvalid(?:ity)? (?:until|date|period)\b`), when: func(c *call) bool {
			return c.Word(0) == "s_client" && c.Next() == nil
		},
		text: "s_client prints the certificate encoded: when it expires is not readable", proposal: "add </dev/null 2>/dev/null | openssl x509 -noout -dates",
	}},
	"echo": {{
		words: regexp.MustCompile(`^(?i)(?:\d+[.)] *)?(?:announce|notify|alert|page|inform)\b`), when: func(c *call) bool { return c.Next() == nil && len(c.Redirects) == 0 && !c.Guarded },
		text: "echo tells nobody but the terminal it runs in", proposal: "say where it is announced, with the command or the channel",
	}},
	"mongosh": ofMongo, "mongo": ofMongo,
	"redis-check-rdb": {{
		words: regexp.MustCompile(`(?i)\b(?:fix|repair|recover)\w*\b|\bcorrupt\w*\b`), unless: regexp.MustCompile(`(?i)\b(?:check|verify|test|detect|validate|inspect|diagnos\w+)\b`), when: always,
		text: "redis-check-rdb only checks: it repairs nothing", proposal: "say from which copy the file is restored",
	}},
	"free": {{
		words: regexp.MustCompile(`(?i)\b(?:which|per|by|top|each) (?:\w+ )?process\w*\b|\bprocesses (?:using|with|by)\b`), when: always,
		text: "free shows the machine's memory, not that of processes", proposal: "use ps aux --sort=-%mem | head",
	}},
	"docker": {{
		words: regexp.MustCompile(`(?i)\bexit(?:ed)? (?:code|status)\b|\b(?:exited|stopped|crashed|dead) containers?\b`), unless: regexp.MustCompile(`(?i)\brunning\b`), when: func(c *call) bool {
			return c.Word(0) == "ps" && !c.Flag("-a", "--all", "-f", "--filter", "-l", "-n") && len(c.Via) == 0
		},
		text: "docker ps lists running containers only", proposal: "add -a",
	}},
}

func always(*call) bool { return true }

// plain tells whether what a request prints is not made into something else,
// and goes to an address of a service, not of its metrics.
func plain(c *call) bool {
	text := c.String()
	return c.Next() == nil && len(c.Redirects) == 0 && !strings.Contains(text, "query") && !strings.Contains(text, "metrics") && !strings.Contains(text, "9090") && !c.Flag("-K", "--config")
}

var listening = []lack{{
	words:  regexp.MustCompile(`(?i)\b(?:established|active|open|client|current|number of|count) connections?\b|\bconnections? (?:count|to|from|per|in)\b|\bTIME_WAIT\b|\bCLOSE_WAIT\b`),
	unless: regexp.MustCompile(`(?i)\blisten`),
	when:   func(c *call) bool { return c.Flag("-l", "--listening") && !c.Flag("-a", "--all") },
	text:   "-l shows the ports that are listened on, and no connection", proposal: "leave -l out, or use -a",
}}

var ofMongo = []lack{
	{
		words: regexp.MustCompile(`(?i)\bindex(?:es)? (?:usage|use|statistics|stats)\b|\bunused index`), when: func(c *call) bool { return strings.Contains(c.String(), "getIndexes") },
		text: "getIndexes lists the indexes, and not how often each is used", proposal: "use aggregate([{$indexStats: {}}])",
	},
	{
		words: regexp.MustCompile(`(?i)\b(?:slow|query) (?:logs?|quer\w+)\b`), unless: regexp.MustCompile(`(?i)\b(?:enable|turn on|switch on|start|activate|set)\b|\bprofil\w+`), when: func(c *call) bool { return strings.Contains(c.String(), "setProfilingLevel") },
		text: "setProfilingLevel begins to record, and shows nothing", proposal: "read db.system.profile afterwards, and set the level back",
	},
}

// wide are forms of output that have more than the columns of a list.
func wide(c *call) bool {
	for _, a := range c.Args {
		if strings.HasPrefix(a.Text, "-o") && a.Text != "-owide" && a.Text != "-o" || strings.HasPrefix(a.Text, "--output=") && a.Text != "--output=wide" || a.Text == "--show-labels" || a.Text == "-L" || strings.HasPrefix(a.Text, "--template") || strings.HasPrefix(a.Text, "--sort-by") {
			return true
		}
	}
	w, ok := c.Value("-o", "--output")
	return ok && w.Text != "wide"
}

// lists tells whether a command lists objects of one of the kinds.
func lists(c *call, kinds ...string) bool {
	if c.Word(0) != "get" || wide(c) {
		return false
	}
	for _, k := range kinds {
		if word := strings.ToLower(c.Word(1)); word == k || word == k+"s" {
			return true
		}
	}
	return false
}

// nextIs tells whether the output goes to a program.
func nextIs(c *call, program string) *call {
	if n := c.Next(); n != nil && n.Program == program {
		return n
	}
	return nil
}

// conditionOfNode are what nodes suffer, which the list of nodes has no column for.
var conditionOfNode = regexp.MustCompile(`(?i)^(?:\w*pressure|\w*taints?|outofdisk|(?:disk|memory|pid)(?:pressure)?)$`)

var ofCluster = []lack{
	{
		words: regexp.MustCompile(`(?i)\b(?:connection )?pools?\b|\bconnections?\b`), unless: regexp.MustCompile(`(?i)\b(?:node|agent|worker) pools?\b|\b(?:cpu|memory|resource)\b`), when: func(c *call) bool { return c.Word(0) == "top" },
		text: "kubectl top shows CPU and memory, and no connections", proposal: "ask a metric of the pool, or count the connections in pg_stat_activity",
	},
	{
		words: regexp.MustCompile(`(?i)\bhistory\b`), when: func(c *call) bool {
			return lists(c, "application", "app", "deployment", "deploy", "pod", "po") && c.Next() == nil
		},
		text: "kubectl get shows the present state, and no history", proposal: "use kubectl rollout history, or argocd app history",
	},
	{
		words: regexp.MustCompile(`(?i)\bcanary\b`), unless: regexp.MustCompile(`(?i)\b(?:promote|finish|complete|full)\b`), when: func(c *call) bool {
			return c.Word(0) == "set" && c.Word(1) == "image" && !strings.Contains(c.String(), "canary")
		},
		text: "set image replaces all replicas, one after another: there is no canary", proposal: "use a deployment of its own for the canary, or pause the rollout after the first replicas",
	},
	{
		words: regexp.MustCompile(`(?i)\bOOM`), when: func(c *call) bool {
			n := nextIs(c, "grep")
			if n == nil || c.Word(0) != "get" || !strings.HasPrefix(c.Word(1), "event") {
				return false
			}
			p, ok := n.Pattern()
			return ok && p.Text == "OOMKilled"
		},
		text: "no event is called OOMKilled: that is a state of the container", proposal: "use kubectl get pods -o json with .lastState.terminated.reason, or grep for OOMKilling among the events of nodes",
	},
	{
		words: regexp.MustCompile(`(?i)\b(?:pressure|taint\w*|conditions?)\b`), when: func(c *call) bool {
			n := nextIs(c, "grep")
			if n == nil || !lists(c, "node", "no") {
				return false
			}
			p, ok := n.Pattern()
			return ok && conditionOfNode.MatchString(p.Text)
		},
		text: "kubectl get nodes has no column for this: the filter lets nothing through, whatever the nodes suffer", proposal: "use kubectl describe nodes, or -o json with .status.conditions",
	},
	{
		words: regexp.MustCompile(`(?i)\b(?:limits?|requests?|quotas?)\b`), unless: regexp.MustCompile(`(?i)\b(?:usage|use|used|using|consum\w+|utili[sz]ation|against|near|close to|exceed\w*|compare|rate|http)\b`), when: func(c *call) bool { return c.Word(0) == "top" && c.Next() == nil },
		text: "kubectl top shows what is used, and neither requests nor limits", proposal: "use kubectl describe, or -o jsonpath with .resources",
	},
	{
		words: regexp.MustCompile(`(?i)\bdisk\b|\bstorage\b`), unless: regexp.MustCompile(`(?i)\b(?:cpu|memory)\b`), when: func(c *call) bool { return c.Word(0) == "top" && !c.Flag("--sort-by") },
		text: "kubectl top shows CPU and memory, and nothing of disks", proposal: "run df -h on the node, or read the kubelet's metrics",
	},
	{
		words: regexp.MustCompile(`(?i)\bimages?\b|\b(?:running|deployed|current) versions?\b|\bversions? (?:running|deployed)\b`), unless: regexp.MustCompile(`(?i)\b(?:pull\w*|status|volume|rollout|client|server)\b`), when: func(c *call) bool {
			return lists(c, "pod", "po") && c.Next() == nil
		},
		text: "kubectl get pods shows no image", proposal: "add -o jsonpath='{..image}', or -o custom-columns with .spec.containers[*].image",
	},
	{
		words: regexp.MustCompile(`(?i)\b(?:why|reason)\b.*\b(?:restart\w*|crash\w*|died|killed)\b|\bcrash(?:ed)? (?:logs?|container|output)\b|\bprevious (?:container|logs?|instance|crash)\b|\blogs? (?:from |of )(?:the )?(?:crashed|previous|last)\b`), when: func(c *call) bool {
			return c.Word(0) == "logs" && !c.Flag("-p", "--previous", "-f", "--follow") && !c.Flag("-l", "--selector")
		},
		text: "the log is that of the container that runs now, which began after the crash", proposal: "add --previous",
	},
	{
		words: regexp.MustCompile(`(?i)\bthrottl\w+`), when: func(c *call) bool { return c.Word(0) == "top" },
		text: "kubectl top shows no throttling", proposal: "read container_cpu_cfs_throttled_periods_total, or cpu.stat in the container",
	},
}
