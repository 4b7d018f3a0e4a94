package fault

import "fmt"

// FaultCommitLost ends each connection to Postgres between a commit and its
// answer: the transaction took effect, and the client cannot know it.
const FaultCommitLost Kind = "commit-lost"

// DropCommitAck ends each connection to Postgres after a commit and before its answer.
func DropCommitAck() Fault { return Fault{Kind: FaultCommitLost, On: Postgres} }

func init() {
	kinds[FaultCommitLost] = kindOf{
		needs:    link,
		describe: func(f Fault) string { return fmt.Sprintf("%s commits, and its answer is lost", f.On) },
		check:    commits,
	}
}

func commits(f Fault) error {
	if f.On != Postgres {
		return fmt.Errorf("%s fault on %s: only %s commits", f.Kind, f.On, Postgres)
	}
	return nil
}
