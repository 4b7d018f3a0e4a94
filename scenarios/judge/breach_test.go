package judge

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/contract"
	"github.com/runproof/runproof/scenarios/record"
)

// longLists is a contract that wants of a list how long it is.
const longLists = `openapi: 3.0.3
info: {title: stricter, version: "1"}
paths:
  /api/v1/events:
    get:
      responses:
        "200":
          description: a list
          content:
            application/json:
              schema: {type: object, required: [items, total]}
`

// answered is a request of the load with its answer: a list, to be judged by the contract.
func answered(digest, body string) record.Hit {
	return record.Hit{Status: 200, Exchange: &scenarios.Exchange{
		Method: "GET", Path: "/api/v1/events", Tenant: 1, Contract: true, Digest: digest, Body: body,
		Header: map[string]string{"Content-Type": "application/json"},
	}}
}

// TestANewRuleOfTheContractIsAppliedToAnOldRecording: the first answer has the body of
// which the second has the digest alone. By hand: let breach return what is recorded.
func TestANewRuleOfTheContractIsAppliedToAnOldRecording(t *testing.T) {
	stricter, err := contract.Load([]byte(longLists))
	if err != nil {
		t.Fatal(err)
	}
	lenient, err := contract.Load([]byte(strings.Replace(longLists, "required: [items, total]", "required: [items]", 1)))
	if err != nil {
		t.Fatal(err)
	}
	partial := answered("none", "")
	partial.Exchange.Partial = true
	found := partial
	e := *partial.Exchange
	e.Breaches = []string{"found when it came"}
	found.Exchange = &e
	for name, c := range map[string]struct {
		rules *contract.Contract
		hits  []change
		want  Verdict
	}{
		"as it was":                       {lenient, []change{hit(5, 1, answered("x", `{"items":[]}`)), hit(6, 1, answered("x", ""))}, Passed},
		"as it is now":                    {stricter, []change{hit(5, 1, answered("x", `{"items":[]}`))}, Failed},
		"of the digest alone":             {stricter, []change{hit(5, 1, answered("x", "")), hit(9, 1, answered("x", `{"items":[]}`))}, Failed},
		"kept by both":                    {stricter, []change{hit(5, 1, answered("y", `{"items":[],"total":0}`))}, Passed},
		"a body that was not recorded":    {stricter, []change{hit(5, 1, partial)}, Passed},
		"which was found to break it":     {lenient, []change{hit(5, 1, found)}, Failed},
		"what no contract is about":       {stricter, []change{hit(5, 1, record.Hit{Status: 200, Exchange: &scenarios.Exchange{Method: "GET", Path: "/x", Tenant: 1}})}, Passed},
		"what the lenient one takes, too": {lenient, []change{hit(5, 1, answered("y", `{"items":[],"total":0}`))}, Passed},
	} {
		before := promised
		promised = func() *contract.Contract { return c.rules }
		r := Judge(tabled(), scenarios.Verify, false, recorded(c.hits...))
		promised = before
		if r.Verdict != c.want || c.want == Failed && (r.DecidedBy == nil || r.DecidedBy.Expectation != InvariantContract.ID()) {
			t.Errorf("%s: %s, want %s: %s", name, r.Verdict, c.want, r.Reason)
		}
	}
}
