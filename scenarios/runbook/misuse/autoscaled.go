package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	autoscaler    = regexp.MustCompile(`^(?:hpa|horizontalpodautoscalers?(?:\.autoscaling)?)(?:/(.+))?$`)
	autoscalerOff = regexp.MustCompile(`(?i)delete hpa|minReplicas|maxReplicas|--min[= ]|--max[= ]|autoscaler (?:will|would|may|can)|overrid\w+`)
)

var autoscaled = rule.Rule{
	ID: "autoscaled", Title: "what an autoscaler sets is set there", Severity: lint.Warning,
	Why: "the autoscaler sets the number of replicas again within seconds",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		names := map[string]bool{}
		for _, c := range in.Script.Calls {
			if name := autoscales(c); name != "" {
				names[name] = true
			}
		}
		if len(names) == 0 || autoscalerOff.Match(in.Source) {
			return
		}
		for _, c := range in.Script.Calls {
			if c.Program != "kubectl" || c.Word(0) != "scale" {
				continue
			}
			if replicas, _ := c.Value("--replicas"); replicas.Text == "0" {
				continue // that switches it off
			}
			name := target(c)
			if names[name] || names[name+"-hpa"] {
				report(rule.At(c, fmt.Sprintf("%s has an autoscaler, which takes this back", name), "change minReplicas of the autoscaler"))
			}
		}
	},
}

// autoscales is the name of the autoscaler, or of the workload, that a command
// is about.
func autoscales(c *script.Call) string {
	if c.Program != "kubectl" {
		return ""
	}
	if c.Word(0) == "autoscale" {
		return target(c)
	}
	for i, w := range c.Words() {
		if m := autoscaler.FindStringSubmatch(w.Text); m != nil {
			if m[1] != "" {
				return m[1]
			}
			return c.Word(i + 1)
		}
	}
	return ""
}

// target is the name of the workload that a command is about.
func target(c *script.Call) string {
	if _, name, ok := strings.Cut(c.Word(1), "/"); ok {
		return name
	}
	return c.Word(2)
}
