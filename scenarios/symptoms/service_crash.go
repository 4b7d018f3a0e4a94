package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// crashRoundTrip is how late Postgres answers while the service is killed: a
// write that takes several round trips then takes longer than the second after
// which an impatient service may acknowledge it.
const crashRoundTrip = 400 * time.Millisecond

// ServiceCrash plays a service that is killed in the middle of writes, the
// moment it acknowledges one of them.
//
// What it acknowledged must be there when it is started again, and no event
// may be left without a tenant.
func ServiceCrash() Scenario {
	return Scenario{
		ID:       "service-crash",
		Title:    "the service is killed the moment it acknowledges a write",
		Section:  "Service Restart",
		Severity: P1,
		Budget:   90 * time.Second,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			Process().Showing("state", "running"),
		},

		Fault: Crash(atTheEnd, crashRoundTrip),
		During: []Expectation{
			Process().Showing("state", "exited").NotShowing("exit_code", 0.0),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(5 * time.Second).Times(3).Proves("health.probes.ready-delay"),
			GET("/health/live").Answers(200).By(10 * time.Second).Proves("health.probes.live-delay"),
			GET("/api/v1/events/{event}").Of(atTheEnd).Answers(200).ByContract(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).ByContract(),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
