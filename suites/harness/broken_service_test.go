package harness_test

import (
	"bytes"
	"io"
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/symptoms"
	"github.com/runproof/runproof/suites/testbed"
)

var _ = Describe("A service with one thing wrong", func() {
	It("that says 500 for 503 fails exactly what depends on it", func(ctx SpecContext) {
		b := newBench(ctx)
		option := testbed.RewriteResponses(func(r *http.Response) error {
			if isEvents(r) && r.Request.Method == http.MethodPost && r.StatusCode == http.StatusServiceUnavailable {
				r.StatusCode = http.StatusInternalServerError
			}
			return nil
		})
		r := b.play(ctx, symptoms.DatabaseRefused(), scenarios.Verify, nil, option)
		Expect(r.Verdict).To(Equal(judge.Failed), r.Reason)
		// The documented POST and the two inferred ones; this body is no 500 of the
		// contract, and nothing here asks for one.
		post := HavePrefix("POST /api/v1/events answers 503")
		Expect(unheld(r)).To(ConsistOf(post, post, post, Equal(contractKept), Equal("no answer is an internal error")))
		for claim, state := range states(r) {
			want := judge.ClaimHeld
			if claim == "database.symptom.503" {
				want = judge.ClaimBroken
			}
			Expect(state).To(Equal(want), claim)
		}
		Expect(states(r)).To(HaveKey("database.symptom.503"))
		Expect(states(r)).To(HaveKey("database.symptom.econnrefused"))
		message := reports.Failure(r, ledger.RunResult{Provenance: record.Provenance{Stack: record.StackInfo{Kind: "processes"}}})
		for _, needed := range []string{"POST /api/v1/events answers 503", "500", "Database Connection Issues", "runproof verify database-refused --stack processes"} {
			Expect(message).To(ContainSubstring(needed))
		}
	}, SpecTimeout(specTimeout))

	It("whose liveness asks the database fails the liveness alone", func(ctx SpecContext) {
		b := newBench(ctx)
		option := testbed.RewriteResponses(func(r *http.Response) error {
			if r.Request.URL.Path != "/health/live" {
				return nil
			}
			ready := *r.Request.URL
			ready.Path = "/health/ready"
			request, err := http.NewRequest(http.MethodGet, ready.String(), nil)
			if err != nil {
				return err
			}
			answer, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
			if err != nil {
				return err
			}
			defer answer.Body.Close()
			r.StatusCode = answer.StatusCode
			return nil
		})
		r := b.play(ctx, symptoms.DatabaseRefused(), scenarios.Verify, nil, option)
		Expect(r.Verdict).To(Equal(judge.Failed), r.Reason)
		Expect(unheld(r)).To(ConsistOf(HavePrefix("GET /health/live"), Equal(contractKept)))
	}, SpecTimeout(specTimeout))

	It("that answers every POST with 500 fails the steady state, and leaves the claims untested", func(ctx SpecContext) {
		b := newBench(ctx)
		option := testbed.RewriteResponses(func(r *http.Response) error {
			if isEvents(r) && r.Request.Method == http.MethodPost {
				r.StatusCode = http.StatusInternalServerError
				r.Body = io.NopCloser(bytes.NewReader(nil))
				r.ContentLength = 0
				r.Header.Del("Content-Length")
			}
			return nil
		})
		r := b.play(ctx, symptoms.DatabaseRefused(), scenarios.Verify, nil, option)
		Expect(r.Verdict).To(Equal(judge.Failed), r.Reason)
		Expect(r.Reason).To(HavePrefix("steady: POST /api/v1/events"))
		for _, c := range r.Claims {
			Expect(c.State).To(Equal(judge.ClaimUntested), c.Claim)
			Expect(c.Reason).To(ContainSubstring("no steady state"))
		}
	}, SpecTimeout(specTimeout))

	It("that does not start is Failed, and the message has its last words", func(ctx SpecContext) {
		b := newBench(ctx)
		option := testbed.Environment("DATABASE_URL", "")
		r := b.play(ctx, symptoms.HealthSteady(), scenarios.Verify, nil, option)
		Expect(r.Verdict).To(Equal(judge.Failed), r.Reason)
		Expect(r.Reason).To(ContainSubstring("DATABASE_URL"))
	}, SpecTimeout(specTimeout))

	It("whose breaker waits five seconds breaks the claim of thirty", func(ctx SpecContext) {
		b := newBench(ctx)
		option := testbed.Environment("BREAKER_OPEN_FOR", "5s")
		r := b.play(ctx, symptoms.VenueDown(), scenarios.Verify, nil, option)
		Expect(r.Verdict).To(Equal(judge.Failed), r.Reason)
		Expect(states(r)).To(HaveKeyWithValue("breaker.resolution.half-open", judge.ClaimBroken))
		Expect(states(r)).To(HaveKeyWithValue("breaker.symptom.opened", judge.ClaimHeld))
	}, SpecTimeout(specTimeout))
})

// contractKept is what the engine expects of every answer of every scenario.
const contractKept = "every answer keeps the contract"

func states(r judge.Result) map[string]judge.ClaimState {
	list := map[string]judge.ClaimState{}
	for _, c := range r.Claims {
		list[c.Claim] = c.State
	}
	return list
}
