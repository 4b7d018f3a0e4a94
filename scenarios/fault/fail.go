package fault

import (
	"errors"
	"fmt"
	"time"
)

// FaultStatus answers everything with one status.
const FaultStatus Kind = "status"

// Fail makes a dependency answer everything with a status of 400 or above.
func Fail(on Dependency, status int) Fault {
	return Fault{Kind: FaultStatus, On: on, Amount: int64(status)}
}

// Overload makes a dependency answer 503 and ask to be left alone for a while.
func Overload(on Dependency, retryAfter time.Duration) Fault {
	return Fault{Kind: FaultStatus, On: on, Amount: 503, Delay: retryAfter}
}

func init() {
	kinds[FaultStatus] = kindOf{
		needs:    standIn,
		describe: func(f Fault) string { return fmt.Sprintf("%s answers everything with %d", f.On, f.Amount) },
		check:    hasStatus,
	}
}

func hasStatus(f Fault) error {
	if f.Amount < 400 || f.Amount > 599 {
		return errors.New("status fault has no status of an error")
	}
	return nil
}
