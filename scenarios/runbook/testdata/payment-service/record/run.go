package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// mostOutput is how much of an output is kept, in bytes.
const mostOutput = 2000

// run executes one command as printed, in a shell of its own.
func (w *world) run(command, name, role string) scenarios.Execution {
	x := scenarios.Execution{Command: command, World: name, As: role}
	env := map[string]string{
		"PATH": filepath.Join(w.home, "bin") + ":" + os.Getenv("PATH"), "HOME": w.home, "CURL_HOME": w.home,
		"PAY": "http://localhost:8080", "PGHOST": w.pg, "PGUSER": "payments_app",
	}
	if role == "superuser" {
		env["PGUSER"] = "postgres"
	}
	if name == databaseAway {
		env["PGHOST"] = "127.0.0.99"
	}
	for _, variable := range []string{"PAY", "PGHOST", "PGUSER"} {
		if strings.Contains(command, "$"+variable) {
			x.Shims = append(x.Shims, scenarios.Shim{What: variable})
		}
	}
	limit := bound
	if strings.Contains(command, "MONITOR") || strings.Contains(command, "tail -f") {
		limit = quick
	}
	x.Before = w.state()
	stalled := w.waitBeside()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-c", command+"\necho \"${PIPESTATUS[@]}\" >&3")
	for k, v := range env {
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = w.home, &stdout, &stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	r, status, err := os.Pipe()
	check(err)
	cmd.ExtraFiles = []*os.File{status}

	began := time.Now()
	err = cmd.Run()
	x.Took = time.Since(began).Round(time.Millisecond)
	x.Stalled = stalled().Round(time.Millisecond)
	status.Close()
	var exits bytes.Buffer
	_, _ = exits.ReadFrom(r)
	for _, field := range strings.Fields(exits.String()) {
		var code int
		fmt.Sscan(field, &code)
		x.Exits = append(x.Exits, code)
	}
	switch {
	case ctx.Err() != nil:
		x.Exit, x.Ended = -1, "the bound of "+limit.String()
	case len(x.Exits) > 0:
		x.Exit = x.Exits[len(x.Exits)-1]
		if strings.Contains(command, "pipefail") {
			for _, code := range x.Exits {
				if code != 0 {
					x.Exit = code
				}
			}
		}
	case err != nil:
		x.Exit = cmd.ProcessState.ExitCode()
	}
	time.Sleep(20 * time.Millisecond) // for what expires
	x.After = w.state()
	x.Stdout, x.Stderr = w.kept(stdout.String()), w.kept(stderr.String())
	return x
}

var port = regexp.MustCompile(`:\d{5}\b`)

// kept is an output without the names of this machine.
func (w *world) kept(s string) string {
	s = port.ReplaceAllString(strings.ReplaceAll(strings.ReplaceAll(s, w.home, "~"), w.pg, "/run/pg"), ":PORT")
	if len(s) > mostOutput {
		s = s[:mostOutput]
	}
	return s
}

// waitBeside measures how long another client of Redis has to wait, until the
// returned function is called.
func (w *world) waitBeside() func() time.Duration {
	var longest atomic.Int64
	stop, done := make(chan struct{}), make(chan struct{})
	conn, err := net.Dial("tcp", "127.0.0.1:"+w.redis)
	check(err)
	go func() {
		defer close(done)
		defer conn.Close()
		answer := make([]byte, 16)
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
			began := time.Now()
			if _, err := conn.Write([]byte("PING\r\n")); err != nil {
				return
			}
			if _, err := conn.Read(answer); err != nil {
				return
			}
			longest.Store(max(longest.Load(), int64(time.Since(began))))
		}
	}()
	return func() time.Duration {
		close(stop)
		<-done
		return time.Duration(longest.Load())
	}
}
