package fault

// FaultFull leaves Redis no memory: writes are refused, reads and deletes are not.
const FaultFull Kind = "redis-full"

// FillRedis leaves Redis no memory for anything new.
func FillRedis() Fault { return Fault{Kind: FaultFull, On: Redis} }

func init() {
	kinds[FaultFull] = kindOf{
		needs:    ownServer,
		describe: func(Fault) string { return "redis has no memory left" },
	}
}
