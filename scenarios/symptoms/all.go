// Package symptoms holds the scenarios: one file for each symptom of the
// runbook, listed here in the runbook's order.
//
// A scenario reads like the runbook's section. Paths, statuses and log words
// are literals, and never imported from the service: a deliberate second copy.
package symptoms

import (
	. "github.com/runproof/runproof/scenarios"
)

// All lists every scenario in the order of the runbook.
func All() []Scenario {
	return []Scenario{
		DatabaseRefused(),
		DatabaseReset(),
		DatabaseHole(),
		DatabaseCut(),
		DatabaseCommitLost(),
		DatabaseStopped(),
		DatabaseFrozen(),
		DatabasePoolExhausted(),
		DatabaseFull(),
		DatabaseLongQuery(),
		DatabaseReadOnly(),
		DatabaseBackendsKilled(),
		DatabaseSlow(),
		DatabaseNarrow(),
		SlowQueries(),
		DatabaseLocked(),
		RedisHangs(),
		RedisFrozen(),
		RedisSlow(),
		VenueQueue(),
		CacheHits(),
		CreationInvalid(),
		CreationAppears(),
		CreationTenant(),
		CreationPermissions(),
		CreationOnce(),
		CreationForbidden(),
		VenueUnknown(),
		IdentityRotated(),
		IdentityDown(),
		TenantMatrix(),
		TenantCrowd(),
		EventsNotAppearing(),
		RLSLeak(),
		TableOwned(),
		PolicyAdded(),
		RoleBypasses(),
		PolicyDropped(),
		CacheSwapped(),
		VenueDown(),
		VenueRefused(),
		VenueSlow(),
		VenueError(),
		VenueOverloaded(),
		VenueHalfAnswer(),
		VenueNotJSON(),
		VenueWrongContent(),
		VenueFlapping(),
		VenueStumbles(),
		BreakerHalfOpen(),
		SolanaDown(),
		HealthSteady(),
		HealthAlone(),
		DatabaseCrashed(),
		RedisRefused(),
		RedisStopped(),
		CacheCleared(),
		CacheGarbage(),
		RedisFull(),
		RedisReadOnly(),
		MemoryShort(),
		DiskFull(),
		ServiceFrozen(),
		ServiceRestart(),
		ServiceRollout(),
		ServiceCrash(),
		EnvironmentDatabaseURL(),
		EnvironmentRedisURL(),
		EnvironmentVenueURL(),
		EnvironmentNodeEnv(),
		EnvironmentNone(),
		EnvironmentLogLevel(),
	}
}

// The names of the events that scenarios create, by the phase that creates them.
const (
	before Body = "created before the fault"
	during Body = "created during the fault"
	after  Body = "created after the fault"
)
