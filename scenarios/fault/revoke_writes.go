package fault

// FaultWritesRevoked takes the right to write from the service's role.
const FaultWritesRevoked Kind = "writes-revoked"

// RevokeWrites takes INSERT, UPDATE and DELETE on the events from the service's role.
func RevokeWrites() Fault { return Fault{Kind: FaultWritesRevoked, On: Postgres} }

func init() {
	kinds[FaultWritesRevoked] = kindOf{
		describe: func(Fault) string { return "the service's role has lost the right to write" },
	}
}
