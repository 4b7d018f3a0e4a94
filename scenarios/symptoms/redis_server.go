package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// RedisStopped plays "Redis was restarted": its server is shut down, and comes
// back with nothing in it.
//
// Nothing that was lost was the only copy: all is read from Postgres, and kept
// anew as soon as Redis is back.
func RedisStopped() Scenario {
	s := redisServerGone("redis-stopped", "Redis is shut down, and comes back empty", Stop(Redis))
	s.Section, s.Severity = "Health Checks", P3
	s.During = append(s.During, Log().Contains("ECONNREFUSED"))
	// That a create was answered is not known from Redis alone.
	create := POST("/api/v1/events", once).Sending(sameBody).WithKey("a-key-for-good").Answers(201).ByContract()
	s.Steady = append(s.Steady, create)
	s.After = append(s.After,
		create.Times(2).Called("asked again"),
		GET("/api/v1/events").Answers(200).ContainsOnce(string(once)).Since("asked again", 0).By(5*time.Second).Times(3).ByContract(),
	)
	return s
}

// RedisFrozen plays "Redis hangs": its process stands still, connections stay
// open, new ones are accepted, and nothing is answered.
//
// As with a Redis that is lost without a refusal, a request may not wait for a
// copy longer than for the original.
func RedisFrozen() Scenario {
	s := redisServerGone("redis-frozen", "Redis stands still and answers nothing", Freeze(Redis))
	s.Section, s.Severity = "High Latency", P2
	s.Always = append(s.Always, Log().Lacks("ECONNREFUSED").Implied())
	s.During = append(s.During, Log().Mentions("timeout").By(10*time.Second))
	return s
}

// redisServerGone is what both have in common.
func redisServerGone(id, title string, fault Fault) Scenario {
	return Scenario{
		ID:     id,
		Title:  title,
		Budget: 3 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.redis", "UP").Proves("health.manual.redis"),
			POST("/api/v1/events", before).Answers(201),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Implied(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(before)).FasterThan(promptEnough).Implied(),
			GET("/api/v1/events").Answers(200).FasterThan(promptEnough).Implied(),
			GET("/api/v1/venues/{venue}/events").Answers(200).FasterThan(promptEnough).Implied(),
		},

		Fault: fault,
		During: []Expectation{
			GET("/health/ready").Answers(200).Showing("checks.redis", "DOWN").By(10 * time.Second).Times(2),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).Showing("checks.redis", "UP").By(15 * time.Second).Times(3).Proves("health.manual.redis"),
			POST("/api/v1/events", after).Answers(201),
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)).By(cacheFills),
		},
	}
}
