package shell_test

import (
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios/runbook/shell"
)

func TestCalls(t *testing.T) {
	for command, want := range map[string]string{
		"ls -l":                                     "ls -l",
		"A=1 B=2 psql -c 'SELECT 1'":                "psql -c SELECT 1",
		"sudo -u postgres psql -h x":                "sudo -u postgres psql -h x; psql -h x via sudo",
		"su - postgres -c \"psql -x\"":              "su - postgres -c psql -x; psql -x via su",
		"kubectl exec -it p -n x -- psql -U a":      "kubectl exec -it p -n x -- psql -U a; psql -U a via kubectl in pod",
		"kubectl exec p -- sh -c 'redis-cli ping'":  "kubectl exec p -- sh -c redis-cli ping; sh -c redis-cli ping via kubectl in pod; redis-cli ping via kubectl sh in pod",
		"docker exec -e A=b c redis-cli ping":       "docker exec -e A=b c redis-cli ping; redis-cli ping via docker in container",
		"docker ps -a":                              "docker ps -a",
		"ssh -i k host 'df -h; uptime'":             "ssh -i k host df -h; uptime; df -h via ssh in host; uptime via ssh in host",
		"redis-cli KEYS x | xargs -r redis-cli DEL": "redis-cli KEYS x; xargs -r redis-cli DEL piped; redis-cli DEL via xargs piped",
		"timeout 5 curl x":                          "timeout 5 curl x; curl x via timeout",
		"watch -n 2 'kubectl get pods'":             "watch -n 2 kubectl get pods; kubectl get pods via watch",
		"kubectl logs <pod-name>":                   "kubectl logs <pod-name>",
		"ssh \"<the host>\" ls":                     "ssh <the host> ls; ls via ssh in host",
		"X=$(kubectl get pods)":                     "; kubectl get pods",
		"if true; then /usr/bin/psql; fi":           "true; psql",
		"a && b || c":                               "a; b; c",
		"echo 'open":                                "",
	} {
		var list []string
		for _, c := range shell.Calls(command) {
			text := strings.TrimSpace(c.Program + " " + strings.Join(c.Args, " "))
			if len(c.Via) > 0 {
				text += " via " + strings.Join(c.Via, " ")
			}
			if c.Place != shell.Here {
				text += " in " + string(c.Place)
			}
			if c.Piped {
				text += " piped"
			}
			list = append(list, text)
		}
		if got := strings.Join(list, "; "); got != want {
			t.Errorf("%s\n got %s\nwant %s", command, got, want)
		}
	}
}

func TestHereDocumentsAndOptions(t *testing.T) {
	c := shell.Calls("cd x\npsql -hdb1 --dbname=y <<'EOF'\nSELECT 1;\nEOF\n")[1]
	if c.Input != "SELECT 1;\n" || c.InputLine != 2 || c.Line != 1 {
		t.Errorf("%q at %d, the command at %d", c.Input, c.InputLine, c.Line)
	}
	for _, o := range []struct{ names, want string }{{"-h --host", "db1"}, {"-d --dbname", "y"}} {
		if got, found := c.Option(strings.Fields(o.names)...); got != o.want || !found {
			t.Errorf("%s is %q", o.names, got)
		}
	}
}

// FuzzCalls: whatever the text is, its calls are within it, and found in time.
func FuzzCalls(f *testing.F) {
	f.Add("sudo -u x sh -c 'ssh h \"ls | wc\"' && kubectl exec p -- psql <<EOF\nSELECT 1\nEOF\n")
	f.Add("echo $(cat <x>) {{ y }} | xargs -I{} docker exec {} ls")
	f.Fuzz(func(t *testing.T, text string) {
		begin := time.Now()
		for _, c := range shell.Calls(text) {
			if c.Offset < 0 || c.Offset > len(text) || c.Line < 0 {
				t.Fatalf("%+v", c)
			}
		}
		if len(shell.Filled(text)) != len(text) {
			t.Fatal("another length")
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("%d bytes took %s", len(text), took)
		}
	})
}
