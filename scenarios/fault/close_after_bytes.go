package fault

import "fmt"

// FaultCut ends each connection once so many bytes of answers have passed,
// as a rule in the middle of an answer.
const FaultCut Kind = "cut"

// CloseAfterBytes ends each connection to a dependency after so many bytes of its answers;
// on open ones they count from now on. What signing in costs must fit in.
func CloseAfterBytes(on Dependency, afterBytes int64) Fault {
	return Fault{Kind: FaultCut, On: on, Amount: afterBytes}
}

func init() {
	kinds[FaultCut] = kindOf{
		needs: link,
		describe: func(f Fault) string {
			return fmt.Sprintf("connections to %s end after %d bytes of answers", f.On, f.Amount)
		},
		check: hasBytes,
	}
}
