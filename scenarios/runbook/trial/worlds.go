package trial

import (
	"regexp"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
)

// breakerTimeout bounds the wait for the breaker to open, and to close again:
// its half-open wait of 30 s and some.
const breakerTimeout = 45 * time.Second

// broken lists the worlds in the order of play, each with what must be seen before a
// command is believed to meet a service that knows of the fault. The venue-service comes first:
// the breaker's half-open wait then passes while the others are played.
func broken() []scenarios.Stage {
	return []scenarios.Stage{
		{Fault: fault.Refuse(fault.Venue), During: []scenarios.Expectation{
			scenarios.POST("/api/v1/events", "trial-venue").Answers(503).InsteadOf(201).By(breakerTimeout),
			scenarios.GET("/health/ready").Mentioning("checks.dependencies", "OPEN").By(breakerTimeout),
		}},
		{Fault: fault.Refuse(fault.Postgres), During: []scenarios.Expectation{
			scenarios.GET("/health/ready").Answers(503),
		}},
		{Fault: fault.Refuse(fault.Redis), During: []scenarios.Expectation{
			scenarios.GET("/health/ready").NotShowing("checks.redis", "UP"),
		}},
		{Fault: fault.DisableRLS(), During: []scenarios.Expectation{
			scenarios.Isolation().Leaks(),
		}},
	}
}

// meant are the worlds that a question is there to recognise, by the words of
// the document. The first that fits counts. No world means that none is played.
var meant = []struct {
	words  *regexp.Regexp
	worlds []string
	// why says why none is played.
	why string
}{
	{regexp.MustCompile(`(?i)pg_stat_activity|long[- ]running|takes? long|slow quer`), nil, "a query must run for more than a minute to be shown; the trial waits for none"},
	{regexp.MustCompile(`(?i)hit rate|\bhits?\b|cache miss`), nil, "a rate is told by two looks; the trial compares single ones"},
	{regexp.MustCompile(`(?i)IS NULL\b|integrity|corrupt`), []string{scenarios.WorldNoTenant}, ""},
	{regexp.MustCompile(`(?i)\brls\b|row level|\bpolic(?:y|ies)\b|isolation|app\.tenant_id`), []string{fault.DisableRLS().String()}, ""},
	{regexp.MustCompile(`(?i)venue|breaker|circuit|dependenc`), []string{fault.Refuse(fault.Venue).String()}, ""},
	{regexp.MustCompile(`(?i)redis|cache`), []string{fault.Refuse(fault.Redis).String()}, ""},
	{regexp.MustCompile(`(?i)database|postgres|psql|connection|pool`), []string{fault.Refuse(fault.Postgres).String()}, ""},
}
