package record

import (
	"net/http"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/audit"
)

// Hit is what became of one request of the load. It is plain data.
type Hit struct {
	// Route is method and path, an id in it as {id}: "GET /api/v1/events/{id}".
	Route string `json:"route"`
	// Kind is which of the load's requests it is; several have one route.
	Kind string `json:"kind,omitempty"`
	// Tenant is whose request it was.
	Tenant scenarios.Caller `json:"tenant,omitempty"`
	// Due is when the schedule wanted it to leave, Sent when it left, Done when
	// its last byte had come or hope was given up.
	Due  time.Time `json:"due"`
	Sent time.Time `json:"sent"`
	Done time.Time `json:"done"`
	// Status is zero without a whole answer; Err and Class then say why.
	Status int             `json:"status,omitempty"`
	Err    string          `json:"err,omitempty"`
	Class  scenarios.Class `json:"class,omitempty"`
	// Failed says that the answer is not the one of a healthy service.
	Failed bool `json:"failed,omitempty"`
	// Abandoned says that the load ended before the request had: nothing follows.
	Abandoned bool `json:"abandoned,omitempty"`
	// Planted says that what it asks for is there, by what the service has
	// acknowledged before. Listed counts the events that the answer lists; nil: it
	// is no list.
	Planted bool `json:"planted,omitempty"`
	Listed  *int `json:"listed,omitempty"`
	// Write is the one that it was, if it was one. Shows are the writes, by number,
	// under whose names the answer to a read shows events.
	Write *audit.Write `json:"write,omitempty"`
	Shows []int        `json:"shows,omitempty"`
	// Exchange has what was sent and answered, of a whole answer.
	Exchange *scenarios.Exchange `json:"exchange,omitempty"`
}

// Took is from leaving to the end.
func (h Hit) Took() time.Duration { return h.Done.Sub(h.Sent) }

// ShowsForeign reports whether the answer shows another tenant's data.
func (h Hit) ShowsForeign() bool { return h.Exchange != nil && h.Exchange.ShowsForeign(h.Status) }

// Denied reports whether the answer says that there is nothing where a row is: not under
// its id, or in no list.
func (h Hit) Denied() bool {
	switch h.Status {
	case http.StatusNotFound, http.StatusGone:
		return h.Planted
	case http.StatusOK:
		return h.Planted && h.Listed != nil && *h.Listed == 0
	}
	return false
}
