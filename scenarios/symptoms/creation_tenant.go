package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// CreationTenant plays "check tenant context is being passed": a caller whose
// request names no tenant is told so in the runbook's words, in the answer and
// in the log; one whose header names another tenant than the token is refused.
func CreationTenant() Scenario {
	const words = "tenant_id is required"
	return Scenario{
		ID:       "creation-tenant",
		Title:    "requests that name no tenant, or two",
		Section:  "Event Creation Failures",
		Severity: P3,
		Budget:   2 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201).Proves("creation.resolution.tenant-context"),

			POST("/api/v1/events", refused).As(NoTenantClaim).Answers(400).Contains(words).Proves("creation.resolution.tenant-required", "creation.resolution.tenant-context"),
			Log().Contains(words).Proves("creation.resolution.tenant-required", "tenant.symptom.missing-tenant-id"),
			GET("/api/v1/events").As(NoTenantClaim).Answers(400).Contains(words).Proves("tenant.symptom.missing-tenant-id"),

			POST("/api/v1/events", refused).As(MismatchedTenantHeader).Answers(403).Proves("tenant.resolution.request-tenant"),
			GET("/api/v1/events").As(MismatchedTenantHeader).Answers(403).Lacks(string(before)).Proves("tenant.resolution.request-tenant"),

			GET("/api/v1/events").Answers(200).Contains(string(before)).Lacks(string(refused)).Implied(),
			GET("/api/v1/events").As(OtherTenant).Answers(200).Lacks(string(refused)).Implied(),
		},
	}
}
