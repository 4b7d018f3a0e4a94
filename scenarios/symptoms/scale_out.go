package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// ScaleOut plays "scale if needed" by its own command: four pods are there, share the
// requests, and are measured. Whether four answer faster than two is the matter of
// database-slow.
func ScaleOut() Scenario {
	return Scenario{
		ID:       "scale-out",
		Title:    "kubectl scale to four pods, and kubectl top of them",
		Section:  "High Latency",
		Severity: P3,
		Budget:   8 * time.Minute,
		Pods:     2,

		Steady: []Expectation{
			twoPods(),
			GET("/health/live").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),

			Command(kubectlScale).Succeeds().Contains("scaled").By(follows),
			Process().Showing("pods.wanted", 4.0).Showing("pods.ready", 4.0).Showing("pods.complete", true).By(podsStart).Implied(),
			// Those that were there are left alone.
			Process().Showing("pods.replaced", 0.0).Showing("pods.restarts", 0.0).Implied(),

			Command(kubectlTop).Succeeds().By(3 * time.Minute),
			Process().Showing("shown.pods", 4.0).Showing("shown.as_api", true).Showing("shown.measured", true).Proves("latency.resolution.load", "useful.top"),

			Process().Showing("clients.lost", 0.0).NotShowing("clients.sent", 0.0).Implied(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).ByContract(),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
