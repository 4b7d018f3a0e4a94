package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// The delay of each round trip, and the load, by which requests of both tenants
// are under way at every moment, and yet fewer than a small pool serves: a list
// takes four round trips, so three of the load beside the watch's own two. Between
// two requests of the load there is a round trip and a half, so that one of the
// load's readings of what is being changed comes just before the end of that.
const (
	crowdedTrip = 90 * time.Millisecond
	crowdedRate = 8
)

// TenantConcurrent plays two tenants who ask at the same moment, of a database that
// takes its time: what one request does for another must not cross tenants.
func TenantConcurrent() Scenario {
	return Scenario{
		ID:       "tenant-concurrent",
		Title:    "two tenants ask at the same moment, and each sees its own",
		Section:  "Tenant Isolation Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Load: Load{Rate: crowdedRate},
		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(atOnce),
			POST("/api/v1/events", before).Answers(201),
			GET("/api/v1/events").Answers(200).By(atOnce),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
		},

		Fault: Slow(Postgres, crowdedTrip),
		During: []Expectation{
			// Connections change hands all the time: each request has its own tenant set.
			Isolation().Silent().Undisturbed().By(inTime).Times(10).Proves("tenant.symptom.cross-tenant", "tenant.resolution.setting"),
		},

		After: []Expectation{
			GET("/api/v1/events").Answers(200).By(inTime),
			POST("/api/v1/events", after).Answers(201).By(inTime),
		},
	}
}
