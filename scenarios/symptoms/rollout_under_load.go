package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// The commands of kubectl that the scenarios of a cluster execute, as printed.
const (
	kubectlLogs    = `kubectl logs -f deployment/event-service -n tickettoken --tail=100`
	kubectlSince   = `kubectl logs -f deployment/event-service -n tickettoken --since=5m`
	kubectlPods    = `kubectl get pods -n tickettoken -l app=event-service`
	kubectlTop     = `kubectl top pods -n tickettoken -l app=event-service`
	kubectlRestart = `kubectl rollout restart deployment/event-service -n tickettoken`
	kubectlStatus  = `kubectl rollout status deployment/event-service -n tickettoken`
	kubectlHistory = `kubectl rollout history deployment/event-service -n tickettoken`
	kubectlUndo    = `kubectl rollout undo deployment/event-service -n tickettoken`
	kubectlUndoTo2 = `kubectl rollout undo deployment/event-service -n tickettoken --to-revision=2`
	kubectlScale   = `kubectl scale deployment/event-service -n tickettoken --replicas=4`
	kubectlForward = `kubectl port-forward svc/event-service 3003:3003 -n tickettoken`
)

const (
	// podsStart is how long two pods may take until they are ready: they are asked for the
	// first time 5 s after their start, and then every 5 s.
	podsStart = 40 * time.Second
	// rollout is how long two pods may take to be replaced, one after the other.
	rollout = 90 * time.Second
	// follows bounds a command that follows something, and is ended by a bound of its own.
	follows = 20 * time.Second
)

// twoPods are there and ready: what a scenario of a cluster begins with.
func twoPods() ProcessExpectation {
	return Process().Showing("pods.ready", 2.0).Showing("pods.count", 2.0).Showing("pods.restarts", 0.0).Showing("pods.complete", true).By(podsStart)
}

// RolloutUnderLoad plays "graceful restart (preferred)" by the runbook's own commands in
// a cluster, while clients ask through the Service: what kubectl shows is compared with
// what the cluster's API and the service's own log say.
func RolloutUnderLoad() Scenario {
	return Scenario{
		ID:       "rollout-under-load",
		Title:    "kubectl rollout restart, while clients ask through the Service",
		Section:  "Service Restart",
		Severity: P2,
		Budget:   8 * time.Minute,
		Pods:     2,

		Steady: []Expectation{
			twoPods(),
			GET("/health/live").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),

			Command(kubectlPods).Succeeds().By(follows),
			Process().Showing("shown.pods", 2.0).Showing("shown.as_api", true).Proves("recovery.restart.pods"),

			// Both follow the log until they are ended; each line is the service's own.
			Command(kubectlLogs).Contains("{").By(follows),
			Process().Showing("shown.own", true).Showing("shown.follows", true).Proves("incident.acknowledge.logs"),
			// The pods are younger than five minutes: the first line is the first that there is.
			Command(kubectlSince).Contains(`"Starting"`).By(follows).Proves("useful.logs"),
			Process().Showing("shown.own", true).Proves("useful.logs"),

			Command(kubectlForward).Contains("20 of 20 requests").By(60 * time.Second).Proves("useful.port-forward"),

			Command(kubectlRestart).Succeeds().Contains("restarted").By(follows),
			Command(kubectlStatus).Succeeds().Contains("successfully rolled out").By(rollout).Proves("recovery.restart.status"),
			// It says so once it is so.
			Process().Showing("pods.complete", true).Showing("pods.ready", 2.0).Proves("recovery.restart.status"),
			Process().Showing("pods.replaced", 2.0).By(podsStart).Proves("recovery.restart.graceful"),
			Process().Showing("clients.lost", 0.0).NotShowing("clients.sent", 0.0).Proves("recovery.restart.graceful"),

			GET("/api/v1/events/{event}").Of(before).Answers(200).ByContract(),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
