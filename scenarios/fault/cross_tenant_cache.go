package fault

import "fmt"

// FaultCacheCrossTenant puts each of two tenants' values under the other's keys.
const FaultCacheCrossTenant Kind = "cache-cross-tenant"

// CrossTenantCache puts two tenants' values under each other's keys.
func CrossTenantCache(pattern string) Fault {
	return Fault{Kind: FaultCacheCrossTenant, On: Redis, Detail: pattern}
}

func init() {
	kinds[FaultCacheCrossTenant] = kindOf{
		describe: func(f Fault) string { return fmt.Sprintf("the keys %s hold the other tenant's values", f.Detail) },
		check:    hasPattern,
		rewrites: true,
	}
}
