package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// killPod ends one of two pods without grace, as the loss of its node does. It is no
// command of the runbook.
const killPod = `kubectl delete -n tickettoken --grace-period=0 --force --wait=false ` +
	`$(kubectl get pods -n tickettoken -l app=event-service -o name | head -n 1)`

// PodKilled plays the loss of one of two pods: another must take its place within the
// delay of its probe, and what was acknowledged must be there.
func PodKilled() Scenario {
	return Scenario{
		ID:       "pod-killed",
		Title:    "one of two pods is killed, and another takes its place",
		Section:  "Service Restart",
		Severity: P2,
		Budget:   5 * time.Minute,
		Pods:     2,

		Steady: []Expectation{
			twoPods(),
			GET("/health/live").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),

			Command(killPod).Succeeds().By(follows),
			Process().Showing("pods.replaced", 1.0).Implied(),
			// Asked 5 s after its start for the first time, and then every 5 s.
			Process().Showing("pods.count", 2.0).Showing("pods.ready", 2.0).By(20 * time.Second).Proves("health.probes.ready-delay"),
			// Nobody has restarted it: it is another pod.
			Process().Showing("pods.restarts", 0.0).Implied(),

			Command(kubectlPods).Succeeds().By(follows),
			Process().Showing("shown.as_api", true).Proves("recovery.restart.pods"),
			GET("/api/v1/events/{event}").Of(before).Answers(200).ByContract(),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
