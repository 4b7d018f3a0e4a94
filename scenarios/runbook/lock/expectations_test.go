package lock

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios"
)

// TestAnotherBodyIsAnotherExpectation though it reads alike. By hand: with the
// sentence alone, both are the same.
func TestAnotherBodyIsAnotherExpectation(t *testing.T) {
	written := func(body string) string {
		var b strings.Builder
		e := scenarios.POST("/api/v1/events", "first").Sending(body).Answers(400).Proves("claim")
		expectations(&b, "claim", []scenarios.Expectation{e})
		return b.String()
	}
	if written("{}") == written("[]") {
		t.Errorf("%q and %q", written("{}"), written("[]"))
	}
}
