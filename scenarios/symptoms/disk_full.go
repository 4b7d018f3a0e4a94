package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DiskFull plays a disk that is nearly full. Readiness must show it where the
// runbook shows "OK", and go on being ready: the service needs no disk.
func DiskFull() Scenario {
	return Scenario{
		ID:       "disk-full",
		Title:    "the disk that the service watches is nearly full",
		Section:  "Health Checks",
		Severity: P3,
		Budget:   90 * time.Second,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.diskSpace", "OK").Proves("health.manual.disk"),
			POST("/api/v1/events", before).Answers(201),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Implied(),
			GET("/health/ready").Showing("checks.memory", "OK").Implied(),
		},

		Fault: FillDisk(),
		During: []Expectation{
			GET("/health/ready").NotShowing("checks.diskSpace", "OK").By(10 * time.Second).Times(3).Proves("health.manual.disk"),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.diskSpace", "OK").Times(3).Proves("health.manual.disk"),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
