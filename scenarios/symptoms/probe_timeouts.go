package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// ProbeTimeouts plays a database that swallows packets, for longer than three liveness
// probes take: the kubelet's own probes must take every pod out of rotation, and must
// restart none.
func ProbeTimeouts() Scenario {
	return Scenario{
		ID:       "probe-timeouts",
		Title:    "the kubelet's probes while the database swallows packets",
		Section:  "Health Checks",
		Severity: P2,
		Budget:   6 * time.Minute,
		Pods:     2,

		Steady: []Expectation{
			twoPods(),
			GET("/health/live").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			Process().Showing("pods.outlived", false),
		},

		// A dead dependency is no reason to be restarted.
		Always: []Expectation{
			Process().Showing("pods.restarts", 0.0).Proves("health.probes.live-path"),
		},

		Fault: BlackHole(Postgres),
		During: []Expectation{
			// Every 5 s, and the third that fails counts.
			Process().Showing("pods.ready", 0.0).By(30 * time.Second).Proves("health.probes.ready-path"),
			// Every 10 s: by now three in a row could have failed.
			Process().Showing("pods.outlived", true).Showing("pods.restarts", 0.0).By(100 * time.Second).Proves("health.probes.live-path"),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(30 * time.Second),
			Process().Showing("pods.ready", 2.0).Showing("pods.replaced", 0.0).By(30 * time.Second).Proves("health.probes.ready-path"),
			GET("/api/v1/events/{event}").Of(before).Answers(200).ByContract(),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
