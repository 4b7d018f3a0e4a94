package fault

import "fmt"

// FaultWrongType puts a value of another type under the keys of Detail.
const FaultWrongType Kind = "cache-wrong-type"

// ChangeCacheType puts a value of another type under the keys that match a pattern.
func ChangeCacheType(pattern string) Fault {
	return Fault{Kind: FaultWrongType, On: Redis, Detail: pattern}
}

func init() {
	kinds[FaultWrongType] = kindOf{
		describe: func(f Fault) string { return fmt.Sprintf("the keys %s hold values of another type", f.Detail) },
		check:    hasPattern,
		rewrites: true,
	}
}
