package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// The waits that the scenarios of the database share.
const (
	// atOnce bounds what needs no more than another try on a busy machine.
	atOnce = 10 * time.Second
	// inTime bounds what must first run into a service's own deadlines; the
	// reference's are 3 s, and a pool that is exhausted adds another second.
	inTime = 20 * time.Second
	// neverHangs is the longest that any answer may take: about a client's patience.
	neverHangs = 10 * time.Second
	// venueService must not be in the answer of a request that the database
	// failed: a breaker that has opened meanwhile answers 503 as well.
	venueService = "venue-service"
)

// worksWithDatabase is the steady state of the scenarios that break it.
func worksWithDatabase() []Expectation {
	return []Expectation{
		GET("/health/ready").Answers(200).By(atOnce).Showing("checks.database", "UP"),
		POST("/api/v1/events", before).Answers(201),
		GET("/api/v1/events").Answers(200),
	}
}

// The names of events that somebody tries to change, or to cancel, under a
// fault. They are the neighbour's: an audit looks for the tenant's by the name
// that they were created with.
const (
	changed   Body = "to be changed"
	withdrawn Body = "to be withdrawn"
)

// changeable is what the steady state needs for it.
func changeable() []Expectation {
	return []Expectation{
		POST("/api/v1/events", changed).As(OtherTenant).Answers(201),
		POST("/api/v1/events", withdrawn).As(OtherTenant).Answers(201),
	}
}

// changesFail is what the other ways to write are answered while the database
// cannot be used: the same as creates, in time.
func changesFail(statuses ...int) []Expectation {
	const one = "/api/v1/events/{event}"
	fails := func(e HTTPExpectation, of Body) Expectation {
		return e.Of(of).As(OtherTenant).AnswersOneOf(statuses...).InsteadOf(200).FasterThan(neverHangs).By(inTime)
	}
	return []Expectation{
		fails(PUT(one, during).IfMatch("*"), changed),
		fails(POST(one+"/publish", ""), changed),
		fails(POST(one+"/cancel", ""), withdrawn),
	}
}

// worksAsBefore is their recovery, without anybody's help: what was acknowledged
// is there, and goes on being made.
func worksAsBefore() []Expectation {
	return []Expectation{
		GET("/health/ready").Answers(200).By(inTime).Times(3),
		POST("/api/v1/events", after).Answers(201).By(inTime),
		GET("/api/v1/events").Answers(200).By(inTime),
		GET("/api/v1/events/{event}").Of(before).Answers(200).By(inTime),
	}
}

// unrefused says that nobody refuses a connection here, so the log must not
// say so: the word would send the operator the wrong way.
func unrefused() Expectation {
	return Log().Lacks("ECONNREFUSED").Proves("database.symptom.econnrefused")
}

// The commands of "Database Connection Issues" and "Database Recovery".
const (
	psqlOne = `psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT 1;"`

	psqlLongQueries = `psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT pid, now() - pg_stat_activity.query_start AS duration, query
         FROM pg_stat_activity
         WHERE state = 'active' AND query_start < now() - interval '1 minute';"`

	psqlIntegrity = `psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT * FROM events WHERE tenant_id IS NULL;"`

	curlDatabase = `curl http://localhost:3003/health/ready | jq '.checks.database'`
)

// reachable are the steps that tell a database that cannot be used.
func reachable() []Step {
	return []Step{
		Sh("database.resolution.connectivity", psqlOne).Shows("(1 row)"),
		Sh("database.resolution.pool-status", curlDatabase).Shows(`"UP"`).ShowsUnderFault(`"DOWN"`),
	}
}
