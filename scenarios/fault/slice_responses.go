package fault

import (
	"errors"
	"fmt"
	"time"
)

// FaultSliced cuts answers into small pieces with a pause after each.
const FaultSliced Kind = "sliced"

// SliceResponses makes a dependency's answers arrive in pieces of so many bytes, with a
// pause after each.
func SliceResponses(on Dependency, bytes int64, pause time.Duration) Fault {
	return Fault{Kind: FaultSliced, On: on, Amount: bytes, Delay: pause}
}

func init() {
	kinds[FaultSliced] = kindOf{
		needs: link,
		describe: func(f Fault) string {
			return fmt.Sprintf("%s answers in pieces of %d bytes, one each %s", f.On, f.Amount, f.Delay)
		},
		check: hasSlices,
	}
}

func hasSlices(f Fault) error { return errors.Join(hasBytes(f), hasDelay(f)) }
