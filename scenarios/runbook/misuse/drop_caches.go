package misuse

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var dropCaches = rule.Rule{
	ID: "drop-caches", Title: "memory is freed where it is short", Severity: lint.Warning,
	Why: "the kernel gives the page cache back by itself: dropping it frees nothing that was short, and makes every read slow",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if dropsCaches(c) {
				report(rule.At(c, "this throws away the page cache, not memory that a process holds", "find the process that grows, and restart or limit it"))
			}
		}
	},
}

func dropsCaches(c *script.Call) bool {
	for _, r := range c.Redirects {
		if strings.HasPrefix(r, ">") && strings.HasSuffix(r, "/proc/sys/vm/drop_caches") {
			return len(c.Via) == 0 && c.Program == "echo"
		}
	}
	switch c.Program {
	case "tee":
		return c.Has("/proc/sys/vm/drop_caches")
	case "sysctl":
		return strings.Contains(c.String(), "vm.drop_caches=")
	}
	return false
}
