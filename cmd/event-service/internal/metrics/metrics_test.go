package metrics_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/metrics"
)

func TestMetrics(t *testing.T) {
	m := metrics.New()
	m.Request("/api/v1/events", "GET", 200, 1500*time.Millisecond)
	m.CacheHit("event")
	m.CacheMiss("venue")
	m.Gauge("circuit_breaker_state", "0 closed, 1 half-open, 2 open.", map[string]string{"dependency": "x"}, func() float64 { return 2 })
	rec := httptest.NewRecorder()
	m.Handler().ServeHTTP(rec, httptest.NewRequest("GET", "/metrics", nil))
	for _, line := range []string{
		`http_requests_total{method="GET",route="/api/v1/events",status="200"} 1`,
		`http_request_duration_seconds_bucket{method="GET",route="/api/v1/events",le="1"} 0`,
		`http_request_duration_seconds_bucket{method="GET",route="/api/v1/events",le="2"} 1`,
		`cache_requests_total{kind="event",result="hit"} 1`,
		`cache_requests_total{kind="venue",result="miss"} 1`,
		`circuit_breaker_state{dependency="x"} 2`,
		`go_goroutines `,
	} {
		if !strings.Contains(rec.Body.String(), line) {
			t.Errorf("%s is missing", line)
		}
	}
}
