package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// Rollback plays "Rollback Deployment" by its own commands. A revision that is gone back
// to gets a new number, and its old one names nothing from then on.
func Rollback() Scenario {
	return Scenario{
		ID:       "rollback",
		Title:    "a rollout is taken back, and a certain revision is gone back to",
		Section:  "Rollback Deployment",
		Severity: P2,
		Budget:   12 * time.Minute,
		Pods:     2,

		Steady: []Expectation{
			twoPods(),
			GET("/health/live").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			Process().Showing("pods.revision", 1.0).Showing("pods.template", 1.0),

			// A rollout that somebody is going to regret.
			Command(kubectlRestart).Succeeds().By(follows),
			Command(kubectlStatus).Succeeds().By(rollout),
			Process().Showing("pods.revision", 2.0).Showing("pods.template", 2.0),

			Command(kubectlHistory).Succeeds().By(follows),
			Process().Showing("shown.revisions", true).Showing("pods.previous", true).Proves("recovery.rollback.history"),

			Command(kubectlUndo).Succeeds().Contains("rolled back").By(follows).Proves("recovery.rollback.undo"),
			Command(kubectlStatus).Succeeds().By(rollout),
			Process().Showing("pods.template", 1.0).Showing("pods.complete", true).Showing("pods.ready", 2.0).Proves("recovery.rollback.undo"),

			Command(kubectlUndoTo2).Succeeds().Contains("rolled back").By(follows).Proves("recovery.rollback.revision"),
			Command(kubectlStatus).Succeeds().By(rollout),
			Process().Showing("pods.template", 2.0).Showing("pods.complete", true).Showing("pods.ready", 2.0).Proves("recovery.rollback.revision"),
			// It is called 4 now: the number that was printed goes back once, and never again.
			Process().Showing("pods.revision", 2.0).Inferred(),

			Process().Showing("clients.lost", 0.0).NotShowing("clients.sent", 0.0).Implied(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).ByContract(),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
