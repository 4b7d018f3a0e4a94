package app_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
)

// live runs the service with more environment, asks it whether it lives, and
// ends it. It returns the log and how long the end took.
func live(t *testing.T, more map[string]string) (log string, end time.Duration) {
	t.Helper()
	env := unreachable(more)
	env["LOG_LEVEL"] = "debug"
	var all bytes.Buffer
	read, write := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		var errs bytes.Buffer
		code := app.Main(nil, func(name string) string { return env[name] }, io.MultiWriter(&all, write), &errs)
		_ = write.Close()
		ended <- code
	}()
	base := "http://" + address(t, read)
	if status, _ := fetched(t, base+"/health/live"); status != http.StatusOK {
		t.Errorf("live: %d", status)
	}
	begin := time.Now()
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := <-ended; code != 0 {
		t.Errorf("exit %d, want 0", code)
	}
	return all.String(), time.Since(begin)
}

// Whatever the collector does, the service answers, ends in order and in time,
// and does not accuse a dependency of it. Only without one is there no trace.
func TestTraces(t *testing.T) {
	var mu sync.Mutex
	var got bytes.Buffer
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		_, _ = io.Copy(&got, r.Body)
	}))
	defer collector.Close()
	release := make(chan struct{})
	hanging := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer hanging.Close()
	defer close(release)
	for name, c := range map[string]struct {
		env    map[string]string
		traced bool
		lost   bool
	}{
		"none":     {nil, false, false},
		"disabled": {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_SDK_DISABLED": "True"}, false, false},
		"up":       {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": collector.URL}, true, false},
		"down":     {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}, true, true},
		"hanging":  {map[string]string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": hanging.URL + "/v1/traces"}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			if !c.traced {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			}
			log, end := live(t, c.env)
			if strings.Contains(log, `"trace_id":"`) != c.traced || strings.Contains(log, "Traces not delivered") != c.lost ||
				strings.Contains(log, "ECONNREFUSED") {
				t.Errorf("log:\n%s", log)
			}
			if end > 3*time.Second {
				t.Errorf("the end took %s", end)
			}
		})
	}
	mu.Lock()
	defer mu.Unlock()
	if !bytes.Contains(got.Bytes(), []byte("GET /health/live")) || !bytes.Contains(got.Bytes(), []byte("event-service")) {
		t.Errorf("the collector got %q", got.String())
	}
}
