package runbook

import "github.com/runproof/runproof/scenarios"

// Claims lists what the runbook promises, as far as the suite knows it, in the
// order of the document. Says is the claim in the project's words, Facts the
// literals that make it checkable.
func Claims() []scenarios.Claim {
	var all []scenarios.Claim
	for _, section := range []struct {
		heading string
		claims  []scenarios.Claim
	}{
		{"Database Connection Issues", databaseClaims},
		{"High Latency", latencyClaims},
		{"Tenant Isolation Issues", tenantClaims},
		{"Circuit Breaker Open", breakerClaims},
		{"Health Checks", healthClaims},
	} {
		for _, c := range section.claims {
			c.Section = section.heading
			all = append(all, c)
		}
	}
	return all
}

var databaseClaims = []scenarios.Claim{
	{ID: "database.symptom.503", Says: "requests that need the database are answered 503", Facts: []string{"503"}},
	{ID: "database.symptom.econnrefused", Says: "the log has ECONNREFUSED", Facts: []string{"ECONNREFUSED"}},
	{ID: "database.symptom.health-failing", Says: "the readiness check fails", Facts: []string{"/health/ready"}},
	{ID: "database.resolution.pool-status", Says: "readiness tells the state of the database", Facts: []string{"/health/ready", ".checks.database"}},
}

var latencyClaims = []scenarios.Claim{
	{ID: "latency.symptom.over-1s", Says: "answers take longer than a second", Facts: []string{"1s"}},
	{ID: "latency.symptom.timeout-errors", Says: "timeouts are logged as errors", Facts: []string{"timeout"}},
	{ID: "latency.symptom.504", Says: "requests end with 504", Facts: []string{"504"}},
}

var tenantClaims = []scenarios.Claim{
	{ID: "tenant.symptom.cross-tenant", Says: "a tenant is shown another tenant's data", Facts: nil},
	{ID: "tenant.resolution.policies", Says: "a query on pg_policies tells whether the policies are active", Facts: []string{"pg_policies", "event_service"}},
	{ID: "tenant.resolution.manual-test", Says: "a query under a tenant of one's choice tests the isolation by hand", Facts: []string{"app.tenant_id", "events"}},
}

var breakerClaims = []scenarios.Claim{
	{ID: "breaker.symptom.opened", Says: "the log has \"Circuit breaker opened\"", Facts: []string{"Circuit breaker opened"}},
	{ID: "breaker.symptom.validation-failing", Says: "venues cannot be validated", Facts: nil},
	{ID: "breaker.symptom.503", Says: "requests that need a venue are answered 503", Facts: []string{"503"}},
	{ID: "breaker.resolution.half-open", Says: "30 seconds after it opened, the breaker tries again", Facts: []string{"30s"}},
	{ID: "breaker.resolution.recovers", Says: "the breaker closes by itself once the venue-service is back", Facts: nil},
	{ID: "breaker.resolution.stats", Says: "readiness shows the breaker's state", Facts: []string{"/health/ready", ".checks.dependencies"}},
}

var healthClaims = []scenarios.Claim{
	{ID: "health.endpoints.live", Says: "the liveness endpoint answers with status UP", Facts: []string{"/health/live", "UP"}},
	{ID: "health.endpoints.ready", Says: "the readiness endpoint answers with status UP and a list of checks", Facts: []string{"/health/ready", "UP", "checks"}},
	{ID: "health.manual.service", Says: "readiness names the service", Facts: []string{"service", "event-service"}},
	{ID: "health.manual.version", Says: "readiness names the version, as three numbers", Facts: []string{"version"}},
	{ID: "health.manual.timestamp", Says: "readiness carries the time in UTC, to the millisecond", Facts: []string{"timestamp"}},
	{ID: "health.manual.database", Says: "a reachable database is shown as UP", Facts: []string{"database", "UP"}},
	{ID: "health.manual.redis", Says: "a reachable Redis is shown as UP", Facts: []string{"redis", "UP"}},
	{ID: "health.manual.memory", Says: "enough memory is shown as OK", Facts: []string{"memory", "OK"}},
	{ID: "health.manual.disk", Says: "enough disk space is shown as OK", Facts: []string{"diskSpace", "OK"}},
}
