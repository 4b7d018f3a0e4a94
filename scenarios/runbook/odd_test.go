package runbook_test

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

// foreign are runbooks of other services and of other kinds. Many of them say
// what the claims say, word for word, of something else: none may be bound.
var foreign = map[string]string{
	"another service": "# Payment Service Runbook\n\n## Database Connection Issues\n\n**Symptoms:**\n- 503 Service Unavailable\n- \"ECONNREFUSED\" errors in logs\n- Health check failing\n\n" +
		"```bash\ncurl http://localhost:3003/health/ready | jq '.checks.database'\nkubectl rollout restart deployment/payment-service -n tickettoken\n```\n",
	"a neighbour that names us": "# Venue Service\n\nThe event-service calls us; the event-service waits 30 s; the event-service opens its breaker. The venue-service has a venue-service team, a venue-service channel and a venue-service page.\n\n" +
		"## Circuit Breaker Open\n\n**Symptoms:**\n- \"Circuit breaker opened\" in logs\n- 503 errors for venue-related operations\n",
	"no headings":       "503 Service Unavailable\n\n- \"ECONNREFUSED\" errors in logs\n- Health check failing\n",
	"headings alone":    "# Runbook\n## Database Connection Issues\n### Symptoms\n## High Latency\n## Circuit Breaker Open\n",
	"setext headings":   "Search cluster\n==============\n\nRed status\n----------\n\n1. Look at shards.\n\n   ```\n   curl localhost:9200/_cluster/health\n   ```\n\n2) Restart within 5 minutes.\n",
	"tables of steps":   "# Queue\n\n| Symptom | Cause | Fix |\n|:--|:-:|--:|\n| lag > 1000 | slow consumer | `kubectl scale deployment/worker --replicas=4` |\n| 503 | no broker | restart \\| wait |\n| a | b |\n",
	"nested lists":      "# Disk full\n\n- Signs\n  - 90% used\n    - on `/var`\n      1. rotate logs\n         - `journalctl --vacuum-size=1G`\n\n           and a paragraph with 503\n  - slow writes\n* other\n+ another\n",
	"tabs":              "#\tRunbook\n\n-\tFirst\n\t-\tSecond\n\n\tkubectl get pods\n\tpsql -c \"SELECT 1;\"\n\n1.\tThird\n",
	"no fences":         "# Restart\n\nRun this:\n\n    kubectl rollout restart deployment/api\n    # then\n    kubectl get pods\n\nand wait 30 seconds.\n",
	"mdx":               "import { Tabs } from './tabs'\nexport const wait = 30\n\n# Cache\n\n<Tabs items={['a', 'b']}>\n\n**Symptoms:**\n\n- 503 from <Badge color=\"red\">edge</Badge>\n- {wait} seconds\n\n</Tabs>\n\n```bash {2} title=\"run\"\nredis-cli KEYS \"event:*\"\n```\n",
	"front matter":      "---\ntitle: event-service\nowner: x\n---\n# DNS\n\n- 503 Service Unavailable\n",
	"german":            "# Störungshandbuch Bestelldienst\n\n## Datenbank nicht erreichbar\n\n**Symptome:**\n- Antworten mit 503\n- „ECONNREFUSED“ im Protokoll\n- Antwortzeit über 1 s\n\n**Behebung:** 30 Sekunden warten, dann `systemctl restart bestellung`.\n",
	"japanese":          "# 障害対応\n\n## データベース接続\n\n- 503 が返る\n- ログに「ECONNREFUSED」\n\n```bash\ncurl http://localhost:3003/health/ready | jq '.checks.database'\n```\n",
	"session":           "# Shell\n\n```console\n$ kubectl get pods\nNAME READY\napi 1/1\n$ echo 'unfinished\n```\n",
	"broken shell":      "# S\n\n```bash\nif true; then\necho \"x\n\nkubectl get pods\n)))\n$(((\n```\n\n```sh\ncat <<EOF\nnever closed\n```\n",
	"broken trees":      "# T\n\n```yaml\na: [1\n\tb: {\n```\n\n```json\n{\"a\": }\n```\n\n```bash\n# Expected output:\n# { \"a\": \n```\n\n```yaml\na: &a [*a, *a]\nb: *nobody\n```\n",
	"html":              "<h1>Event</h1>\n<table><tr><td>503</td></tr></table>\n<!-- never closed\n\n## Database Connection Issues\n- 503\n",
	"quotations":        "> # Pager\n> > - 503 for 30s\n> > ```bash\n> > curl /health/live\n> > ```\n> lazy continuation\n",
	"empty":             "",
	"white":             " \n\t\n\n",
	"only marks":        "***\n___\n```\n```\n- \n1. \n# \n| |\n|-|\n[]()\n![](\n",
	"an unclosed fence": "# A\n\n```bash\nkubectl get pods -n tickettoken\n",
	"deep":              "# D\n" + strings.Repeat(">", 3000) + " 503\n" + strings.Repeat("- ", 500) + "deep\n" + strings.Repeat("[", 3000) + "\n" + strings.Repeat("*a_", 3000),
	"one long line":     "# L\n" + strings.Repeat("`503` > 1s \"Circuit breaker opened\" ", 5000),
	"binary":            string(binary()),
	"binary with text":  "# Event Service Runbooks\n\n- 503 Service Unavailable\n" + string(binary()),
}

func binary() []byte {
	draw := rand.New(rand.NewPCG(7, 7))
	b := make([]byte, 20000)
	for i := range b {
		b[i] = byte(draw.Uint32())
	}
	return b
}

func TestOddRunbooksAreReadAndNothingIsInvented(t *testing.T) {
	if len(foreign) < 20 {
		t.Errorf("only %d runbooks", len(foreign))
	}
	for name, text := range foreign {
		t.Run(name, func(t *testing.T) {
			d := document.Parse([]byte(text))
			r := runbook.BindDocument(d)
			for _, b := range r.Bindings {
				if b.State != binding.Gone {
					t.Errorf("%s is %s", b.Claim.ID, b.State)
				}
			}
			sane(t, d)
			lint.Run(lint.Input{Document: d, Binding: r, Excuse: runbook.Excuse}, lint.Rules())
		})
	}
}

// sane checks what must hold of any document.
func sane(t *testing.T, d *document.Document) {
	t.Helper()
	ids := map[string]bool{}
	lines := bytes.Count(d.Source, []byte("\n")) + 1
	for _, s := range d.Statements {
		if s.ID == "" || ids[s.ID] {
			t.Errorf("id %q is empty or not the only one", s.ID)
		}
		ids[s.ID] = true
		if s.Line < 1 || s.Line > lines || s.Column < 1 || strings.TrimSpace(s.Text) == "" || s.Of >= len(d.Statements) {
			t.Errorf("%+v", s)
		}
	}
	for _, p := range d.Problems {
		if p.Line < 1 || p.Line > lines {
			t.Errorf("%+v", p)
		}
	}
}

// TestTheSameRunbookInOtherBytes: what an editor or a checkout does to a file
// changes no statement, no id and no binding.
func TestTheSameRunbookInOtherBytes(t *testing.T) {
	text := string(runbook.Edition())
	want := document.Parse([]byte(text))
	for name, other := range map[string]string{
		"CRLF":             strings.ReplaceAll(text, "\n", "\r\n"),
		"CR":               strings.ReplaceAll(text, "\n", "\r"),
		"BOM":              "\ufeff" + text,
		"BOM and CRLF":     "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"),
		"no last newline":  strings.TrimRight(text, "\n"),
		"stars for dashes": strings.ReplaceAll(text, "\n- ", "\n* "),
		"tildes":           strings.ReplaceAll(text, "```", "~~~"),
	} {
		got := document.Parse([]byte(other))
		if len(got.Statements) != len(want.Statements) {
			t.Errorf("%s: %d statements, not %d", name, len(got.Statements), len(want.Statements))
			continue
		}
		for i, s := range got.Statements {
			if w := want.Statements[i]; s.ID != w.ID || s.Line != w.Line || s.Column != w.Column {
				t.Errorf("%s: %s at %d:%d, not %s at %d:%d", name, s.ID, s.Line, s.Column, w.ID, w.Line, w.Column)
			}
		}
		for _, b := range runbook.BindDocument(got).Bindings {
			if b.State != binding.Bound {
				t.Errorf("%s: %s is %s", name, b.Claim.ID, b.State)
			}
		}
	}
}

// megabyte bounds the reading and binding of a megabyte, in time of the
// processor: what else the machine does meanwhile is not counted.
const megabyte = time.Second

func TestAMegabyteInUnderASecond(t *testing.T) {
	text := runbook.Edition()
	var big bytes.Buffer
	big.Write(text)
	for big.Len() < 1<<20 {
		big.Write(bytes.Replace(text, []byte("# Event-service runbook"), []byte("# Another part"), 1))
	}
	best := time.Hour
	for range 5 {
		best = min(best, processorTime(t, func() {
			if r := runbook.Bind(big.Bytes()); len(r.Document.Statements) < 1000 {
				t.Fatalf("only %d statements", len(r.Document.Statements))
			}
		}))
		if best < megabyte {
			break
		}
	}
	t.Logf("%d bytes in %s", big.Len(), best)
	if best > megabyte && !raceEnabled {
		t.Errorf("%d bytes took %s", big.Len(), best)
	}
}

// processorTime is what one goroutine's work takes of a processor.
func processorTime(t *testing.T, work func()) time.Duration {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	used := func() time.Duration {
		var usage syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_THREAD, &usage); err != nil {
			t.Fatal(err)
		}
		return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	}
	before := used()
	work()
	return used() - before
}

func FuzzBind(f *testing.F) {
	f.Add(runbook.Edition())
	for _, text := range foreign {
		if len(text) < 4000 {
			f.Add([]byte(text))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		begin := time.Now()
		defer func() {
			if took := time.Since(begin); took > 2*time.Second {
				t.Errorf("%d bytes took %s", len(text), took)
			}
		}()
		d := document.Parse(text)
		sane(t, d)
		r := runbook.BindDocument(d)
		lint.Run(lint.Input{Document: d, Binding: r, Excuse: runbook.Excuse}, lint.Rules())
	})
}
