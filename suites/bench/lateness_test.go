package bench_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/runproof/runproof/fixtures/load"
)

// measureLateness says how late the load sends, at rates up to far more than any
// scenario has.
func measureLateness(t *testing.T, b *bench) {
	service := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(service.Close)
	source := func() (load.Template, error) {
		request, err := http.NewRequest(http.MethodGet, service.URL, nil)
		return load.Template{Name: "get", Request: request}, err
	}
	for _, rate := range []int{30, 100, 1000} {
		hits, err := load.Run(t.Context(), load.Plan{Rate: rate, Duration: either(b, 3*time.Second, time.Second), Source: source, KeepAlive: true})
		must(t, err)
		s := load.Summarize(hits)
		b.durations(fmt.Sprintf("load of %d requests per second: p99 of lateness / interval", rate), s.Late.P99,
			fmt.Sprintf("(%d requests)", s.Sent), time.Second/time.Duration(rate), "")
	}
}
