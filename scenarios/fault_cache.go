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
	// FaultForgetful empties Redis again and again.
	FaultForgetful FaultKind = "redis-forgets"
	// FaultGarbage puts text that nobody can read under the keys of Detail.
	FaultGarbage FaultKind = "cache-corrupt"
	// FaultWrongType puts a value of another type under the keys of Detail.
	FaultWrongType FaultKind = "cache-wrong-type"
	// FaultOutdated puts old values under the keys of Detail, and again when
	// the service marks them as changed.
	FaultOutdated FaultKind = "cache-outdated"
	// FaultSwapped puts each of two tenants' values under the other's keys.
	FaultSwapped FaultKind = "cache-cross-tenant"
)

var cacheFaults = map[FaultKind]kindOf{
	FaultFull: {
		needs: needs(NeedsRESP, NeedsServer),
		says:  func(Fault) string { return "redis has no memory left" },
		owns:  true,
	},
	FaultReplica: {
		needs: needs(NeedsRESP, NeedsServer),
		says:  func(Fault) string { return "redis is a read-only replica" },
		owns:  true,
	},
	FaultForgetful: {
		needs:    needs(NeedsRESP),
		says:     func(Fault) string { return "redis loses everything again and again" },
		rewrites: true,
	},
	FaultGarbage: {
		needs:    needs(NeedsRESP),
		says:     func(f Fault) string { return fmt.Sprintf("the keys %s hold garbage", f.Detail) },
		check:    hasPattern,
		rewrites: true,
	},
	FaultWrongType: {
		needs:    needs(NeedsRESP),
		says:     func(f Fault) string { return fmt.Sprintf("the keys %s hold values of another type", f.Detail) },
		check:    hasPattern,
		rewrites: true,
	},
	FaultOutdated: {
		needs:    needs(NeedsRESP),
		says:     func(f Fault) string { return fmt.Sprintf("the keys %s hold old values", f.Detail) },
		check:    hasPattern,
		hides:    true,
		rewrites: true,
	},
	FaultSwapped: {
		needs:    needs(NeedsRESP),
		says:     func(f Fault) string { return fmt.Sprintf("the keys %s hold the other tenant's values", f.Detail) },
		check:    hasPattern,
		rewrites: true,
	},
}

// FillRedis leaves Redis no memory for anything new.
func FillRedis() Fault { return Fault{Kind: FaultFull, On: Redis} }

// MakeRedisReplica lets Redis follow another server, so that it takes no writes.
func MakeRedisReplica() Fault { return Fault{Kind: FaultReplica, On: Redis} }

// FlushRedis empties the service's database in Redis several times a second.
func FlushRedis() Fault { return Fault{Kind: FaultForgetful, On: Redis} }

// Garble puts garbage under the keys that match a pattern and are there.
func Garble(pattern string) Fault { return Fault{Kind: FaultGarbage, On: Redis, Detail: pattern} }

// Retype puts a value of another type under the keys that match a pattern.
func Retype(pattern string) Fault { return Fault{Kind: FaultWrongType, On: Redis, Detail: pattern} }

// Outdate puts what could have been there before under the keys that match a
// pattern: an empty list, an event under an older name.
func Outdate(pattern string) Fault { return Fault{Kind: FaultOutdated, On: Redis, Detail: pattern} }

// SwapTenants puts two tenants' values under each other's keys.
func SwapTenants(pattern string) Fault {
	return Fault{Kind: FaultSwapped, On: Redis, Detail: pattern}
}

func hasPattern(f Fault) error {
	if f.Detail == "" {
		return errors.New("fault of cached values names no keys")
	}
	return nil
}
