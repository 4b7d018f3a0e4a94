package runbook_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/binding"
)

// TestOnlyAnEditionIsHeldAgainstTheClaims: a page about the same service is
// another document, whatever its title says; half of the runbook is not.
func TestOnlyAnEditionIsHeldAgainstTheClaims(t *testing.T) {
	edition := string(runbook.Edition())
	from, to := strings.Index(edition, "\n## Troubleshooting"), strings.Index(edition, "\n## Escalation")
	for name, c := range map[string]struct {
		text    string
		foreign bool
	}{
		"two sentences":         {"# event-service\n\nThe event-service is run by the event team. Ask them.\n", true},
		"a page of its metrics": {"# event-service: metrics\n\n## High latency\n\n- Response times > 1s\n- `http_requests_total` of event-service\n\n## Health checks\n\n| Endpoint | Purpose |\n|---|---|\n| `/health/ready` | readiness |\n\n```bash\ncurl -s http://localhost:3003/health/ready | jq\n```\n", true},
		"its title alone":       {edition[:strings.Index(edition, "\n## Contents")], true},
		"the edition":           {edition, false},
		"half of it":            {edition[:60] + edition[from:to], false},
	} {
		r := runbook.Bind([]byte(c.text))
		if (r.Foreign != "") != c.foreign {
			t.Errorf("%s: %q", name, r.Foreign)
		}
		if c.foreign && len(r.In(binding.Gone)) != len(r.Bindings) {
			t.Errorf("%s: claims are bound", name)
		}
	}
	if r := runbook.Bind(bytes.ReplaceAll(runbook.Edition(), []byte("seconds"), []byte("minutes"))); r.Foreign != "" || len(r.In(binding.Stale)) == 0 {
		t.Errorf("a changed edition: %q", r.Foreign)
	}
}
