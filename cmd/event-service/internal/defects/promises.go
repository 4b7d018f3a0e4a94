package defects

// promises are the claims of the runbook and the rules of the contract that a
// defect may break, each with its meaning. The claims are named as the suite
// names them, in a copy of this package's own: the service knows nothing of
// who tests it.
var promises = map[string]string{
	// Database Connection Issues
	"database.symptom.503":            "requests that need the database are answered 503",
	"database.symptom.econnrefused":   "the log has ECONNREFUSED, and for no other error",
	"database.symptom.health-failing": "the readiness check fails",
	"database.resolution.pool-status": "readiness tells the state of the database",

	// High Latency
	"latency.symptom.over-1s":         "answers take longer than a second",
	"env.log-level":                   "LOG_LEVEL is optional: info, debug or error",
	"latency.symptom.504":             "requests end with 504",
	"latency.resolution.slow-queries": "slow queries are logged",
	"latency.resolution.cache-hits":   "reads that repeat are hits of the cache",

	// Event Creation Failures
	"creation.symptom.validation-errors":  "a bad event is answered 400 or 422, with the fields",
	"creation.symptom.500":                "a database that refuses for good is answered 500, and is no reason to try again",
	"creation.symptom.not-appearing":      "an event that was created is shown",
	"creation.resolution.tenant-required": "a caller without a tenant is told \"tenant_id is required\"",
	"creation.resolution.permissions":     "the token's role decides who may write",

	// Tenant Isolation Issues
	"tenant.symptom.cross-tenant":           "nobody is shown another tenant's data",
	"tenant.resolution.request-tenant":      "the tenant is the token's; a header that disagrees is refused",
	"tenant.resolution.tenant-context-logs": "the log has \"Setting tenant context\"",

	// Circuit Breaker Open
	"breaker.symptom.opened":             "the log has \"Circuit breaker opened\" when, and only when, the venue-service keeps failing",
	"breaker.symptom.validation-failing": "venues cannot be validated",
	"breaker.symptom.503":                "requests that need a venue are answered 503",
	"breaker.resolution.half-open":       "30 seconds after it opened, the breaker tries again",
	"breaker.resolution.recovers":        "the breaker closes by itself once the venue-service is back",
	"breaker.resolution.stats":           "readiness shows the breaker's state",

	// External Dependencies
	"contacts.external.solana": "nothing waits for the Solana RPC, which is there at best",

	// Health Checks
	"health.endpoints.live":     "liveness answers with status UP, whatever the dependencies do",
	"health.endpoints.ready":    "readiness answers with status UP and a list of checks",
	"health.manual.service":     "readiness names the service",
	"health.manual.version":     "readiness names the version",
	"health.manual.timestamp":   "readiness carries the time in UTC, to the millisecond",
	"health.manual.database":    "a reachable database is shown as UP",
	"health.manual.redis":       "a reachable Redis is shown as UP",
	"health.manual.memory":      "enough memory, and only that, is shown as OK",
	"health.probes.live-path":   "liveness is at /health/live",
	"health.probes.live-delay":  "the service lives ten seconds after its start",
	"health.probes.ready-path":  "readiness is at /health/ready",
	"health.probes.ready-delay": "the service is ready five seconds after its start",
	"health.manual.disk":        "enough disk space, and only that, is shown as OK",

	// Recovery Procedures
	"recovery.restart.graceful": "a restart loses no request and ends with exit code 0",
	"recovery.cache.event":      "clearing event:* clears the cached events",
	"recovery.cache.venue":      "clearing venue:events:* clears the cached lists",
	"recovery.cache.all":        "clearing event-service:* clears all the rest",
	"env.database-url":          "DATABASE_URL is required: without it nothing starts",
	"env.redis-url":             "REDIS_URL is required: without it nothing starts",
	"env.venue-service-url":     "VENUE_SERVICE_URL is required: without it nothing starts",
	"env.node-env":              "NODE_ENV is required: without it nothing starts",

	// The contract, and what else the service owes its operators
	"contract.env.all-at-once":       "all missing variables are named in one message",
	"contract.status.absent":         "what cannot be looked up is not said to be absent",
	"contract.status.internal":       "a dependency that fails is no internal error, whichever way it fails",
	"contract.recovery.database":     "the service reconnects by itself, and gently",
	"contract.problem.no-internals":  "no answer holds a stack trace or a driver's error",
	"contract.status.body":           "the status says what the body says",
	"contract.redis.optional":        "a lost Redis degrades the service and does not stop it",
	"contract.redis.deadline":        "a Redis that does not answer costs a request a moment",
	"contract.write.acknowledged":    "a write that was acknowledged is there",
	"contract.write.refused":         "a write that was refused for certain is not there",
	"contract.write.once":            "a create is done once, however often it is sent with its key",
	"contract.write.if-match":        "a change of an outdated version is refused",
	"contract.venue.known":           "an event is only ever at a venue that its tenant has",
	"contract.breaker.threshold":     "one failure does not open the breaker",
	"contract.breaker.one-trial":     "one call is let through half-open",
	"contract.cache.fresh":           "a change is shown as soon as it was acknowledged",
	"contract.cache.life":            "nothing cached lives for ever",
	"contract.tenant.existence":      "another tenant's event is not told from none",
	"contract.auth.expired":          "an expired token is refused",
	"contract.auth.algorithm":        "an unsigned token is refused",
	"contract.auth.audience":         "a token for another service is refused",
	"contract.auth.issuer":           "a token of another issuer is refused",
	"contract.auth.rotation":         "keys rotate without a restart",
	"contract.auth.provider":         "known keys are believed while the identity provider is away",
	"contract.log.secrets":           "no secret is logged",
	"contract.log.scope":             "a request's log lines carry its id and its tenant",
	"contract.limits.body":           "a body that is too large is refused with 413",
	"contract.limits.pool":           "a request waits for a connection for a bounded time, then 503",
	"contract.limits.venue-no-slots": "a slow venue-service takes no database connection",
}
