package manifest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	maxMemory = regexp.MustCompile(`(?i)--maxmemory[ =\n]+(\d+)\s*([kmg])(i?)b?\b`)
	maxHeap   = regexp.MustCompile(`(?i)-Xmx(\d+)([kmg])()`)
	size      = regexp.MustCompile(`(?i)^(\d+)\s*([kmg])(i?)b?$`)
)

var memoryHeadroom = rule.Rule{
	ID: "memory-headroom", Title: "a limit of memory leaves room", Severity: lint.Warning,
	Why: "a process needs more than its data: copies, buffers, threads. The container is killed before its own limit is reached",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, mark := range []string{"maxmemory", "-Xmx"} {
			for _, r := range roots(in, mark) {
				each(r.node, maxDepth, func(n *yaml.Node) {
					limit := value(n, "mem_limit")
					for _, path := range [][]string{{"resources", "limits", "memory"}, {"deploy", "resources", "limits", "memory"}} {
						if limit == "" {
							limit = value(n, path...)
						}
					}
					bound := size.FindStringSubmatch(limit)
					if bound == nil {
						return
					}
					text := words(at(n, "command")) + "\n" + words(at(n, "args")) + "\n" + environment(n)
					pattern := maxMemory
					if mark == "-Xmx" {
						pattern = maxHeap
					}
					if m := pattern.FindStringSubmatch(text); m != nil && bytesOf(m) >= bytesOf(bound) {
						report(r.finding(n, fmt.Sprintf("%s may use as much memory as the container has (%s)", what[mark], limit), "leave a quarter or more between the two"))
					}
				})
			}
		}
	},
}

var what = map[string]string{"maxmemory": "Redis", "-Xmx": "the heap"}

// environment is what a container's variables hold.
func environment(n *yaml.Node) string {
	env := at(n, "environment")
	if env == nil {
		env = at(n, "env")
	}
	if env == nil {
		return ""
	}
	var b strings.Builder
	for _, c := range env.Content {
		b.WriteString(c.Value + "\n" + value(c, "value") + "\n")
	}
	return b.String()
}

// bytesOf is a size from its number and its unit.
func bytesOf(m []string) int {
	n, _ := strconv.Atoi(m[1])
	switch strings.ToLower(m[2]) {
	case "k":
		return n << 10
	case "m":
		return n << 20
	}
	return min(n, 1<<20) << 30
}
