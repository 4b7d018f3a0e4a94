package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// RLSLeak plays "cross-tenant data access": row level security is switched off
// beneath the running service, as a careless migration does.
//
// The isolation watch must be silent before and after. While the security is
// off it shows whether the service leaks, or contains the loss by other means.
// What the runbook's own queries answer then is recorded, whatever it is.
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
			SQL("tenant.resolution.policies", `SELECT tablename, policyname, permissive, roles 
         FROM pg_policies 
         WHERE schemaname = 'event_service';`),
			SQL("tenant.resolution.manual-test", `SET app.tenant_id = 'test-tenant-id'; SELECT * FROM events LIMIT 1;`),
		},

		After: []Expectation{
			Isolation().Silent().By(10 * time.Second).Times(3).Proves("tenant.symptom.cross-tenant"),
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", after).Answers(201).By(10 * time.Second),
		},
	}
}
