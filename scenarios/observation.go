package scenarios

import (
	"fmt"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios/audit"
)

// Class sorts the reasons why a probe got no answer.
type Class string

// The classes of failure a probe tells apart.
const (
	ClassNone    Class = ""
	ClassRefused Class = "refused"
	ClassTimeout Class = "timeout"
	ClassReset   Class = "reset"
	ClassEOF     Class = "eof"
	ClassOther   Class = "other"
	// ClassObserverError is an observation that the harness could not take, whatever the service
	// did: a server of the stack did not answer on its direct way. Nothing
	// follows from it.
	ClassObserverError Class = "observer error"
)

// Observation is what a probe saw at one time. It is plain data: everything a
// check may ask for is in it, so that it can be judged again from disk.
type Observation struct {
	// At is when the observation began, Took how long it lasted.
	At   time.Time     `json:"at"`
	Took time.Duration `json:"took"`
	// Seen is when what was seen came about, where that is known better than
	// by At: the arrival of a log line, say. Zero otherwise.
	Seen time.Time `json:"seen,omitzero"`

	// Status, Header (canonical names) and Body are an HTTP answer.
	Status int               `json:"status,omitempty"`
	Header map[string]string `json:"header,omitempty"`
	Body   string            `json:"body,omitempty"`

	// Lines are the log lines that matched, the earliest first.
	Lines []string `json:"lines,omitempty"`

	// Calls are the requests that reached a dependency, each by the time after
	// the moment from which they are counted, and Span is the time from that
	// moment to the observation.
	Calls []time.Duration `json:"calls,omitempty"`
	Span  time.Duration   `json:"span,omitempty"`

	// Exchanges are the request of an HTTP probe, or those of the isolation watch for
	// what belongs to the other tenant.
	Exchanges []Exchange `json:"exchanges,omitempty"`
	// Own says that the isolation watch saw each tenant's own canary row;
	// without that its silence means nothing.
	Own bool `json:"own,omitempty"`

	// Cached are the keys that a look into the cache found.
	Cached []CacheEntry `json:"cached,omitempty"`

	// Executions are those of a command, one for each account that it was run with.
	Executions []Execution `json:"executions,omitempty"`
	// Hits is how far the cache's count of hits went up, while the service was
	// asked for the same thing twice.
	Hits int64 `json:"hits,omitempty"`
	// Breaches are how a property is broken, as its check has it.
	Breaches []string `json:"breaches,omitempty"`
	// Audit is what an audit of the writes found.
	Audit *audit.Facts `json:"audit,omitempty"`

	// Deviation says that the service was asked in another way than the runbook has it,
	// and why.
	Deviation string `json:"deviation,omitempty"`
	// Err and Class say why there was no answer.
	Err   string `json:"err,omitempty"`
	Class Class  `json:"class,omitempty"`
	// Hopeless says why no later observation can differ: the service's process has
	// exited, say. Empty while there is hope.
	Hopeless string `json:"hopeless,omitempty"`
}

// Ended is when the observation was over.
func (o Observation) Ended() time.Time { return o.At.Add(o.Took) }

// ObserverError reports whether the observation says nothing of the service.
func (o Observation) ObserverError() bool { return o.Class == ClassObserverError }

// SeenAt is the best known moment of what was seen.
func (o Observation) SeenAt() time.Time {
	if o.Seen.IsZero() {
		return o.Ended()
	}
	return o.Seen
}

// maxShown bounds how much of a body or line a message repeats, in bytes.
const maxShown = 200

// String says in one line what was seen.
func (o Observation) String() string {
	var parts []string
	if o.Status != 0 {
		parts = append(parts, fmt.Sprintf("%d after %s", o.Status, o.Took.Round(time.Millisecond)))
		if o.Body != "" {
			parts = append(parts, Shorten(o.Body))
		}
	}
	if o.Status == 0 && o.Err == "" && o.Body != "" {
		parts = append(parts, Shorten(o.Body)) // of no HTTP answer
	}
	if len(o.Lines) > 0 {
		parts = append(parts, "log: "+Shorten(o.Lines[0]))
	}
	if o.Span > 0 {
		parts = append(parts, fmt.Sprintf("%d calls in %s", len(o.Calls), o.Span.Round(time.Millisecond))+lastOf(o.Calls))
	}
	if foreign := o.Foreign(); len(foreign) > 0 {
		parts = append(parts, "another tenant's data in "+strings.Join(foreign, ", "))
	}
	if len(o.Cached) > 0 {
		parts = append(parts, showCached(o.Cached))
	}
	if len(o.Executions) > 0 {
		parts = append(parts, showExecutions(o.Executions))
	}
	if o.Hits > 0 {
		parts = append(parts, fmt.Sprintf("%d hits", o.Hits))
	}
	if o.Audit != nil {
		parts = append(parts, o.Audit.String())
	}
	if o.Err != "" {
		parts = append(parts, fmt.Sprintf("no answer after %s (%s): %s", o.Took.Round(time.Millisecond), o.Class, Shorten(o.Err)))
	}
	if o.Hopeless != "" {
		parts = append(parts, o.Hopeless)
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, "; ")
}

// lastOf names the last few of a list of times.
func lastOf(times []time.Duration) string {
	const few = 3
	if len(times) == 0 {
		return ""
	}
	list := make([]string, 0, few)
	for _, t := range times[max(0, len(times)-few):] {
		list = append(list, t.Round(time.Millisecond).String())
	}
	return ", the last at " + strings.Join(list, ", ")
}

// Shorten is a text of bearable length for a message.
func Shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxShown {
		return strings.ToValidUTF8(s[:maxShown], "") + "…"
	}
	return s
}
