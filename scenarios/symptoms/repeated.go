package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// What a fault costs each time, a connection, a place at a pool, an entry in a
// list, shows when it has come often: a dozen times is more than a pool of ten
// has places. A fault that takes seconds to be noticed comes half as often.
const (
	often  = 12
	seldom = 4
)

// busy is a load of which each short fault meets several requests.
var busy = Load{Rate: 20}

// repeated is a fault that comes and goes, on a service that has to be as it was
// each time.
func repeated(id, title string, how Fault, times int) Scenario {
	return Scenario{
		ID:       id,
		Title:    title,
		Section:  "Database Connection Issues",
		Severity: P2,
		Budget:   15 * time.Minute,

		Steady: worksWithDatabase(),
		Load:   busy,
		Fault:  how,
		Repeat: times,
		During: []Expectation{
			GET("/health/ready").Answers(503).By(inTime).Proves("database.symptom.health-failing"),
		},
		After: []Expectation{
			POST("/api/v1/events", after).Answers(201).By(inTime).Times(3),
			GET("/health/ready").Answers(200).By(inTime).Times(3),
			GET("/api/v1/events").Answers(200).By(inTime),
		},
	}
}

// DatabaseRefusedOften plays a Postgres that restarts again and again.
func DatabaseRefusedOften() Scenario {
	return repeated("database-refused-often", "Postgres refuses connections a dozen times in a row", Refuse(Postgres), often)
}

// DatabaseResetOften plays a network that resets every connection again and again.
func DatabaseResetOften() Scenario {
	return repeated("database-reset-often", "every connection to Postgres is reset, a dozen times in a row", Reset(Postgres), often)
}

// DatabaseBlackholeOften plays a Postgres that is lost again and again.
func DatabaseBlackholeOften() Scenario {
	return repeated("database-blackhole-often", "Postgres swallows every byte, several times in a row", BlackHole(Postgres), seldom)
}

// RedisRefusedOften plays a Redis that restarts again and again. Nothing depends
// on it, and nothing may be left behind each time.
func RedisRefusedOften() Scenario {
	return Scenario{
		ID:       "redis-refused-often",
		Title:    "Redis refuses connections a dozen times in a row",
		Section:  "Health Checks",
		Severity: P3,
		Budget:   15 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(atOnce).Showing("checks.redis", "UP").Proves("health.manual.redis"),
			POST("/api/v1/events", before).Answers(201),
		},
		Load:   busy,
		Fault:  Refuse(Redis),
		Repeat: often,
		During: []Expectation{
			GET("/health/ready").Answers(200).Showing("checks.redis", "DOWN").By(inTime),
		},
		After: []Expectation{
			GET("/health/ready").Answers(200).Showing("checks.redis", "UP").By(inTime).Times(3).Proves("health.manual.redis"),
			POST("/api/v1/events", after).Answers(201).By(inTime),
			GET("/api/v1/events").Answers(200).By(inTime),
		},
	}
}
