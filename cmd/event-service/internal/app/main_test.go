package app_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
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
// the rest of the log flow. It is the last of the lines that name an address.
func address(t *testing.T, log io.Reader) string {
	t.Helper()
	return addresses(t, log)["Listening"]
}

// addresses are those that the log's lines name until the service listens, by
// the message of the line.
func addresses(t *testing.T, log io.Reader) map[string]string {
	t.Helper()
	named := map[string]string{}
	lines := bufio.NewReader(log)
	for named["Listening"] == "" {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			t.Fatalf("the service has ended without listening: %v", err)
		}
		var said struct{ Msg, Address string }
		if err := json.Unmarshal(line, &said); err != nil {
			t.Fatalf("%q is no line of a log: %v", line, err)
		}
		named[said.Msg] = said.Address
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return named
}

// unreachable is an environment without any dependency that answers: port 1 of
// loopback refuses connections.
func unreachable(more map[string]string) map[string]string {
	env := map[string]string{
		"DATABASE_URL": "postgres://u:p@127.0.0.1:1/event_service", "REDIS_URL": "redis://127.0.0.1:1",
		"VENUE_SERVICE_URL": "http://127.0.0.1:1", "NODE_ENV": "test", "HOST": "127.0.0.1", "PORT": "0",
		"SHUTDOWN_DELAY": "0s",
	}
	maps.Copy(env, more)
	return env
}

// fetched is the status and the body of an answer.
func fetched(t *testing.T, url string) (int, string) {
	t.Helper()
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// The service starts and lives without any of its dependencies, says so, and
// ends in order.
func TestAliveWithoutDependenciesAndStopped(t *testing.T) {
	defer goleak.VerifyNone(t)
	env := unreachable(nil)
	read, write := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		var errs bytes.Buffer
		code := app.Main(nil, func(name string) string { return env[name] }, write, &errs)
		_ = write.Close()
		ended <- code
	}()
	base := "http://" + address(t, read)
	for path, want := range map[string]int{"/health/live": 200, "/health/ready": 503, "/api/v1/events": 401} {
		if status, _ := fetched(t, base+path); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := <-ended; code != 0 {
		t.Errorf("exit %d, want 0", code)
	}
}
