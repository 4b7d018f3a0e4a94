package scenarios

import "strings"

// ProbeKind says through which window a probe looks.
type ProbeKind string

// The windows.
const (
	// ProbeHTTP asks the service over HTTP.
	ProbeHTTP ProbeKind = "http"
	// ProbeLog reads what the service logged.
	ProbeLog ProbeKind = "log"
	// ProbeIsolation asks as each of two tenants for what belongs to the other.
	ProbeIsolation ProbeKind = "isolation"
)

// Probe is a way of looking at the service from outside, as data.
type Probe struct {
	Kind ProbeKind `json:"kind"`
	// Method and Path of an HTTP probe.
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
	// Body names the request body of an HTTP probe; what it looks like on the
	// wire is the world's business.
	Body Body `json:"body,omitempty"`
	// Text is what a log probe looks for; Fold ignores its case.
	Text string `json:"text,omitempty"`
	Fold bool   `json:"fold,omitempty"`
}

// Body names a request body by what makes it different: an event's name.
type Body string

// Key identifies what is looked at, whatever is expected of it and whatever
// body is sent: expectations with equal keys see the same thing.
func (p Probe) Key() string {
	switch p.Kind {
	case ProbeHTTP:
		return p.Method + " " + p.Path
	case ProbeLog:
		return "log " + p.Text
	}
	return string(p.Kind)
}

// Matches reports whether a log line has what a log probe looks for.
func (p Probe) Matches(line string) bool {
	if p.Fold {
		return strings.Contains(strings.ToLower(line), strings.ToLower(p.Text))
	}
	return strings.Contains(line, p.Text)
}

// Safe reports whether looking changes nothing (RFC 9110, section 9.2.1).
func (p Probe) Safe() bool {
	return p.Kind != ProbeHTTP || p.Method == "GET" || p.Method == "HEAD"
}
