package scenarios

import "time"

// Load is the traffic that goes on beside a scenario: requests of both tenants
// that leave on schedule, whether or not answers come. The zero value is
// defaultRate for a scenario with a fault.
type Load struct {
	// Rate is in requests a second; zero: defaultRate.
	Rate int
	// ReadsOnly leaves creates and changes out, CreatesOnly everything else.
	ReadsOnly, CreatesOnly bool
}

const (
	// defaultRate of the background load, in requests a second. It is well below
	// what a service of ten connections can do while each of its answers takes a
	// second, so that what is seen is the fault and not saturation.
	defaultRate = 5
	// LoadRequests is how many requests must have left before, during and after a
	// fault; with fewer a run says nothing about the share that failed.
	LoadRequests = 5
	// LoadRequestTimeout bounds one request of the load: longer than the deadline that
	// a service keeps (the reference's REQUEST_TIMEOUT is 3 s), so that what ends
	// late is seen to end.
	LoadRequestTimeout = 6 * time.Second
)

// LoadRate is how many requests leave in a second; zero: none.
func (s Scenario) LoadRate() int {
	switch {
	case len(s.Stages()) == 0:
		return 0
	case s.Load.Rate == 0:
		return defaultRate
	}
	return s.Load.Rate
}
