package app_test

import (
	"bytes"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
)

// Where the metrics have an address, they are there and nowhere else, and
// nothing else is there.
//
// Red when the public port had them whatever the environment said.
func TestTheMetricsHaveAnAddressOfTheirOwn(t *testing.T) {
	defer goleak.VerifyNone(t)
	for name, c := range map[string]struct {
		address      string
		public, live int // /metrics at the public port, /health/live at the metrics' own
	}{
		"none": {"", 200, 0},
		"one":  {"127.0.0.1:0", 404, 404},
	} {
		env := unreachable(map[string]string{"METRICS_ADDR": c.address})
		read, write := io.Pipe()
		ended := make(chan int, 1)
		go func() {
			code := app.Main(nil, func(name string) string { return env[name] }, write, io.Discard)
			_ = write.Close()
			ended <- code
		}()
		at := addresses(t, read)
		if status, _ := fetched(t, "http://"+at["Listening"]+"/metrics"); status != c.public {
			t.Errorf("%s: %d at the public port, want %d", name, status, c.public)
		}
		own := at["Serving metrics"]
		if (own != "") != (c.address != "") {
			t.Errorf("%s: metrics at %q", name, own)
		}
		if own != "" {
			if status, body := fetched(t, "http://"+own+"/metrics"); status != 200 || !strings.Contains(body, "http_requests_total") {
				t.Errorf("%s: %d %s", name, status, body)
			}
			if status, _ := fetched(t, "http://"+own+"/health/live"); status != c.live {
				t.Errorf("%s: /health/live beside the metrics: %d", name, status)
			}
		}
		if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if code := <-ended; code != 0 {
			t.Errorf("%s: exit %d, want 0", name, code)
		}
	}
}

// What the environment has wrong ends the start, in one line.
func TestAStartThatCannotBe(t *testing.T) {
	somebody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = somebody.Close() }()
	taken := somebody.Addr().String()
	for name, c := range map[string]struct {
		env  map[string]string
		want string
	}{
		"a short secret": {
			map[string]string{"JWT_SECRET": "s", "JWT_ISSUER": "https://id", "JWT_AUDIENCE": "event-service"},
			"event-service: JWT_SECRET: 1 bytes, at least 32 expected (RFC 7518, section 3.2)\n",
		},
		"an address that is taken": {
			map[string]string{"METRICS_ADDR": taken}, "event-service: listen for metrics on " + taken + ": ",
		},
	} {
		env := unreachable(c.env)
		var stderr bytes.Buffer
		code := app.Main(nil, func(name string) string { return env[name] }, io.Discard, &stderr)
		if code != 1 || !strings.HasPrefix(stderr.String(), c.want) || strings.Count(stderr.String(), "\n") != 1 {
			t.Errorf("%s: exit %d, %q", name, code, stderr.String())
		}
	}
}
