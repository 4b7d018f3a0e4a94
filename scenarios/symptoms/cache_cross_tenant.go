package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// otherTenants is the name of the event that the other tenant creates.
const otherTenants Body = "created by the neighbour"

// CacheCrossTenant plays "cross-tenant data access" by the cache: each tenant's
// cached events hold the other's, as after a mistake in the naming of keys.
//
// Whose a copy is must be looked at before it is shown: nobody may see what is
// another tenant's, and everybody goes on seeing what is theirs.
func CacheCrossTenant() Scenario {
	return Scenario{
		ID:       "cache-cross-tenant",
		Title:    "each tenant's cached events hold the other tenant's",
		Section:  "Tenant Isolation Issues",
		Severity: P1,
		Budget:   3 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			POST("/api/v1/events", otherTenants).As(OtherTenant).Answers(201),
			Isolation().Silent().Proves("tenant.symptom.cross-tenant"),
			// Both are cached, and nobody is shown the other's copy.
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)).By(cacheFills),
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(otherTenants).As(OtherTenant).Contains(string(otherTenants)).By(cacheFills),
			GET("/api/v1/events/{event}").Of(before).As(OtherTenant).Answers(404).Lacks(string(before)).Proves("tenant.symptom.cross-tenant"),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			Isolation().Silent().Proves("tenant.symptom.cross-tenant"),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(before)).Proves("tenant.symptom.cross-tenant"),
			GET("/api/v1/events/{event}").Of(otherTenants).As(OtherTenant).Answers(200).Contains(string(otherTenants)).Proves("tenant.symptom.cross-tenant"),
		},

		Fault: CrossTenantCache("event:*"),
		During: []Expectation{
			Log().Mentions("cached value").Inferred(),
		},

		After: []Expectation{
			Isolation().Silent().By(10 * time.Second).Times(3).Proves("tenant.symptom.cross-tenant"),
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)).By(cacheFills),
		},
	}
}
