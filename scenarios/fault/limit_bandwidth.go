package fault

import "fmt"

// FaultBandwidth lets the dependency's answers through a narrow pipe.
const FaultBandwidth Kind = "bandwidth"

// LimitBandwidth lets so many bytes of a dependency's answers through in a second, on
// each connection.
func LimitBandwidth(on Dependency, bytesPerSecond int64) Fault {
	return Fault{Kind: FaultBandwidth, On: on, Amount: bytesPerSecond}
}

func init() {
	kinds[FaultBandwidth] = kindOf{
		needs:    link,
		describe: func(f Fault) string { return fmt.Sprintf("%s answers at %d bytes a second", f.On, f.Amount) },
		check:    hasRate,
	}
}

// leastRate is what toxiproxy can count: a byte each millisecond.
const leastRate = 1000

func hasRate(f Fault) error {
	if f.Amount < leastRate || f.Amount%leastRate != 0 {
		return fmt.Errorf("%s fault has a rate of %d bytes a second: it must be thousands", f.Kind, f.Amount)
	}
	return nil
}
