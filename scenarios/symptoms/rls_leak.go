package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// RLSLeak plays "cross-tenant data access": row level security is switched off
// beneath the running service, as a careless migration does.
//
// The isolation watch must be silent before and after. While the security is
// off it shows whether the service leaks, or contains the loss by other means.
// The list of policies is the same with and without the security, which is
// then no diagnosis; a query as some tenant tells the two apart.
func RLSLeak() Scenario {
	return Scenario{
		ID:       "rls-leak",
		Title:    "row level security is switched off beneath the service",
		Section:  "Tenant Isolation Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			// The symptom must be absent as long as nothing is wrong; else it tells nothing.
			Isolation().Silent().Times(3).Proves("tenant.symptom.cross-tenant"),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
		},

		Fault: DisableRLS(),
		During: []Expectation{
			Isolation().Leaks().By(10 * time.Second).Proves("tenant.symptom.cross-tenant"),
		},

		Diagnosis: []Step{
			Sh("tenant.resolution.policies", `psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT tablename, policyname, permissive, roles
         FROM pg_policies
         WHERE schemaname = 'event_service';"`).Shows("event").OfAnotherFault(),
			Sh("tenant.resolution.manual-test", `psql -h $DB_HOST -U $DB_USER -d event_service -c "SET app.tenant_id = 'test-tenant-id'; SELECT * FROM events LIMIT 1;"`).
				Shows("(0 rows)").ShowsUnderFault("(1 row)"),
		},

		After: []Expectation{
			Isolation().Silent().By(10 * time.Second).Times(3).Proves("tenant.symptom.cross-tenant"),
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", after).Answers(201).By(10 * time.Second),
		},
	}
}
