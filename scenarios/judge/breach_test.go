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

// TestAnAnswerThatIsLikeAnotherIsJudgedLikeIt: they differ in the moment and in the id of
// the request alone, which stands in the body as well.
func TestAnAnswerThatIsLikeAnotherIsJudgedLikeIt(t *testing.T) {
	const one, other = "0b5e0c1e-0000-4000-8000-000000000001", "0b5e0c1e-0000-4000-8000-000000000002"
	answer := func(status int, date, id, body string) response {
		e := scenarios.Exchange{Method: "GET", Path: "/api/v1/events", Contract: true}
		return response{Observation: scenarios.Observation{
			Status: status, Header: map[string]string{dateHeader: date, idHeader: id}, Body: body, Exchanges: []scenarios.Exchange{e},
		}}
	}
	const monday, tuesday = "Mon, 30 Nov 2026 10:00:00 GMT", "Tue, 01 Dec 2026 10:00:00 GMT"
	base := answer(404, monday, one, `{"request_id":"`+one+`"}`)
	for name, c := range map[string]struct {
		other response
		alike bool
	}{
		"the moment and the id":    {answer(404, tuesday, other, `{"request_id":"`+other+`"}`), true},
		"the status":               {answer(410, monday, one, `{"request_id":"`+one+`"}`), false},
		"another id in the body":   {answer(404, monday, other, `{"request_id":"`+one+`"}`), false},
		"no date":                  {answer(404, "yesterday", one, `{"request_id":"`+one+`"}`), false},
		"an id that is none":       {answer(404, monday, "1", `{"request_id":"1"}`), false},
		"no id in the body":        {answer(404, monday, one, `{"request_id":""}`), false},
		"what stands for an id":    {answer(404, monday, one, `{"request_id":"\u0000"}`), false},
		"a body that ends earlier": {answer(404, monday, one, `{"request_id":"`+one), false},
	} {
		if alike := likeness(base, base.Exchanges[0]) == likeness(c.other, c.other.Exchanges[0]); alike != c.alike {
			t.Errorf("%s: alike is %v", name, alike)
		}
	}
}
