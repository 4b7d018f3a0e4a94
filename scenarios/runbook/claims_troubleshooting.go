package runbook

var databaseClaims = []claim{
	text("database.symptom.503", "requests that need the database are answered 503", facts{"503"}, "unavail|answer|respon|request|return|http|error|status|client|call"),
	text("database.symptom.econnrefused", "the log has ECONNREFUSED", facts{"ECONNREFUSED"}, "log|error"),
	text("database.symptom.health-failing", "the readiness check fails", nil, "health|readi|ready", "fail|down|unhealth|red"),
	command("database.resolution.connectivity", "psql tells whether the database can be reached", facts{"SELECT 1;"},
		`psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT 1;"`),
	command("database.resolution.pool-status", "readiness tells the state of the database", facts{"/health/ready", ".checks.database"},
		`curl http://localhost:3003/health/ready | jq '.checks.database'`),
	command("database.resolution.restart", "with an exhausted pool, a restart of the service helps", facts{"kubectl rollout restart"},
		`kubectl rollout restart deployment/event-service -n tickettoken`),
	command("database.resolution.long-queries", "pg_stat_activity shows the queries that run for more than a minute", facts{"pg_stat_activity", "1 minute"},
		`psql -c "SELECT pid, now() - pg_stat_activity.query_start AS duration, query FROM pg_stat_activity WHERE state = 'active' AND query_start < now() - interval '1 minute';"`,
		`psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT pid, now() - pg_stat_activity.query_start AS duration, query FROM pg_stat_activity WHERE state = 'active' AND query_start < now() - interval '1 minute';"`),
}

// databaseEditionClaims are made by the project's own edition alone: the
// operators' original does not say whose refusal the log tells of.
var databaseEditionClaims = []claim{
	text("database.symptom.names-database", "the line with ECONNREFUSED says that it is the database", facts{"database unavailable"}, "line", "name|say|has"),
}

var latencyClaims = []claim{
	text("latency.symptom.over-1s", "answers take longer than a second", facts{"> 1s"}, "respon|answer|latenc|request", "time|take|slow"),
	text("latency.symptom.timeout-errors", "timeouts are logged as errors", nil, "timeout|timed", "error|log|report"),
	text("latency.symptom.504", "requests end with 504", facts{"504"}, "gateway|timeout|answer|respon|request|error|late|end|say"),
	command("latency.resolution.load", "kubectl shows the load of the pods", facts{"kubectl top pods"},
		`kubectl top pods -n tickettoken -l app=event-service`),
	text("latency.resolution.query-performance", "the database's queries can be a cause", nil, "database|postgres", "quer", "perform|slow|fast|speed"),
	text("latency.resolution.slow-queries", "slow queries are logged", nil, "slow", "quer", "log"),
	command("latency.resolution.scale", "four replicas answer faster", facts{"--replicas=4"},
		`kubectl scale deployment/event-service -n tickettoken --replicas=4`),
	command("latency.resolution.cache-hits", "Redis tells how often the cache was hit", facts{"redis-cli INFO stats"},
		`redis-cli INFO stats | grep hit`),
}

var creationClaims = []claim{
	text("creation.symptom.validation-errors", "a bad event is answered 400 or 422", facts{"400", "422"}, "validat|invalid|reject|error"),
	text("creation.symptom.500", "creating an event fails with 500", facts{"500", "POST", "/events|/api/v1/events"}, "error|fail|answer"),
	text("creation.symptom.not-appearing", "an event that was created is not shown", nil, "event", "not|never|missing", "appear|show|list|visible|found"),
	command("creation.resolution.validation-response", "the answer to a bad event says what is wrong with it", facts{"/api/v1/events"},
		`curl -X POST /api/v1/events -d '{}' -H 'Content-Type: application/json' | jq`,
		`curl -X POST http://localhost:3003/api/v1/events -d '{}' -H 'Content-Type: application/json' | jq`,
		`curl -X POST http://localhost:3003/api/v1/events -H "Authorization: Bearer $TOKEN" -d '{}' -H 'Content-Type: application/json' | jq`),
	command("creation.resolution.venue-reachable", "the venue-service tells whether it lives", facts{"http://venue-service:3002/health/live"},
		`curl http://venue-service:3002/health/live`),
	text("creation.resolution.tenant-context", "a request needs a tenant", nil, "tenant", "context", "pass|given|sent|carr|reach"),
	text("creation.resolution.tenant-required", "a caller without a tenant is told \"tenant_id is required\"", facts{"tenant_id is required"}, "log|error|look"),
	text("creation.resolution.user-permissions", "the user needs permissions", nil, "user|caller", "permission|allowed|may"),
	text("creation.resolution.permissions", "the token's role decides who may write", nil, "jwt|token", "role|permission", "check|correct|right|carr|must|has|have"),
}

var tenantClaims = []claim{
	text("tenant.symptom.cross-tenant", "a tenant is shown another tenant's data", nil, "cross|another|other|foreign", "tenant", "data|row|event|record"),
	text("tenant.symptom.missing-tenant-id", "requests without a tenant_id fail", facts{"tenant_id"}, "missing|lack|absent|without", "error|complain|fail|log"),
	text("tenant.symptom.policy-violations", "the database refuses rows of another tenant", nil, "rls|row|policy|policies", "violat|refus|reject"),
	command("tenant.resolution.policies", "a query on pg_policies tells whether the policies are active", facts{"pg_policies", "event_service"},
		`psql -c "SELECT tablename, policyname, permissive, roles FROM pg_policies WHERE schemaname = 'event_service';"`,
		`psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT tablename, policyname, permissive, roles FROM pg_policies WHERE schemaname = 'event_service';"`),
	text("tenant.resolution.request-context", "a request carries its tenant", nil, "tenant", "context", "request"),
	text("tenant.resolution.request-tenant", "the tenant is in the X-Tenant-ID header or in the token's tenant_id", facts{"X-Tenant-ID", "tenant_id"}, "header", "jwt|token|claim"),
	text("tenant.resolution.setting", "app.tenant_id is set for each request", facts{"app.tenant_id"}, "set|verif"),
	text("tenant.resolution.tenant-context-logs", "the log has \"Setting tenant context\"", facts{"Setting tenant context"}, "log"),
	command("tenant.resolution.manual-test", "a query under a tenant of one's choice tests the isolation by hand", facts{"app.tenant_id", "events"},
		`psql -c "SET app.tenant_id = 'test-tenant-id'; SELECT * FROM events LIMIT 1;"`,
		`psql -h $DB_HOST -U $DB_USER -d event_service -c "SET app.tenant_id = 'test-tenant-id'; SELECT * FROM events LIMIT 1;"`),
}

var breakerClaims = []claim{
	text("breaker.symptom.opened", "the log has \"Circuit breaker opened\"", facts{"Circuit breaker opened"}, "log"),
	text("breaker.symptom.validation-failing", "venues cannot be validated", nil, "venue", "validat", "fail|cannot|impossible|broken"),
	text("breaker.symptom.503", "requests that need a venue are answered 503", facts{"503"}, "venue", "error|answer|respon|request|operation|return"),
	command("breaker.resolution.venue-health", "the venue-service tells whether it lives", facts{"http://venue-service:3002/health/live"},
		`curl http://venue-service:3002/health/live`),
	text("breaker.resolution.half-open", "30 seconds after it opened, the breaker tries again", facts{"30s"}, "half|trial|tries"),
	text("breaker.resolution.recovers", "the breaker closes by itself once the venue-service is back", nil, "circuit|breaker|it", "recover|close|heal", "auto|itself|own|alone"),
	untestable(ofPointers, text("breaker.resolution.investigate", "a venue-service that is down is looked after by its own runbook", nil, "venue", "investigat|look", "down|unreach|gone|ill"))[0],
	command("breaker.resolution.stats", "readiness shows the breaker's state", facts{"/health/ready", ".checks.dependencies"},
		`curl http://localhost:3003/health/ready | jq '.checks.dependencies'`),
}
