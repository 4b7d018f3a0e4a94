package fault

// FaultCacheEvicted empties Redis again and again.
const FaultCacheEvicted Kind = "redis-forgets"

// EvictCache empties the service's database in Redis several times a second.
func EvictCache() Fault { return Fault{Kind: FaultCacheEvicted, On: Redis} }

func init() {
	kinds[FaultCacheEvicted] = kindOf{
		describe: func(Fault) string { return "redis loses everything again and again" },
		rewrites: true,
	}
}
