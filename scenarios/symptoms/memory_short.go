package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// MemoryShort plays a container whose memory is nearly used up: a neighbour of
// the service takes what both may use together.
//
// Readiness must show it where the runbook shows "OK", and go on being ready:
// a service that says it is not for want of memory takes itself away.
func MemoryShort() Scenario {
	return Scenario{
		ID:       "memory-short",
		Title:    "memory runs short where the service is",
		Section:  "Health Checks",
		Severity: P3,
		Budget:   90 * time.Second,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.memory", "OK").Proves("health.manual.memory"),
			POST("/api/v1/events", before).Answers(201),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Implied(),
			GET("/health/ready").Showing("checks.diskSpace", "OK").Implied(),
		},

		Fault: FillMemory(),
		During: []Expectation{
			GET("/health/ready").NotShowing("checks.memory", "OK").By(10 * time.Second).Times(3).Proves("health.manual.memory"),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.memory", "OK").Times(3).Proves("health.manual.memory"),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
