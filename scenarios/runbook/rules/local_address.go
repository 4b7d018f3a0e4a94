package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	localURL = regexp.MustCompile(`^(?:https?://)?(?:localhost|127\.0\.0\.1)(:\d+)?(?:/|$)`)
	// reaches are ways by which localhost is the service, wherever they are told.
	reaches = regexp.MustCompile(`(?i)\bport-forward\w*|\bssh\b|\bon the (?:server|host|node|machine|instance|vm|bastion|pod|jump|box)\b|\b(?:in|inside|from|into)(?: of)? (?:the |a |your )?(?:pod|container|cluster)\b|\btunnel\w*|\bminikube\b|\bk3d\b|\bkind\b|\btelepresence\b|\blocal(?:ly)? (?:development|dev|environment|machine|testing)\b|\bkubectl proxy\b`)
	// local are signs that a section, or a document without kubectl beside the
	// request, is about services on this machine.
	local = regexp.MustCompile(`(?i)\bdocker\b|\bcompose\b|\bpodman\b|\bsystemctl\b|\bjournalctl\b|\bnpm (?:run|start)\b`)
)

var localAddress = rule.Rule{
	ID: "local-address", Title: "localhost is where the service is", Severity: lint.Warning,
	Why: "from where kubectl is run, localhost is the operator's own machine: the request is refused, and that looks like an outage",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		if reaches.Match(in.Source) {
			return
		}
		cluster, bySection := false, map[string]bool{}
		for _, c := range in.Script.Calls {
			if c.Program == "kubectl" && len(c.Via) == 0 && (c.Word(0) == "logs" || c.Word(0) == "rollout" || c.Word(0) == "scale" || c.Word(0) == "exec") {
				cluster, bySection[sectionOf(in, c)] = true, true
			}
		}
		if !cluster {
			return
		}
		nowhere := !local.Match(in.Source)
		for _, c := range in.Script.Calls {
			if c.Program != "curl" && c.Program != "wget" || len(c.Via) > 0 || !nowhere && !bySection[sectionOf(in, c)] {
				continue
			}
			for _, a := range c.Args {
				if m := localURL.FindString(a.Text); m != "" {
					report(rule.At(c, fmt.Sprintf("%s is the operator's own machine, and nothing forwards a port to the service in the cluster", m), "forward a port first (kubectl port-forward), or run curl inside of the pod"))
				}
			}
		}
	},
}

// sectionOf names the section that a command stands in.
func sectionOf(in *rule.Input, c *script.Call) string {
	return strings.Join(in.Statements[c.Statement].Sections, "\x00")
}
