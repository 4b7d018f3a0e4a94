package promises_test

// required is what the runbook promises of the service, in its order, each in
// a few words of ours. Sections are the runbook's headings.
var required = []promise{
	{"Incident Response Steps", "/health/live and /health/ready answer on port 3003"},
	{"Incident Response Steps", "logs on the standard output"},
	{"Incident Response Steps", "circuit breaker fallbacks can be enabled"},

	{"Database Connection Issues", "503 Service Unavailable"},
	{"Database Connection Issues", `"ECONNREFUSED" errors in logs`},
	{"Database Connection Issues", "readiness fails"},
	{"Database Connection Issues", "state of the database at .checks.database"},
	{"Database Connection Issues", "the pool can be exhausted, and is shown to be"},
	{"Database Connection Issues", "the service's queries can be found in pg_stat_activity"},

	{"High Latency", "timeout errors"},
	{"High Latency", "gateway timeouts (504)"},
	{"High Latency", "answers over 1 s can be counted"},
	{"High Latency", "slow queries in logs"},
	{"High Latency", "hits of the Redis cache"},

	{"Event Creation Failures", "400 validation errors"},
	{"Event Creation Failures", "422 validation errors"},
	{"Event Creation Failures", "validation errors in the response"},
	{"Event Creation Failures", "500 errors on POST /events"},
	{"Event Creation Failures", "events appear after creation"},
	{"Event Creation Failures", "creation needs the venue-service"},
	{"Event Creation Failures", `"tenant_id is required" errors`},
	{"Event Creation Failures", "roles of the JWT decide"},

	{"Tenant Isolation Issues", "no cross-tenant data access"},
	{"Tenant Isolation Issues", "missing tenant_id errors"},
	{"Tenant Isolation Issues", "writes for another tenant violate a policy"},
	{"Tenant Isolation Issues", "policies in schema event_service"},
	{"Tenant Isolation Issues", "X-Tenant-ID header or tenant_id of the JWT"},
	{"Tenant Isolation Issues", "app.tenant_id is set for each request"},
	{"Tenant Isolation Issues", `"Setting tenant context" in logs`},
	{"Tenant Isolation Issues", "SELECT FROM events works without a schema"},

	{"Circuit Breaker Open", `"Circuit breaker opened" in logs`},
	{"Circuit Breaker Open", "venue validation fails"},
	{"Circuit Breaker Open", "503 for venue-related operations"},
	{"Circuit Breaker Open", "half-open after 30 s by default"},
	{"Circuit Breaker Open", "the circuit recovers by itself"},
	{"Circuit Breaker Open", "stats at .checks.dependencies"},

	{"Escalation Contacts", "Solana RPC is best effort"},

	{"Health Checks", `/health/live says { "status": "UP" }`},
	{"Health Checks", "/health/ready says status, service, version, timestamp, checks"},
	{"Health Checks", "timestamp in UTC with milliseconds"},
	{"Health Checks", "database and redis UP"},
	{"Health Checks", "memory OK"},
	{"Health Checks", "diskSpace OK"},
	{"Health Checks", "probes are answered seconds after the start"},

	{"Service Restart", "a graceful restart finishes what is under way"},
	{"Database Recovery", "the service reconnects"},
	{"Database Recovery", "no event without a tenant"},
	{"Cache Invalidation", "event:*"},
	{"Cache Invalidation", "venue:events:*"},
	{"Cache Invalidation", "event-service:*"},
	{"Rollback Deployment", "the schema can be taken back"},

	{"Environment Variables", "DATABASE_URL"},
	{"Environment Variables", "REDIS_URL"},
	{"Environment Variables", "VENUE_SERVICE_URL"},
	{"Environment Variables", "NODE_ENV"},
	{"Environment Variables", "LOG_LEVEL"},
	{"Environment Variables", "the required ones are required"},
}
