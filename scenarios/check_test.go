package scenarios

import (
	"testing"
	"time"
)

func TestChecks(t *testing.T) {
	const ready = `{"status":"UP","n":3,"checks":{"database":"DOWN","dependencies":{"venue":{"circuit":"Open","was":["x"]}}}}`
	body := Observation{Status: 503, Took: 300 * time.Millisecond, Body: ready, Header: map[string]string{"Retry-After": "1"}}
	noon := time.Date(2024, 12, 31, 12, 0, 0, 0, time.UTC)
	nothing := Observation{Err: "refused", Class: ClassRefused}
	for _, c := range []struct {
		e    Expectation
		o    Observation
		want bool
	}{
		{GET("/").Answers(503), body, true},
		{GET("/").Answers(200), body, false},
		{GET("/").Answers(503), nothing, false},
		{GET("/").WithHeader("Retry-After"), body, true},
		{GET("/").WithHeader("Etag"), body, false},
		{GET("/").FasterThan(time.Second), body, true},
		{GET("/").FasterThan(time.Second), nothing, false}, // no answer is not a fast one
		{GET("/").SlowerThan(time.Second), body, false},
		{GET("/").Showing("status", "UP"), body, true},
		{GET("/").Showing("n", 3.0), body, true},
		{GET("/").Showing("checks", "UP"), body, false},
		{GET("/").Showing("checks.redis", "UP"), body, false},
		{GET("/").NotShowing("checks.database", "UP"), body, true},
		{GET("/").NotShowing("checks.redis", "UP"), body, false}, // absent is not different
		{GET("/").NotShowing("status", "UP"), body, false},
		{GET("/").NotShowing("status", "UP"), nothing, false},
		{GET("/").Matching("status", "^U"), body, true},
		{GET("/").Matching("n", "3"), body, false},
		{GET("/").Dated("at", time.Second), Observation{At: noon, Took: time.Minute, Body: `{"at":"2024-12-31T12:01:00.900Z"}`}, true},
		{GET("/").Dated("at", time.Second), Observation{At: noon, Body: `{"at":"2024-12-31T12:00:01.100Z"}`}, false},
		{GET("/").Dated("at", time.Second), Observation{At: noon, Body: `{"at":"2024-12-31T11:59:58.900Z"}`}, false},
		{GET("/").Dated("at", time.Second), Observation{At: noon, Body: `{"at":"noon"}`}, false},
		{GET("/").Dated("at", time.Second), nothing, false},
		{GET("/").Mentioning("checks.dependencies", "OPEN"), body, true},
		{GET("/").Mentioning("checks.dependencies", "x"), body, true},
		{GET("/").Mentioning("checks.dependencies", "HALF_OPEN"), body, false},
		{GET("/").ContainsOnce("a"), Observation{Status: 200, Body: "a b"}, true},
		{GET("/").ContainsOnce("a"), Observation{Status: 200, Body: "a a"}, false},
		{GET("/").ContainsOnce("a"), Observation{Status: 200, Body: "b"}, false},
		{Log().Contains("E"), Observation{Lines: []string{"E"}}, true},
		{Log().Contains("E"), Observation{}, false},
		{Isolation().Silent(), Observation{Own: true}, true},
		{Isolation().Silent(), Observation{}, false}, // who sees nothing proves nothing
		{Isolation().Silent(), Observation{Own: true, Exchanges: []Exchange{{Tenant: 1, Canaries: []int{2}}}}, false},
		{Isolation().Leaks(), Observation{Own: true}, false},
		{Isolation().Leaks(), Observation{Exchanges: []Exchange{{Tenant: 1, Canaries: []int{2}}}}, true},
	} {
		if got, _ := c.e.Spec().Holds(c.o); got != c.want {
			t.Errorf("%s on %s: %v, want %v", c.e, c.o, got, c.want)
		}
	}
}
