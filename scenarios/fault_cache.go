package scenarios

import (
	"errors"
	"fmt"
)

// Faults of Redis itself and of what it holds, staged by its own commands.
const (
	// FaultFull leaves Redis no memory: writes are refused, reads and deletes are not.
	FaultFull FaultKind = "redis-full"
	// FaultReplica makes Redis a replica, as a failover does: writes are refused.
	FaultReplica FaultKind = "redis-read-only"
	// FaultCacheEvicted empties Redis again and again.
	FaultCacheEvicted FaultKind = "redis-forgets"
	// FaultCacheCorrupt puts text that nobody can read under the keys of Detail.
	FaultCacheCorrupt FaultKind = "cache-corrupt"
	// FaultWrongType puts a value of another type under the keys of Detail.
	FaultWrongType FaultKind = "cache-wrong-type"
	// FaultCacheStale puts old values under the keys of Detail, and again when
	// the service marks them as changed.
	FaultCacheStale FaultKind = "cache-outdated"
	// FaultCacheCrossTenant puts each of two tenants' values under the other's keys.
	FaultCacheCrossTenant FaultKind = "cache-cross-tenant"
)

var cacheFaults = map[FaultKind]kindOf{
	FaultFull: {
		needs:    needs(NeedsRESP, NeedsServer),
		describe: func(Fault) string { return "redis has no memory left" },
		owns:     true,
	},
	FaultReplica: {
		needs:    needs(NeedsRESP, NeedsServer),
		describe: func(Fault) string { return "redis is a read-only replica" },
		owns:     true,
	},
	FaultCacheEvicted: {
		needs:    needs(NeedsRESP),
		describe: func(Fault) string { return "redis loses everything again and again" },
		rewrites: true,
	},
	FaultCacheCorrupt: {
		needs:    needs(NeedsRESP),
		describe: func(f Fault) string { return fmt.Sprintf("the keys %s hold garbage", f.Detail) },
		check:    hasPattern,
		rewrites: true,
	},
	FaultWrongType: {
		needs:    needs(NeedsRESP),
		describe: func(f Fault) string { return fmt.Sprintf("the keys %s hold values of another type", f.Detail) },
		check:    hasPattern,
		rewrites: true,
	},
	FaultCacheStale: {
		needs:    needs(NeedsRESP),
		describe: func(f Fault) string { return fmt.Sprintf("the keys %s hold old values", f.Detail) },
		check:    hasPattern,
		hides:    true,
		rewrites: true,
	},
	FaultCacheCrossTenant: {
		needs:    needs(NeedsRESP),
		describe: func(f Fault) string { return fmt.Sprintf("the keys %s hold the other tenant's values", f.Detail) },
		check:    hasPattern,
		rewrites: true,
	},
}

// FillRedis leaves Redis no memory for anything new.
func FillRedis() Fault { return Fault{Kind: FaultFull, On: Redis} }

// MakeRedisReplica lets Redis follow another server, so that it takes no writes.
func MakeRedisReplica() Fault { return Fault{Kind: FaultReplica, On: Redis} }

// EvictCache empties the service's database in Redis several times a second.
func EvictCache() Fault { return Fault{Kind: FaultCacheEvicted, On: Redis} }

// CorruptCache puts garbage under the keys that match a pattern and are there.
func CorruptCache(pattern string) Fault {
	return Fault{Kind: FaultCacheCorrupt, On: Redis, Detail: pattern}
}

// ChangeCacheType puts a value of another type under the keys that match a pattern.
func ChangeCacheType(pattern string) Fault {
	return Fault{Kind: FaultWrongType, On: Redis, Detail: pattern}
}

// StaleCache puts what could have been there before under the keys that match a
// pattern: an empty list, an event under an older name.
func StaleCache(pattern string) Fault {
	return Fault{Kind: FaultCacheStale, On: Redis, Detail: pattern}
}

// CrossTenantCache puts two tenants' values under each other's keys.
func CrossTenantCache(pattern string) Fault {
	return Fault{Kind: FaultCacheCrossTenant, On: Redis, Detail: pattern}
}

func hasPattern(f Fault) error {
	if f.Detail == "" {
		return errors.New("fault of cached values names no keys")
	}
	return nil
}
