package starter_test

import (
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/starter"
)

const queue = "# Queue\n\n## Lag\n\n**Symptoms:**\n- 503 from `/publish`\n- \"consumer stalled\" in logs after 45 seconds\n- People complain\n\n```bash\nkubectl scale deployment/worker --replicas=3\n```\n\n```yaml\nprobe:\n  period: 5\n```\n"

func TestFactsAreRecognisedAndTheRestIsLeftToAPerson(t *testing.T) {
	s := starter.New(document.Parse([]byte(queue)))
	text, err := s.Encode("queue.md")
	if err != nil {
		t.Fatal(err)
	}
	var back starter.Skeleton
	if err := yaml.Unmarshal(text, &back); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var seen []string
	for _, c := range back.Claims {
		for _, f := range c.Facts {
			seen = append(seen, f.Type+" "+f.Value)
		}
		seen = append(seen, strings.Join(c.Command, " "))
		if c.Text != starter.Unknown || c.Scenario != starter.Unknown || c.CounterExample != starter.Unknown {
			t.Errorf("%+v pretends to know what nobody said", c)
		}
	}
	for _, want := range []string{"status 503", "path /publish", "name consumer stalled", "duration 45s", "kubectl scale deployment/worker --replicas 3", "field probe.period"} {
		if !slices.Contains(seen, want) {
			t.Errorf("%q is not recognised: %q", want, seen)
		}
	}
	if len(back.Unrecognised) != 1 || back.Unrecognised[0].Statement != "People complain" {
		t.Errorf("%+v", back.Unrecognised)
	}
}
