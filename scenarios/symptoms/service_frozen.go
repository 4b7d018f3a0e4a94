package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// ServiceFrozen plays a service whose process stands still: the kernel goes on
// accepting connections, and nobody answers.
//
// The liveness probe is there to notice just this. Once the process goes on,
// so does the service, and nothing is lost.
func ServiceFrozen() Scenario {
	return Scenario{
		ID:       "service-frozen",
		Title:    "the service's process stands still and its probes time out",
		Section:  "Health Checks",
		Severity: P1,
		Budget:   90 * time.Second,

		Steady: []Expectation{
			GET("/health/live").Answers(200).By(10*time.Second).Showing("status", "UP").Proves("health.endpoints.live", "health.probes.live-path"),
			GET("/health/ready").Answers(200).By(10 * time.Second).Proves("health.probes.ready-path"),
			POST("/api/v1/events", before).Answers(201),
		},

		Fault: FreezeService(),
		During: []Expectation{
			// One second is what a probe of Kubernetes waits by default.
			GET("/health/live").UnansweredFor(time.Second).By(5 * time.Second).Times(2).Proves("health.probes.live-path"),
			GET("/health/ready").UnansweredFor(time.Second).By(5 * time.Second).Times(2).Proves("health.probes.ready-path"),
		},

		Diagnosis: []Step{
			Sh("incident.acknowledge.live", `curl http://localhost:3003/health/live`).Shows("UP"),
		},

		After: []Expectation{
			GET("/health/live").Answers(200).By(10 * time.Second).Proves("health.endpoints.live"),
			GET("/health/ready").Answers(200).By(10 * time.Second).Times(3).Proves("health.endpoints.ready"),
			Process().Showing("state", "running").Showing("restarts", 0.0),
			GET("/api/v1/events/{event}").Of(before).Answers(200).ByContract(),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
