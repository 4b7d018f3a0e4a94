package lint

import (
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

// TestPathsOfTwoServersAreNotOne holds paths sameHost only where one server may
// have both.
func TestPathsOfTwoServersAreNotOne(t *testing.T) {
	for text, want := range map[string]int{
		"curl http://h:1/things\ncurl http://h:1/api/v1/things":      1,
		"curl http://h:1/things\ncurl http://h:2/api/v1/things":      0,
		"curl http://h:1/metrics\ncurl http://h:1/actuator/metrics":  0,
		"curl http://h:1/healthz\ncurl http://h:1/internal/healthz":  0,
		"curl http://$H/things\ncurl http://$H/api/v1/things | jq .": 1,
	} {
		d := document.Parse([]byte("# A\n\n```bash\n" + text + "\n```\n"))
		if got := len(Run(Input{Document: d}, []Rule{pathTwice})); got != want {
			t.Errorf("%d findings, want %d in\n%s", got, want, text)
		}
	}
}
