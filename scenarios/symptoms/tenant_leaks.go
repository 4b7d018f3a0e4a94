package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// TableOwned plays a leak: the service's role owns the table, as where nobody
// keeps owner and user apart, and owners are exempt unless RLS is forced.
func TableOwned() Scenario {
	return leak("rls-table-owned", "the service's role owns the events and is exempt", OwnTable())
}

// PolicyAdded plays a leak that step 1 of the section can show: a second policy
// that lets everything through, since policies are joined by OR.
func PolicyAdded() Scenario {
	return leak("rls-policy-added", "a second policy lets everything through", AddPolicy(),
		Sh("tenant.resolution.policies", psqlPolicies).Shows("tenant_isolation").ShowsUnderFault("(3 rows)"))
}

// RoleBypasses plays a leak that no look at the policies shows: the service's
// role was given BYPASSRLS.
func RoleBypasses() Scenario {
	return leak("rls-role-bypasses", "the service's role bypasses row level security", BypassRLS())
}

// leak is "cross-tenant data access" by one of its causes. The watch must be
// silent before and after; while the guard is gone it shows whether the service
// leaks or contains the loss by other means.
func leak(id, title string, cause Fault, diagnosis ...Step) Scenario {
	return Scenario{
		ID:       id,
		Title:    title,
		Section:  "Tenant Isolation Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(atOnce),
			POST("/api/v1/events", before).Answers(201),
			Isolation().Silent().Times(3).Proves("tenant.symptom.cross-tenant"),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
		},

		Fault: cause,
		During: []Expectation{
			Isolation().Leaks().By(atOnce).Proves("tenant.symptom.cross-tenant"),
		},

		Diagnosis: append(diagnosis, asTenant()),

		After: []Expectation{
			// Many looks: no connection of the pool may go on as it did.
			Isolation().Silent().By(inTime).Times(10).Proves("tenant.symptom.cross-tenant"),
			GET("/health/ready").Answers(200).By(atOnce),
			POST("/api/v1/events", after).Answers(201).By(atOnce),
		},
	}
}

// The commands of "Tenant Isolation Issues".
const (
	psqlPolicies = `psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT tablename, policyname, permissive, roles
         FROM pg_policies
         WHERE schemaname = 'event_service';"`

	psqlAsTenant = `psql -h $DB_HOST -U $DB_USER -d event_service -c "SET app.tenant_id = 'test-tenant-id'; SELECT * FROM events LIMIT 1;"`
)

// asTenant is step 4, which asks as a tenant that owns nothing.
func asTenant() Step {
	return Sh("tenant.resolution.manual-test", psqlAsTenant).Shows("(0 rows)").ShowsUnderFault("(1 row)")
}
