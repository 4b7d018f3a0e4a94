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
		DatabaseRefusedOften(),
		DatabaseReset(),
		DatabaseResetOften(),
		DatabaseBlackhole(),
		DatabaseBlackholeOften(),
		DatabaseTruncated(),
		DatabaseCommitLost(),
		DatabaseStopped(),
		DatabaseFrozen(),
		DatabasePoolExhausted(),
		DatabaseConnectionsExhausted(),
		DatabaseLongQuery(),
		DatabaseReadOnly(),
		DatabaseBackendsKilled(),
		DatabasePasswordRotated(),
		DatabaseLoginRevoked(),
		DatabaseClosed(),
		DatabaseSlow(),
		DatabaseLowBandwidth(),
		SlowQueries(),
		ScaleOut(),
		DatabaseLocked(),
		RedisBlackhole(),
		RedisFrozen(),
		RedisSlow(),
		VenueQueue(),
		CacheHits(),
		CreationInvalid(),
		ReadAfterWrite(),
		CreationTenant(),
		CreationPermissions(),
		CreationIdempotent(),
		CreationForbidden(),
		VenueUnknown(),
		IdentityRotated(),
		IdentityDown(),
		TenantMatrix(),
		TenantConcurrent(),
		EventsNotAppearing(),
		RLSLeak(),
		TableOwned(),
		PolicyAdded(),
		RoleBypasses(),
		PolicyDropped(),
		CacheCrossTenant(),
		VenueDown(),
		VenueRefused(),
		VenueSlow(),
		VenueError(),
		VenueOverloaded(),
		VenueTruncated(),
		VenueHTML(),
		VenueWrongSchema(),
		VenueFlapping(),
		VenueRefusesService(),
		VenueIntermittent(),
		BreakerHalfOpen(),
		SolanaDown(),
		HealthSteady(),
		ProbeTimeouts(),
		DependenciesAllDown(),
		DatabaseCrashed(),
		RedisRefused(),
		RedisRefusedOften(),
		RedisStopped(),
		CacheCleared(),
		CacheCorrupt(),
		RedisFull(),
		RedisReadOnly(),
		MemoryShort(),
		DiskFull(),
		ServiceFrozen(),
		ServiceRestart(),
		ServiceRollout(),
		RolloutUnderLoad(),
		RolloutDatabaseDown(),
		Rollback(),
		PodKilled(),
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
