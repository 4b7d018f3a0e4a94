package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// EnvironmentLogLevel plays "LOG_LEVEL: not required, info, debug or error":
// the service starts without it, and with each of the others says more or less.
func EnvironmentLogLevel() Scenario {
	// It starts and is ready, and its last start is the one that was changed;
	// each healing is a start as well.
	starts := func(restarts float64) ProcessExpectation {
		return Process().Showing("ready", true).Showing("restarts", restarts).By(10 * time.Second).Proves("env.log-level")
	}
	return Scenario{
		ID:       "environment-log-level",
		Title:    "LOG_LEVEL is missing, debug and error",
		Section:  "Environment Variables",
		Severity: P4,
		Budget:   3 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			Process().Showing("state", "running").Showing("restarts", 0.0),
			// Without debug it says nothing of it.
			Process().Showing("lines.DEBUG", 0.0).Proves("env.log-level"),
		},

		Fault:  StartWithout("LOG_LEVEL"),
		During: []Expectation{starts(1)},
		Escalates: []Stage{
			{Fault: StartWith("LOG_LEVEL", "debug"), During: []Expectation{
				// More than info, and info too.
				starts(3).NotShowing("lines.DEBUG", 0.0).NotShowing("lines.INFO", 0.0),
			}},
			{Fault: StartWith("LOG_LEVEL", "error"), During: []Expectation{
				// Its start, which every other level tells of, is not worth a line.
				starts(5).Showing("lines.INFO", 0.0).Showing("lines.DEBUG", 0.0),
			}},
			{Fault: StartWith("LOG_LEVEL", "shout"), During: []Expectation{
				Process().Showing("state", "exited").NotShowing("exit_code", 0.0),
				Process().Showing("state", "exited").Matching("message", "LOG_LEVEL"),
			}},
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
