package scenarios

import "time"

// Load is the traffic that goes on beside a scenario: requests of both tenants
// that leave on schedule, whether or not answers come. The zero value is
// DefaultRate for a scenario with a fault.
type Load struct {
	// Rate is in requests a second; zero: DefaultRate.
	Rate int
	// ReadsOnly leaves creates and changes out, CreatesOnly everything else.
	ReadsOnly, CreatesOnly bool
}

const (
	// DefaultRate of the background load, in requests a second. It is well below
	// what a service of ten connections can do while each of its answers takes a
	// second, so that what is seen is the fault and not saturation.
	DefaultRate = 5
	// LoadHits is how many requests must have left before, during and after a
	// fault; with fewer a run says nothing about the share that failed.
	LoadHits = 5
	// LoadPatience bounds one request of the load: longer than the deadline that
	// a service keeps (the reference's REQUEST_TIMEOUT is 3 s), so that what ends
	// late is seen to end.
	LoadPatience = 6 * time.Second
	// loadWait bounds the wait for LoadHits requests to leave.
	loadWait = 20 * time.Second
)

// rate is how many requests leave in a second; zero: none.
func (s Scenario) rate() int {
	switch {
	case len(s.Stages()) == 0:
		return 0
	case s.Load.Rate == 0:
		return DefaultRate
	}
	return s.Load.Rate
}

// Hit is what became of one request of the load. It is plain data.
type Hit struct {
	// Route is method and path, an id in it as {id}: "GET /api/v1/events/{id}".
	Route string `json:"route"`
	// Kind is which of the load's requests it is; several have one route.
	Kind string `json:"kind,omitempty"`
	// Tenant is whose request it was.
	Tenant Caller `json:"tenant,omitempty"`
	// Due is when the schedule wanted it to leave, Sent when it left, Done when
	// its last byte had come or hope was given up.
	Due  time.Time `json:"due"`
	Sent time.Time `json:"sent"`
	Done time.Time `json:"done"`
	// Status is zero without a whole answer; Err and Class then say why.
	Status int    `json:"status,omitempty"`
	Err    string `json:"err,omitempty"`
	Class  Class  `json:"class,omitempty"`
	// Failed says that the answer is not the one of a healthy service.
	Failed bool `json:"failed,omitempty"`
	// Abandoned says that the load ended before the request had: nothing follows.
	Abandoned bool `json:"abandoned,omitempty"`
	// Breaches and Foreign are as those of an Observation.
	Breaches []string `json:"breaches,omitempty"`
	Foreign  []string `json:"foreign,omitempty"`
	// Denied says that the answer knows nothing of a row that is there: one that
	// the service has acknowledged before.
	Denied bool `json:"denied,omitempty"`
	// Outdated says that the answer shows a row as it was before a change that
	// the service had acknowledged a second before the request left.
	Outdated bool `json:"outdated,omitempty"`
}

// Took is from leaving to the end.
func (h Hit) Took() time.Duration { return h.Done.Sub(h.Sent) }

// LoadTold is told of each request: when it leaves, and what became of it. It
// is called from many goroutines.
type LoadTold interface {
	// Begins is told of the kinds of requests that the load is made of.
	Begins(kinds []string)
	// Wanted takes a kind off the list of those that are waited for: it leaves next.
	// Empty: none is.
	Wanted() string
	// Hurried reports whether some are, so that requests are to leave sooner.
	Hurried() bool
	Sent(at time.Time)
	Done(h Hit)
}
