package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// atTheEnd is the event whose creation is under way when the service ends.
const atTheEnd Body = "under way at the end"

// ServiceRestart plays "graceful restart" with one process: it is told to end
// while requests are half sent, and is then started again.
//
// It must say that it is not ready before it refuses a connection, finish each
// request that is under way by its own length, end with exit code 0, and be ready again within the time after
// which Kubernetes first asks.
func ServiceRestart() Scenario {
	return Scenario{
		ID:       "service-restart",
		Title:    "the service is told to end while requests are under way, and started again",
		Section:  "Service Restart",
		Severity: P2,
		Budget:   90 * time.Second,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(5 * time.Second).Proves("health.probes.ready-delay"),
			GET("/health/live").Answers(200).By(10 * time.Second).Proves("health.probes.live-delay"),
			POST("/api/v1/events", before).Answers(201),
			Process().Showing("state", "running").Showing("restarts", 0.0),
		},

		Fault: Terminate(atTheEnd),
		During: []Expectation{
			Process().Showing("state", "exited").Showing("exit_code", 0.0).By(15 * time.Second).Proves("recovery.restart.graceful"),
			// Whoever sends it requests hears of the end before it refuses any.
			Process().Showing("end.unready_first", true).By(15 * time.Second).Proves("recovery.restart.graceful"),
			// Each by its own length: at once, and up to a second and a half later.
			Process().Showing("end.finished", 4.0).Showing("end.cut", 0.0).By(15 * time.Second).Proves("recovery.restart.graceful"),
			// One whose sender has gone silent is given up like any other, and not because of the end.
			Process().Showing("end.dropped", 0.0).By(15 * time.Second).Implied(),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(5 * time.Second).Times(3).Proves("health.probes.ready-delay"),
			GET("/health/live").Answers(200).By(10 * time.Second).Proves("health.probes.live-delay"),
			Process().Showing("state", "running").Showing("restarts", 1.0),
			// What was answered 201 at the end is there, and what was before it too.
			GET("/api/v1/events/{event}").Of(atTheEnd).Answers(200).ByContract(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).ByContract(),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
