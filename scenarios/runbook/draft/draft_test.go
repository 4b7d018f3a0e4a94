package draft_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/draft"
	"github.com/runproof/runproof/scenarios/runbook/file"
)

// book is a section with the symptoms given, and what the drafts need beside it.
func book(heading, symptoms, steps string) string {
	return "# A service\n\n```bash\ncurl http://localhost:9000/healthz/ready\ncurl http://localhost:9000/v2/items\n```\n\n`POST /v2/items` makes one.\n\n" +
		"## " + heading + "\n\n**Symptoms:**\n\n" + symptoms + "\n\n**Resolution:**\n\n" + steps + "\n"
}

// written are the drafts of a text as they are written, after they were read back.
func written(t *testing.T, text string) (claims, list string, made draft.Draft) {
	t.Helper()
	d := document.Parse([]byte(text))
	made = draft.Of(d)
	c, err := file.WriteClaims(made.Content, made.Notes)
	if err != nil {
		t.Fatal(err)
	}
	s, err := file.WriteScenarios(made.Scenarios, made.Notes)
	if err != nil {
		t.Fatal(err)
	}
	if len(made.Claims) == 0 {
		return "", "", made
	}
	sources := []file.Source{{Name: "s", Text: s}}
	if len(made.Scenarios) == 0 {
		sources = nil
	}
	if _, err := file.Read([]file.Source{{Name: "c", Text: c}}, sources); err != nil {
		t.Errorf("a draft that cannot be read: %v\n%s\n%s", err, c, s)
	}
	for _, b := range binding.Bind(d, "", made.Claims).Bindings {
		if b.State != binding.Bound {
			t.Errorf("%s is %s in the very document that it was drafted from", b.Claim.ID, b.State)
		}
	}
	return string(c), string(s), made
}

// TestWhatFits: each section is given the fault and the observation that fit. By hand:
// leave out a line of the words.
func TestWhatFits(t *testing.T) {
	for _, c := range []struct {
		heading, symptoms string
		want              []string
	}{
		{"The database is gone", `- "ECONNREFUSED" in the logs within 5 seconds`, []string{"fault: {refuse: postgres}", "contains: ECONNREFUSED", "by: 5s", "GET: /healthz/ready"}},
		{"MySQL or Postgres trouble", "- Readiness fails", []string{"fault: {refuse: postgres}", "GET: /healthz/ready", "answers: 503", "names no status"}},
		{"Database trouble", "- Requests are answered with 500 or 503", []string{"answersOneOf: [500, 503]", "GET: /v2/items"}},
		{"Database trouble", "- Creating an item fails with 503", []string{"POST: /v2/items", "body: created during the fault"}},
		{"Database trouble", "- `POST /v2/items` is answered with 503 and `Retry-After`", []string{"withHeader: Retry-After"}},
		{"Database pool", "- Connection pool exhausted: 503", []string{"fault: fillServer"}},
		{"Database failover", "- Postgres is read-only, and writing is answered with 503", []string{"fault: readOnlyDatabase"}},
		{"Database locks", "- The log has \"deadlock detected\" on Postgres", []string{"fault: lockTable"}},
		{"Database login", "- The log has \"password authentication failed\"", []string{"refuseLogin: 28P01"}},
		{"Slow database", "- Requests take more than 3 seconds", []string{"slowReads: {on: postgres, perRead: 4.2s}", "slowerThan: 3s"}},
		{"Slow database", "- Requests end with 504", []string{"slow: {on: postgres, perRoundTrip: 4s}", "answers: 504"}},
		{"Redis is down", "- Requests still work without the cache", []string{"fault: {refuse: redis}", "undisturbed: true", "answers: 200"}},
		{"Redis is full", "- The log has \"OOM command not allowed\"", []string{"fault: fillRedis"}},
		{"Redis hangs", "- The cache is unresponsive: 503", []string{"blackHole: redis"}},
		{"Redis", "- \"ECONNRESET\" in the logs", []string{"reset: redis"}},
		{"The payment provider is down", "- The log has \"circuit breaker opened\" after 20 seconds", []string{"refuse: venue", "contains: circuit breaker opened", "by: 20s"}},
		{"The upstream is overloaded", "- We are answered 429 by the upstream", []string{"overload: {on: venue, retryAfter: 30s}"}},
		{"JWKS", "- After the keys were rotated, tokens are refused with 401", []string{"fault: rotateKeys", "answers: 401"}},
		{"Database trouble", "- `POST /v2/items` and `GET /v2/items` are answered with 503", []string{"POST: /v2/items", "- GET: /v2/items\n        answers: 503"}},
		{"Database trouble", "- `GET /healthz/ready` returns 503 and shows `\"store\": \"error\"`", []string{"showing: {store: error}"}},
		{"Redis is down", "- `GET /healthz/ready` still returns 200, with `\"status\": \"degraded\"`", []string{"fault: {refuse: redis}", "GET: /healthz/ready", "showing: {status: degraded}"}},
		{"Redis is down", "- Items can be read and written as usual", []string{"GET: /v2/items", "POST: /v2/items", "undisturbed: true"}},
		{"Slow database", "- Requests take more than 1 second\n- After 2 seconds requests fail with 503", []string{"escalates", "perRoundTrip: 4s", "answers: 503\n            by: 30s"}},
		{"Orders are slow", "- Requests take more than 2 seconds, whatever Postgres says", []string{"slowReads"}},
	} {
		_, list, _ := written(t, book(c.heading, c.symptoms, "- Look at it."))
		for _, want := range c.want {
			if !strings.Contains(list, want) {
				t.Errorf("%s, %s: no %q in\n%s", c.heading, c.symptoms, want, list)
			}
		}
	}
}

// TestWhereNoRequestIsNamed: a path of nobody's would be answered 404 by any service. By hand:
// have it be /.
func TestWhereNoRequestIsNamed(t *testing.T) {
	_, got, _ := written(t, "# A\n\n## Slow database\n\n**Symptoms:**\n\n- Postgres is slow\n")
	if !strings.Contains(got, "GET: /api/v1/events") || !strings.Contains(got, "names no request") {
		t.Error(got)
	}
}

// TestSettingsAreVariables: a table may call them otherwise.
func TestSettingsAreVariables(t *testing.T) {
	for _, head := range []string{"Variable", "Setting", "Option", "Configuration key"} {
		_, list, _ := written(t, "# A\n\n## Settings\n\n| "+head+" | Required |\n|---|---|\n| `ITEMS_DB` | yes |\n| `PORT_NO` | no, 8080 |\n")
		if !strings.Contains(list, "startWithout: ITEMS_DB") || strings.Contains(list, "PORT_NO") {
			t.Errorf("%s:\n%s", head, list)
		}
	}
}

// TestWhatIsLeftOut: nothing is claimed that cannot be tried, and people are no symptoms.
func TestWhatIsLeftOut(t *testing.T) {
	for _, symptoms := range []string{
		"- Customers complain", "- Escalate to #dba in Slack when Postgres is down: 503", "- Disk usage grows", "- Queue lag in Kafka rises",
	} {
		if _, list, made := written(t, book("Trouble", symptoms, "- Call somebody.")); len(made.Scenarios) > 0 {
			t.Errorf("%s:\n%s", symptoms, list)
		}
	}
}

// TestStepsAreSorted: what asks is a diagnosis, what cures is a remedy, and what is done
// to a server is neither.
func TestStepsAreSorted(t *testing.T) {
	const steps = "```bash\n# Does it answer?\npg_isready -h $PGHOST\n# rows\npsql -c \"SELECT count(*) FROM items\"\nkubectl rollout restart statefulset/redis\n# again\nkubectl rollout restart deployment/items\nkubectl scale deployment/items --replicas=5\n```\n\n- Restart Postgres.\n- It recovers within 12 seconds once Postgres is back.\n"
	_, list, made := written(t, book("The database is down", "- 503 from `GET /v2/items`", steps))
	if len(made.Scenarios) != 1 {
		t.Fatalf("%d scenarios", len(made.Scenarios))
	}
	s := made.Scenarios[0]
	if len(s.Diagnosis) != 1 || s.Diagnosis[0].Command != "pg_isready -h $PGHOST" {
		t.Errorf("diagnosis: %+v", s.Diagnosis)
	}
	var remedies []string
	for _, r := range s.Remedy {
		remedies = append(remedies, r.String())
	}
	if !slices.Equal(remedies, []string{"restart", "scale to 5"}) {
		t.Errorf("remedies: %q", remedies)
	}
	if !strings.Contains(list, "by: 12s") {
		t.Errorf("no recovery within 12 s:\n%s", list)
	}
	if strings.Contains(list, "statefulset") {
		t.Errorf("a server's restart is a remedy of the service:\n%s", list)
	}
}

// TestTheOrdersRunbook: the draft of our own small runbook stays as it was counted.
func TestTheOrdersRunbook(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "fixtures", "target", "testdata", "orders", "runbook.md"))
	if err != nil {
		t.Fatal(err)
	}
	claims, list, made := written(t, string(text))
	if len(made.Claims) < 15 || len(made.Claims) > 30 {
		t.Errorf("%d claims", len(made.Claims))
	}
	var ids []string
	for _, s := range made.Scenarios {
		ids = append(ids, s.ID)
	}
	want := []string{"postgres-is-down", "orders-are-slow", "database-connections-are-used", "redis-is-down", "required-variables", "documented-answers"}
	if !slices.Equal(ids, want) {
		t.Errorf("%q, want %q", ids, want)
	}
	for _, people := range []string{"oncall", "email", "post-mortem", "Escalate"} {
		if strings.Contains(claims+list, people) {
			t.Errorf("%q is drafted: no machine can try it", people)
		}
	}
}

// FuzzOf: whatever a document has, its draft can be read.
func FuzzOf(f *testing.F) {
	f.Add(book("The database is down", "- 503 within 5 s\n- \"ECONNREFUSED\" in the logs", "- Restart the service."))
	f.Add("# x\n\n| Symptom | Fix |\n|---|---|\n| Postgres is down: 503 | none |\n")
	f.Fuzz(func(t *testing.T, text string) {
		_, _, made := written(t, text)
		for _, s := range made.Scenarios {
			if len(s.Claims()) == 0 || s.Severity == "" || s.Validate() != nil {
				t.Errorf("%+v", s)
			}
		}
	})
}
