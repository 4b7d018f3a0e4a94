package fault

import "fmt"

// FaultCacheCorrupt puts text that nobody can read under the keys of Detail.
const FaultCacheCorrupt Kind = "cache-corrupt"

// CorruptCache puts garbage under the keys that match a pattern and are there.
func CorruptCache(pattern string) Fault {
	return Fault{Kind: FaultCacheCorrupt, On: Redis, Detail: pattern}
}

func init() {
	kinds[FaultCacheCorrupt] = kindOf{
		describe: func(f Fault) string { return fmt.Sprintf("the keys %s hold garbage", f.Detail) },
		check:    hasPattern,
		rewrites: true,
	}
}
