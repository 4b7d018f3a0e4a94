package app_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
)

func run(env map[string]string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = app.Main(args, func(name string) string { return env[name] }, &out, &errs)
	return code, out.String(), errs.String()
}

func TestWhatIsMissingIsNamedInOneLine(t *testing.T) {
	code, _, stderr := run(map[string]string{"NODE_ENV": "test"})
	const want = "event-service: missing required environment variables: DATABASE_URL, REDIS_URL, VENUE_SERVICE_URL\n"
	if code != 1 || stderr != want {
		t.Errorf("exit %d, %q", code, stderr)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"serv"}, {"serve", "x"}, {"migrate", "sideways"}, {"migrate", "up", "down"}} {
		if code, _, stderr := run(nil, args...); code != 2 || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%q: exit %d, %q", args, code, stderr)
		}
	}
	if code, stdout, _ := run(nil, "help"); code != 0 || !strings.Contains(stdout, "DATABASE_URL") {
		t.Errorf("help: exit %d, %q", code, stdout)
	}
	if code, stdout, _ := run(nil, "version"); code != 0 || stdout != "event-service 1.0.0\n" {
		t.Errorf("version: exit %d, %q", code, stdout)
	}
}

// address waits for the line that says where the service listens, and lets
// the rest of the log flow.
func address(t *testing.T, log io.Reader) string {
	t.Helper()
	found := make(chan string, 1)
	go func() {
		var all strings.Builder
		b := make([]byte, 4096)
		for {
			n, err := log.Read(b)
			all.Write(b[:n])
			if _, rest, ok := strings.Cut(all.String(), `"msg":"Listening","address":"`); ok {
				if a, _, ok := strings.Cut(rest, `"`); ok {
					select {
					case found <- a:
					default:
					}
				}
			}
			if err != nil {
				close(found)
				return
			}
		}
	}()
	a, ok := <-found
	if !ok {
		t.Fatal("the service has ended without listening")
	}
	return a
}

// The service starts and lives without any of its dependencies, says so, and
// ends in order. Port 1 of loopback refuses connections.
func TestAliveWithoutDependenciesAndStopped(t *testing.T) {
	defer goleak.VerifyNone(t)
	env := map[string]string{
		"DATABASE_URL": "postgres://u:p@127.0.0.1:1/event_service", "REDIS_URL": "redis://127.0.0.1:1",
		"VENUE_SERVICE_URL": "http://127.0.0.1:1", "NODE_ENV": "test", "HOST": "127.0.0.1", "PORT": "0",
		"SHUTDOWN_DELAY": "0s",
	}
	read, write := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		var errs bytes.Buffer
		code := app.Main(nil, func(name string) string { return env[name] }, write, &errs)
		_ = write.Close()
		ended <- code
	}()
	base := "http://" + address(t, read)
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for path, want := range map[string]int{"/health/live": 200, "/health/ready": 503, "/api/v1/events": 401} {
		request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, response.StatusCode, want)
		}
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := <-ended; code != 0 {
		t.Errorf("exit %d, want 0", code)
	}
}
