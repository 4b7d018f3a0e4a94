package script_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// read shows the calls of a shell text, each with how it is reached.
func read(text string) string {
	s := script.Read(document.Parse([]byte("```bash\n" + text + "\n```\n")))
	var list []string
	for _, c := range s.Calls {
		line := strings.Join(append(append([]string{}, c.Via...), c.String()), " > ")
		if len(c.Pipe) > 1 {
			line += fmt.Sprintf(" [%d/%d]", c.Stage+1, len(c.Pipe))
		}
		list = append(list, line)
	}
	return strings.Join(list, "\n")
}

func TestCalls(t *testing.T) {
	for text, want := range map[string]string{
		`kubectl get pods -n x | grep -v "a b" | head -5`:      "kubectl get pods -n x [1/3]\ngrep -v a b [2/3]\nhead -5 [3/3]",
		`kubectl logs <pod-name> -n <ns>`:                      "kubectl logs <pod-name> -n <ns>",
		`sudo -u postgres psql -c 'SELECT 1'`:                  "sudo -u postgres psql -c SELECT 1\nsudo > psql -c SELECT 1",
		`kubectl exec -it pod -n x -- psql -c "SELECT 1"`:      "kubectl exec -it pod -n x -- psql -c SELECT 1\nkubectl exec > psql -c SELECT 1",
		`docker compose exec -T db psql -U u`:                  "docker compose exec -T db psql -U u\ndocker exec > psql -U u",
		`watch -n 5 'kubectl get pods | grep x'`:               "watch -n 5 kubectl get pods | grep x\nwatch > kubectl get pods [1/2]\nwatch > grep x [2/2]",
		`ssh host "sudo systemctl restart x"`:                  "ssh host sudo systemctl restart x\nssh > sudo systemctl restart x\nssh > sudo > systemctl restart x",
		`redis-cli KEYS 'a*' | xargs -r -n 10 redis-cli DEL`:   "redis-cli KEYS a* [1/2]\nxargs -r -n 10 redis-cli DEL [2/2]\nxargs > redis-cli DEL [2/2]",
		"for p in $(kubectl get po); do kubectl logs $p; done": "kubectl get po\nkubectl logs $p",
		`echo "$(redis-cli dbsize)" && curl x`:                 "echo $(redis-cli dbsize)\nredis-cli dbsize\ncurl x",
		`bash -c "echo x | wc -l"`:                             "bash -c echo x | wc -l\nsh -c > echo x [1/2]\nsh -c > wc -l [2/2]",
		`timeout 5 tail -f x`:                                  "timeout 5 tail -f x\ntimeout > tail -f x",
	} {
		if got := read(text); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", text, got, want)
		}
	}
}

func TestWordsThatAreNotAllKnown(t *testing.T) {
	s := script.Read(document.Parse([]byte("```bash\ncmd $A \"b $C\" <name> {name} plain 'quoted $X' a*\n```\n")))
	for i, w := range s.Calls[0].Args {
		if w.Open != (i < 4) {
			t.Errorf("%q: open is %t", w.Text, w.Open)
		}
	}
}

// TestLongPipelines are read in a time that grows with their length.
func TestLongPipelines(t *testing.T) {
	begin := time.Now()
	read("cat x" + strings.Repeat(" | cat", 1500))
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}

func TestWhoseExitStatusDecides(t *testing.T) {
	for text, want := range map[string]string{
		"a && b":                           "a",
		"a || b | c && d":                  "a c",
		"if a; then b; else c; fi":         "a",
		"until a | b; do c; sleep 1; done": "b",
		"a; b":                             "",
		"if $(a) | b; then c; fi":          "b",
	} {
		s := script.Read(document.Parse([]byte("```bash\n" + text + "\n```\n")))
		var got []string
		for _, c := range s.Calls {
			if c.Tested {
				got = append(got, c.Program)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}
