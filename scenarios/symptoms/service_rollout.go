package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// ServiceRollout plays "graceful restart (preferred)" as Kubernetes carries it
// out: one of two replicas is restarted while the other takes the requests.
//
// Whoever asks for events must not notice. Readiness is not among what is
// watched: the replica that leaves has to say that it is not ready, and until
// that is heard a request may still be its turn.
func ServiceRollout() Scenario {
	return Scenario{
		ID:       "service-rollout",
		Title:    "one of two replicas is restarted while the other takes the requests",
		Section:  "Service Restart",
		Severity: P2,
		Budget:   90 * time.Second,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(5 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			GET("/api/v1/events").Answers(200),
			Process().Showing("state", "running"),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Proves("recovery.restart.graceful"),
			GET("/api/v1/events").Answers(200).Proves("recovery.restart.graceful"),
		},

		Fault: Replace(),
		During: []Expectation{
			Process().Showing("state", "exited").Showing("exit_code", 0.0).Proves("recovery.restart.graceful"),
		},

		After: []Expectation{
			Process().Showing("ready", true).Showing("restarts", 1.0).By(5 * time.Second).Proves("recovery.restart.graceful"),
			GET("/api/v1/events/{event}").Of(before).Answers(200).ByContract(),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
