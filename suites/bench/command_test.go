package bench_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/runproof/runproof/fixtures/child"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/ledger"
)

// run is one run of the command "runproof verify".
type run struct {
	usage
	result ledger.RunResult
	// took is from the start of the process to its end, cpu the CPU time of it
	// and of all its children.
	took, cpu time.Duration
}

// verify runs the command. A run that does not pass is one all the same; without
// a result there is none.
func verify(t *testing.T, args ...string) run {
	t.Helper()
	binary := os.Getenv("RUNPROOF_BINARY")
	if binary == "" {
		t.Fatal("RUNPROOF_BINARY is not set: make bench does")
	}
	out := t.TempDir()
	cmd := child.CommandContext(t.Context(), binary, append([]string{"verify", "--out", out}, args...)...)
	cmd.Env = child.Environment("RUNPROOF_*", "DOCKER_*", "TESTCONTAINERS_*", "HOME", "TMPDIR")
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	began := time.Now()
	must(t, cmd.Start())
	spent := watch(cmd.Process.Pid)
	err := cmd.Wait()
	r := run{took: time.Since(began), usage: spent()}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	r.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	files, _ := filepath.Glob(filepath.Join(out, "*", reports.ResultFile)) // the pattern is well formed
	if len(files) != 1 {
		t.Fatalf("%d results of %s: %v\n%s", len(files), cmd, err, output.Bytes())
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if r.result, err = reports.Parse(text); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: exit %d after %s", cmd, r.result.Exit, short(r.took))
	return r
}
