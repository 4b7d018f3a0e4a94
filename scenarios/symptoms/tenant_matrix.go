package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// theirs is an event of the neighbour's.
const theirs Body = "created by the neighbour"

// never is the id of an event that nobody has made.
const never = "/api/v1/events/00000000-0000-4000-8000-000000000000"

// TenantMatrix asks for each operation, as each kind of caller, what belongs to
// whom. Nothing is broken: this is what must hold on an ordinary day, on
// connections that another tenant has used a moment before.
func TenantMatrix() Scenario {
	const (
		one      = "/api/v1/events/{event}"
		noTenant = "tenant_id is required"
	)
	return Scenario{
		ID:       "tenant-matrix",
		Title:    "who may do what with whose events, by every operation",
		Section:  "Tenant Isolation Issues",
		Severity: P1,
		Budget:   5 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(atOnce),
			POST("/api/v1/events", before).Answers(201),
			POST("/api/v1/events", theirs).As(OtherTenant).Answers(201),

			// Its own tenant sees it by every way there is: what follows is no "nobody can".
			GET(one).Of(theirs).As(OtherTenant).Answers(200),
			GET("/api/v1/events").As(OtherTenant).Answers(200).Contains("created by the neighbour").Lacks("created before the fault"),
			GET("/api/v1/venues/{venue}/events").As(OtherTenant).Answers(200).Contains("created by the neighbour"),

			// To everybody else it has never been.
			GET(never).Answers(404),
			GET(one).Of(theirs).Answers(404).Lacks("created by the neighbour").Proves("tenant.symptom.cross-tenant"),
			PUT(one, during).Of(theirs).IfMatch(`"1"`).Answers(404).Proves("tenant.symptom.cross-tenant"),
			POST(one+"/publish", "").Of(theirs).Answers(404).Proves("tenant.symptom.cross-tenant"),
			POST(one+"/cancel", "").Of(theirs).Answers(404).Proves("tenant.symptom.cross-tenant"),
			GET("/api/v1/events").Answers(200).Contains("created before the fault").Lacks("created by the neighbour").Proves("tenant.symptom.cross-tenant"),
			// Each has made one: a count that says more has counted the other's.
			GET("/api/v1/events").Answers(200).IfHeader("X-Total-Count", "1").Proves("tenant.symptom.cross-tenant"),
			GET("/api/v1/venues/{neighbours-venue}/events").Answers(200).Lacks("created by the neighbour").Proves("tenant.symptom.cross-tenant"),
			// The header says the same as the token, or nothing.
			GET("/api/v1/events").As(MismatchedTenantHeader).Answers(403).Lacks("created by the neighbour").Proves("tenant.resolution.request-tenant"),
			GET("/api/v1/venues/{neighbours-venue}/events").As(MismatchedTenantHeader).Answers(403).Lacks("created by the neighbour").Proves("tenant.resolution.request-tenant"),
			GET(one).Of(theirs).As(MismatchedTenantHeader).Answers(403).Lacks("created by the neighbour").Proves("tenant.resolution.request-tenant"),
			POST("/api/v1/events", during).As(MismatchedTenantHeader).Answers(403).Proves("tenant.resolution.request-tenant"),
			PUT(one, during).Of(theirs).IfMatch(`"1"`).As(MismatchedTenantHeader).Answers(403).Proves("tenant.resolution.request-tenant"),
			POST(one+"/publish", "").Of(theirs).As(MismatchedTenantHeader).Answers(403).Proves("tenant.resolution.request-tenant"),
			POST(one+"/cancel", "").Of(theirs).As(MismatchedTenantHeader).Answers(403).Proves("tenant.resolution.request-tenant"),

			// No tenant at all.
			GET("/api/v1/events").As(NoTenantClaim).Answers(400).Contains(noTenant).
				Proves("tenant.symptom.missing-tenant-id", "creation.resolution.tenant-required", "tenant.resolution.request-context"),
			GET("/api/v1/venues/{neighbours-venue}/events").As(NoTenantClaim).Answers(400).Contains(noTenant).Proves("tenant.symptom.missing-tenant-id"),
			GET(one).Of(theirs).As(NoTenantClaim).Answers(400).Contains(noTenant).Proves("tenant.symptom.missing-tenant-id"),
			POST("/api/v1/events", during).As(NoTenantClaim).Answers(400).Contains(noTenant).Proves("creation.resolution.tenant-required"),
			PUT(one, during).Of(theirs).IfMatch(`"1"`).As(NoTenantClaim).Answers(400).Contains(noTenant).Proves("tenant.symptom.missing-tenant-id"),
			POST(one+"/publish", "").Of(theirs).As(NoTenantClaim).Answers(400).Contains(noTenant).Proves("tenant.symptom.missing-tenant-id"),
			POST(one+"/cancel", "").Of(theirs).As(NoTenantClaim).Answers(400).Contains(noTenant).Proves("tenant.symptom.missing-tenant-id"),

			// Nobody, and who may only read.
			GET("/api/v1/events").As(Anonymous).Answers(401),
			GET("/api/v1/venues/{venue}/events").As(Anonymous).Answers(401),
			GET(one).Of(before).As(Anonymous).Answers(401),
			POST("/api/v1/events", during).As(Anonymous).Answers(401),
			PUT(one, during).Of(before).IfMatch(`"1"`).As(Anonymous).Answers(401),
			POST(one+"/publish", "").Of(before).As(Anonymous).Answers(401),
			POST(one+"/cancel", "").Of(before).As(Anonymous).Answers(401),
			GET(one).Of(before).As(AReader).Answers(200),
			POST("/api/v1/events", during).As(AReader).Answers(403).Proves("creation.resolution.permissions"),
			PUT(one, during).Of(before).IfMatch(`"1"`).As(AReader).Answers(403).Proves("creation.resolution.permissions"),
			POST(one+"/publish", "").Of(before).As(AReader).Answers(403).Proves("creation.resolution.permissions"),
			POST(one+"/cancel", "").Of(before).As(AReader).Answers(403).Proves("creation.resolution.permissions"),

			// Whatever was answered, nothing has been done to either.
			GET(one).Of(theirs).As(OtherTenant).Answers(200).Contains("created by the neighbour").Showing("status", "draft").Showing("version", 1.0),
			GET(one).Of(before).Answers(200).Showing("status", "draft").Showing("version", 1.0),

			// The pool's connections serve both in turn.
			Isolation().Silent().By(inTime).Times(25).Proves("tenant.symptom.cross-tenant"),
		},

		// Each request that got as far as the database has said so.
		Always: []Expectation{
			Log().Contains("Setting tenant context").Proves("tenant.resolution.tenant-context-logs"),
			Log().Contains("Setting tenant context").Mentions("request_id").ByContract(),
		},
	}
}
