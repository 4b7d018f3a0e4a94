package rules

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var (
	localURL = regexp.MustCompile(`^(?:https?://)?(?:localhost|127\.0\.0\.1)(:\d+)?(?:/|$)`)
	insideOf = regexp.MustCompile(`(?i)\bport-forward\w*|\bssh\b|\bdocker\b|\bcompose\b|\bpodman\b|\bsystemctl\b|\bjournalctl\b|\bnpm (?:run|start)\b|\bon the (?:server|host|node|machine|instance|vm|bastion|pod|jump|box)\b|\b(?:in|inside|from|into)(?: of)? (?:the |a |your )?(?:pod|container|cluster)\b|\btunnel\w*|\bminikube\b|\bk3d\b|\bkind\b|\btelepresence\b|\blocal(?:ly)? (?:development|dev|environment|machine|testing)\b|\bkubectl proxy\b`)
)

var localAddress = rule{
	id: "local-address", title: "localhost is where the service is", severity: lint.Warning,
	why: "from where kubectl is run, localhost is the operator's own machine: the request is refused, and that looks like an outage",
	find: func(in *input, report func(finding)) {
		cluster := false
		for _, c := range in.Script.Calls {
			cluster = cluster || c.Program == "kubectl" && len(c.Via) == 0 && (c.Word(0) == "logs" || c.Word(0) == "rollout" || c.Word(0) == "scale" || c.Word(0) == "exec")
		}
		if !cluster || insideOf.Match(in.Source) {
			return
		}
		for _, c := range in.Script.Calls {
			if c.Program != "curl" && c.Program != "wget" || len(c.Via) > 0 {
				continue
			}
			for _, a := range c.Args {
				if m := localURL.FindString(a.Text); m != "" {
					report(at(c, fmt.Sprintf("%s is the operator's own machine, and nothing forwards a port to the service in the cluster", m), "forward a port first (kubectl port-forward), or run curl inside of the pod"))
				}
			}
		}
	},
}
