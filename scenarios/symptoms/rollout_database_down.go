package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// RolloutDatabaseDown plays "restart the service" while the database is away: the new
// pod cannot be ready, so the rollout waits, and the old pods stay. What kubectl shows
// must say so; once the database is back the rollout goes on by itself.
func RolloutDatabaseDown() Scenario {
	return Scenario{
		ID:       "rollout-database-down",
		Title:    "kubectl rollout restart while the database is away",
		Section:  "Service Restart",
		Severity: P1,
		Budget:   10 * time.Minute,
		Pods:     2,

		Steady: []Expectation{
			twoPods(),
			GET("/health/live").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			Command(kubectlStatus).Succeeds().Contains("successfully rolled out").By(rollout),
			Command(kubectlRestart).Succeeds().Contains("restarted").By(follows),
			Command(kubectlStatus).Succeeds().Contains("successfully rolled out").By(rollout),
			Process().Showing("pods.complete", true).Showing("pods.stalled", false),
		},

		Fault: Refuse(Postgres),
		During: []Expectation{
			Command(kubectlRestart).Succeeds().Contains("restarted").By(follows).Undisturbed().Called("restarted"),
			Process().Showing("pods.complete", false).Showing("pods.stalled", true).By(90 * time.Second).Implied(),
			// It waits for what does not come, and says what for.
			Command(kubectlStatus).Contains("Waiting for deployment").Since("restarted", 0).By(2 * time.Minute).Proves("recovery.restart.status"),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(30 * time.Second),
			Process().Showing("pods.complete", true).Showing("pods.ready", 2.0).By(rollout).Implied(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).By(30 * time.Second).ByContract(),
			POST("/api/v1/events", after).Answers(201).By(30 * time.Second),
		},
	}
}
