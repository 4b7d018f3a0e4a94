package fault

// FaultReplica makes Redis a replica, as a failover does: writes are refused.
const FaultReplica Kind = "redis-read-only"

// MakeRedisReplica lets Redis follow another server, so that it takes no writes.
func MakeRedisReplica() Fault { return Fault{Kind: FaultReplica, On: Redis} }

func init() {
	kinds[FaultReplica] = kindOf{
		needs:    ownServer,
		describe: func(Fault) string { return "redis is a read-only replica" },
	}
}
