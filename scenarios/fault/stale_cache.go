package fault

import "fmt"

// FaultCacheStale puts old values under the keys of Detail, and again when
// the service marks them as changed.
const FaultCacheStale Kind = "cache-outdated"

// StaleCache puts what could have been there before under the keys that match a
// pattern: an empty list, an event under an older name.
func StaleCache(pattern string) Fault {
	return Fault{Kind: FaultCacheStale, On: Redis, Detail: pattern}
}

func init() {
	kinds[FaultCacheStale] = kindOf{
		describe: func(f Fault) string { return fmt.Sprintf("the keys %s hold old values", f.Detail) },
		check:    hasPattern,
		hides:    true,
		rewrites: true,
	}
}
