package runbook_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/binding"
)

// edit changes one thing of the edition. Stale is the claim that must turn
// STALE, by the fact that is gone and the one in its place; without one,
// nothing may change.
type edit struct {
	name     string
	old, now string
	stale    string
	was, is  string
}

var edits = []edit{
	// One fact.
	{"seconds", "half-open after 30 seconds", "half-open after 60 seconds", "breaker.resolution.half-open", "30s", "60 seconds"},
	{"seconds, shorter", "half-open after 30 seconds", "half-open after 5s", "breaker.resolution.half-open", "30s", "5s"},
	{"status of the database", "the database are answered with 503", "the database are answered with 500", "database.symptom.503", "503", "500"},
	{"status of the venue", "need a venue are answered with 503", "need a venue are answered with 502", "breaker.symptom.503", "503", "502"},
	{"status of a timeout", "is answered with 504", "is answered with 408", "latency.symptom.504", "504", "408"},
	{"one of two statuses", "with 400 or 422", "with 400 or 409", "creation.symptom.validation-errors", "422", "409"},
	{"the other status", "with 400 or 422", "with 418 or 422", "creation.symptom.validation-errors", "400", "418"},
	{"status of a failure", "fails with 500", "fails with 503", "creation.symptom.500", "500", "503"},
	{"method", "`POST /api/v1/events` fails", "`PUT /api/v1/events` fails", "creation.symptom.500", "POST", "PUT"},
	{"path in words", "`POST /api/v1/events` fails", "`POST /api/v2/events` fails", "creation.symptom.500", "/events", "/api/v2/events"},
	{"log string", `"Circuit breaker opened"`, `"Circuit breaker tripped"`, "breaker.symptom.opened", "Circuit breaker opened", "Circuit breaker tripped"},
	{"log string of tenants", `"Setting tenant context"`, `"Tenant context set"`, "tenant.resolution.tenant-context-logs", "Setting tenant context", "Tenant context set"},
	{"error string", `"tenant_id is required"`, `"tenant is required"`, "creation.resolution.tenant-required", "tenant_id is required", "tenant is required"},
	{"error code", `"ECONNREFUSED"`, `"ETIMEDOUT"`, "database.symptom.econnrefused", "ECONNREFUSED", "ETIMEDOUT"},
	{"latency", "more than 1 second", "more than 2 seconds", "latency.symptom.over-1s", "> 1s", "2 seconds"},
	{"comparison", "more than 1 second", "less than 1 second", "latency.symptom.over-1s", "> 1s", "1 second"},
	{"response time of P1", "| 15 minutes |", "| 30 minutes |", "incident.severity.p1", "15 minutes", "30 minutes"},
	{"response time of P2", "| 30 minutes |", "| 45 minutes |", "incident.severity.p2", "30 minutes", "45 minutes"},
	{"response time of P3", "| 2 hours |", "| 4 hours |", "incident.severity.p3", "2 hours", "4 hours"},
	{"response time of P4", "| 24 hours |", "| 48 hours |", "incident.severity.p4", "24 hours", "48 hours"},
	{"severity", "**P4, low**", "**P5, low**", "incident.severity.p4", "P4", "P5"},
	{"GUC in words", "Is app.tenant_id set?", "Is app.current_tenant set?", "tenant.resolution.setting", "app.tenant_id", "app.current_tenant"},
	{"GUC in a query", "SET app.tenant_id = 'test-tenant-id'", "SET app.tenant = 'test-tenant-id'", "tenant.resolution.manual-test", "app.tenant_id", "app.tenant"},
	{"header", "X-Tenant-ID header", "X-Org-ID header", "tenant.resolution.request-tenant", "X-Tenant-ID", "X-Org-ID"},
	{"key pattern", `--pattern "event:*"`, `--pattern "events:*"`, "recovery.cache.event", "event:*", "events:*"},
	{"key pattern of lists", `--pattern "venue:events:*"`, `--pattern "venue:list:*"`, "recovery.cache.venue", "venue:events:*", "venue:list:*"},
	{"key pattern of the rest", `--pattern "event-service:*"`, `--pattern "es:*"`, "recovery.cache.all", "event-service:*", "es:*"},
	{"health field", `"diskSpace": "OK"`, `"disk": "OK"`, "health.manual.disk", "diskSpace", "checks.disk"},
	{"health value", `"memory": "OK"`, `"memory": "UP"`, "health.manual.memory", "OK", "UP"},
	{"health value of Redis", `"redis": "UP"`, `"redis": "CONNECTED"`, "health.manual.redis", "UP", "CONNECTED"},
	{"name of the service", `"service": "event-service"`, `"service": "events"`, "health.manual.service", "event-service", "events"},
	{"form of the time", `12:00:00.000Z`, `12:00:00+02:00`, "health.manual.timestamp", "2024-12-31T12:00:00.000Z", "2024-12-31T12:00:00+02:00"},
	{"health path in a table", "| `/health/live` |", "| `/healthz` |", "health.endpoints.live", "/health/live", "/healthz"},
	{"probe's path", "    path: /health/ready", "    path: /ready", "health.probes.ready-path", "/health/ready", "/ready"},
	{"probe's delay", "initialDelaySeconds: 5", "initialDelaySeconds: 15", "health.probes.ready-delay", "5", "15"},
	{"probe's period", "periodSeconds: 5", "periodSeconds: 1", "health.probes.ready-period", "5", "1"},
	{"field of a filter", "jq '.checks.dependencies'", "jq '.checks.breakers'", "breaker.resolution.stats", ".checks.dependencies", ".checks.breakers"},
	{"field of a filter of the database", "jq '.checks.database'", "jq '.checks.postgres'", "database.resolution.pool-status", ".checks.database", ".checks.postgres"},
	{"interval of a query", "interval '1 minute'", "interval '5 minutes'", "database.resolution.long-queries", "'1 minute'", "'5 minutes'"},
	{"schema in a query", "schemaname = 'event_service'", "schemaname = 'public'", "tenant.resolution.policies", "'event_service'", "'public'"},
	{"a query turned round", "WHERE tenant_id IS NULL", "WHERE tenant_id IS NOT NULL", "recovery.database.integrity", "", "NOT"},
	{"rows", "# 0 rows", "# 3 rows", "recovery.database.integrity-zero", "0", "3"},
	{"replicas", "--replicas=4", "--replicas=2", "latency.resolution.scale", "4", "2"},
	{"revision", "--to-revision=2", "--to-revision=1", "recovery.rollback.revision", "2", "1"},
	{"lines of log", "--tail=100", "--tail=10", "incident.acknowledge.logs", "100", "10"},
	{"age of log", "--since=5m", "--since=1h", "useful.logs", "5m", "1h"},
	{"port of a forward", "3003:3003", "8080:3003", "useful.port-forward", "3003:3003", "8080:3003"},
	{"an option more", "kubectl rollout status deployment/event-service", "kubectl rollout status --watch=false deployment/event-service", "recovery.restart.status", "", "--watch false"},
	{"promise of a provider", "99.95%", "99.5%", "contacts.external.redis", "99.95%", "99.5%"},
	{"channel", "in Slack, in #incident-response", "in Slack, in #incidents", "incident.communicate.slack", "#incident-response", "#incidents"},
	{"owner", "@database-team", "@dba-team", "contacts.owner.database", "@database-team", "@dba-team"},
	{"required variable", "where Redis is | Yes |", "where Redis is | No |", "env.redis-url", "Yes", "No"},
	{"name of a variable", "`LOG_LEVEL`", "`LOGLEVEL`", "env.log-level", "LOG_LEVEL", "LOGLEVEL"},
	{"version", "**Version:** 1.0.0", "**Version:** 2.0.0", "document.version", "1.0.0", "2.0.0"},
	{"a denial", "The readiness check fails", "The readiness check never fails", "database.symptom.health-failing", "the readiness check fails", "The readiness check never fails."},

	// Words and order, but no fact.
	{"worded anew", "Requests that need the database are answered with 503.", "Clients get HTTP 503 (Service Unavailable).", "", "", ""},
	{"worded anew, short", "Requests that need the database are answered with 503.", "503 responses", "", "", ""},
	{"seconds abbreviated", "By default the breaker is half-open after 30 seconds", "Half-open: 30s (the default)", "", "", ""},
	{"seconds in words", "half-open after 30 seconds", "half-open after thirty seconds", "", "", ""},
	{"sign for words", "Answers take more than 1 second.", "Response time > 1000 ms", "", "", ""},
	{"time in other units", "| 24 hours |", "| 1 day |", "", "", ""},
	{"steps renumbered", "# 3. Where the pool", "# 7. Where the pool", "", "", ""},
	{"purpose worded anew", "# 4. Which queries take long?", "# 4. Find what runs for ages", "", "", ""},
	{"heading worded anew", "### Database connection issues", "### Problems with database connections", "", "", ""},
	{"heading without its words", "### Circuit breaker open", "### When the venue-service takes us down", "", "", ""},
	{"code span for quotes", `"ECONNREFUSED"`, "`ECONNREFUSED`", "", "", ""},
	{"other quotes around a query", `--pattern "event:*"`, `--pattern 'event:*'`, "", "", ""},
	{"options in another order", "kubectl top pods -n tickettoken -l app=event-service", "kubectl top pods -l app=event-service -n tickettoken", "", "", ""},
	{"a long option", "kubectl get pods -n tickettoken", "kubectl get pods --namespace tickettoken", "", "", ""},
	{"keywords in small letters", "SELECT * FROM events WHERE", "select * from events where", "", "", ""},
	{"fields in another order", "    \"redis\": \"UP\",\n    \"memory\": \"OK\",", "    \"memory\": \"OK\",\n    \"redis\": \"UP\",", "", "", ""},
	{"symptoms in another order", "- Venues cannot be validated.\n- Requests that need a venue are answered with 503.", "- Requests that need a venue are answered with 503.\n- Venues cannot be validated.", "", "", ""},
	{"another version in the example", `"version": "1.0.0"`, `"version": "1.12.3"`, "", "", ""},
	{"a paragraph in between", "### High latency\n", "### High latency\n\nThis one is hard to see: look at the dashboards first.\n", "", "", ""},
	{"the operators' way to clear", `redis-cli --scan --pattern "event:*" | tr '\n' '\0' | xargs -0 -r -n 100 redis-cli UNLINK`, `redis-cli KEYS "event:*" | xargs redis-cli DEL`, "", "", ""},
	{"labels worded anew", "**What you see:**", "**Symptoms:**", "", "", ""},
}

func TestEdits(t *testing.T) {
	if len(edits) < 40 {
		t.Errorf("only %d edits", len(edits))
	}
	for _, e := range edits {
		t.Run(e.name, func(t *testing.T) {
			if !bytes.Contains(runbook.Edition(), []byte(e.old)) {
				t.Fatalf("the edition has no %q", e.old)
			}
			changed := bytes.Replace(runbook.Edition(), []byte(e.old), []byte(e.now), 1)
			stale := false
			for _, b := range runbook.Bind(changed).Bindings {
				switch {
				case b.Claim.ID == e.stale:
					stale = true
					if b.State != binding.Stale || b.Old != e.was || b.New != e.is {
						t.Errorf("%s is %s: %q became %q", b.Claim.ID, b.State, b.Old, b.New)
					}
				case b.State != binding.Bound:
					t.Errorf("%s is %s: %q became %q, candidates %v", b.Claim.ID, b.State, b.Old, b.New, b.Candidates)
				}
			}
			if e.stale != "" && !stale {
				t.Errorf("there is no claim %s", e.stale)
			}
		})
	}
}

// TestSectionsInAnotherOrder turns the whole edition upside down.
func TestSectionsInAnotherOrder(t *testing.T) {
	parts := strings.Split(string(runbook.Edition()), "\n## ")
	head, sections := parts[0], parts[1:]
	turned := head
	for i := len(sections) - 1; i >= 0; i-- {
		turned += "\n## " + strings.TrimRight(sections[i], "\n-") + "\n"
	}
	before, after := runbook.Bind(runbook.Edition()), runbook.Bind([]byte(turned))
	ids := map[string]bool{}
	for _, s := range before.Document.Statements {
		ids[s.ID] = true
	}
	for _, s := range after.Document.Statements {
		if !ids[s.ID] {
			t.Errorf("%q has got another id: %s", s.Text, s.ID)
		}
	}
	for _, b := range after.Bindings {
		if b.State != binding.Bound {
			t.Errorf("%s is %s", b.Claim.ID, b.State)
		}
	}
}

// TestEqualCandidatesBindNeither states a symptom twice in the same words, and
// once more in others that fit as well.
func TestEqualCandidatesBindNeither(t *testing.T) {
	line := "- Requests that need the database are answered with 503.\n"
	for _, twin := range []string{line, "- Requests that ask the database return 503.\n"} {
		doubled := bytes.Replace(runbook.Edition(), []byte(line), []byte(line+twin), 1)
		for _, b := range runbook.Bind(doubled).Bindings {
			want := binding.Bound
			if b.Claim.ID == "database.symptom.503" {
				want = binding.Ambiguous
			}
			if b.State != want {
				t.Errorf("%s is %s", b.Claim.ID, b.State)
			}
			if b.State == binding.Ambiguous && len(b.Candidates) != 2 {
				t.Errorf("candidates: %v", b.Candidates)
			}
		}
	}
}

// TestAStatementThatIsGoneIsListed removes a line of each kind.
func TestAStatementThatIsGoneIsListed(t *testing.T) {
	for id, line := range map[string]string{
		"database.symptom.health-failing": "- The readiness check fails.\n",
		"health.manual.redis":             "    \"redis\": \"UP\",\n",
		"latency.resolution.cache-hits":   "redis-cli INFO stats | grep hit\n",
		"env.node-env":                    "| `NODE_ENV` | production or staging | Yes |\n",
		"health.probes.live-period":       "  periodSeconds: 10\n",
		"breaker.resolution.recovers":     "# The circuit recovers by itself\n",
	} {
		if !bytes.Contains(runbook.Edition(), []byte(line)) {
			t.Fatalf("the edition has no %q", line)
		}
		for _, b := range runbook.Bind(bytes.Replace(runbook.Edition(), []byte(line), nil, 1)).Bindings {
			want := binding.Bound
			if b.Claim.ID == id {
				want = binding.Gone
			}
			if b.State != want {
				t.Errorf("without %q: %s is %s, %q %q", line, b.Claim.ID, b.State, b.Old, b.New)
			}
		}
	}
}

// TestNothingIsBoundOnAGuess: the fact alone is not the claim, and where two
// changed lines could each be the one that was, neither is.
func TestNothingIsBoundOnAGuess(t *testing.T) {
	for _, c := range []struct{ id, old, now string }{
		{"breaker.symptom.503", "- Requests that need a venue are answered with 503.\n", "- 503 while Redis is away.\n"},
		{"latency.symptom.504", "- What would take too long is answered with 504.\n", "- Too late is answered with 408.\n- Too late is answered with 409.\n"},
	} {
		if !bytes.Contains(runbook.Edition(), []byte(c.old)) {
			t.Fatalf("the edition has no %q", c.old)
		}
		for _, b := range runbook.Bind(bytes.Replace(runbook.Edition(), []byte(c.old), []byte(c.now), 1)).Bindings {
			want := binding.Bound
			if b.Claim.ID == c.id {
				want = binding.Gone
			}
			if b.State != want {
				t.Errorf("%q: %s is %s, %q %q", c.now, b.Claim.ID, b.State, b.Old, b.New)
			}
		}
	}
}
