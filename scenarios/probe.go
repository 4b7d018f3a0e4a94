package scenarios

import (
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios/fault"
)

// ProbeKind says through which window a probe looks. Each has a file of its own.
type ProbeKind string

// Probe is a way of looking at the service from outside, as data.
type Probe struct {
	Kind ProbeKind `json:"kind"`
	// Method and Path of an HTTP probe. In Path {venue} stands for the asker's
	// venue, {second-venue} for another that is the asker's, {neighbours-venue}
	// for the other tenant's, {event} for the event Of.
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
	// Body names the request body of an HTTP probe; what it looks like on the
	// wire is the world's business.
	Body Body `json:"body,omitempty"`
	// Raw is sent instead, where not empty, its placeholders (${venue},
	// ${second-venue}, ${name}, ${tenant}, ${start}, ${end}) filled in.
	Raw string `json:"raw,omitempty"`
	// As is on whose behalf an HTTP probe asks.
	As Caller `json:"as,omitempty"`
	// Of names the event that {event} in Path stands for: the one that the
	// scenario created last under that name.
	Of Body `json:"of,omitempty"`
	// IfMatch and IdempotencyKey are headers of an HTTP probe, not sent when empty.
	IfMatch        string `json:"ifMatch,omitempty"`
	IdempotencyKey string `json:"idempotencyKey,omitempty"`
	// Property is what a property probe checks.
	Property Property `json:"property,omitempty"`
	// On is the dependency whose requests are counted.
	On fault.Dependency `json:"on,omitempty"`
	// Timeout ends each observation of an HTTP probe, where it is not zero.
	Timeout time.Duration `json:"timeout,omitempty"`
	// Text is what a log probe looks for, case and all, and Words what it looks
	// for besides, each in any case: all of them in the same line.
	Text  string   `json:"text,omitempty"`
	Words []string `json:"words,omitempty"`
}

// Caller is on whose behalf a request is made. Health, metrics and the
// contract's own document are asked for on nobody's, as Kubernetes and the
// runbook's curl do.
type Caller string

// The callers.
const (
	// TheTenant is the tenant that scenarios are about; it may write.
	TheTenant Caller = ""
	// OtherTenant is another tenant of the same service; it may write.
	OtherTenant Caller = "neighbour"
	// AReader is of the tenant, with a role that may only read.
	AReader Caller = "reader"
	// Anonymous sends no token.
	Anonymous Caller = "nobody"
	// NoTenantClaim sends a token that names no tenant, and no tenant header.
	NoTenantClaim Caller = "tenantless"
	// MismatchedTenantHeader sends the tenant's token with the other tenant's header.
	MismatchedTenantHeader Caller = "impostor"
	// Expired sends a token of the tenant whose time is over.
	Expired Caller = "expired"
	// Forged sends a token of the tenant that nobody known has signed.
	Forged Caller = "forged"
	// Unsigned sends a token of the tenant that says it needs no signature.
	Unsigned Caller = "unsigned"
	// WrongAudience sends a token of the tenant that was made for another service.
	WrongAudience Caller = "misdirected"
	// WrongIssuer sends a token of the tenant that another issuer made out.
	WrongIssuer Caller = "stranger"
	// NewKey sends a token of the tenant that is signed with the key of after a
	// rotation, OldKey one with the key of before it, whether or not there was one.
	NewKey Caller = "new key"
	OldKey Caller = "old key"
)

// Body names a request body by what makes it different: an event's name.
type Body string

// Key identifies what is looked at, whatever is expected of it and whatever
// body is sent: expectations with equal keys see the same thing.
func (p Probe) Key() string {
	switch p.Kind {
	case ProbeHTTP:
		key := p.Method + " " + p.Path
		if p.As != TheTenant {
			key += " as " + string(p.As)
		}
		return key
	case ProbeLog:
		return strings.Join(strings.Fields("log "+p.Text+" "+strings.Join(p.Words, " ")), " ")
	case ProbeCache:
		return "keys " + p.Text
	case ProbeCommand:
		return "command " + p.Text
	case ProbeHits:
		return "hits of " + p.Path
	case ProbeCalls:
		return "calls to " + string(p.On)
	case ProbeProperty:
		return string(p.Property)
	}
	return string(p.Kind)
}

// Matches reports whether a log line has what a log probe looks for.
func (p Probe) Matches(line string) bool {
	lower := strings.ToLower(line)
	for _, word := range p.Words {
		if !strings.Contains(lower, strings.ToLower(word)) {
			return false
		}
	}
	return strings.Contains(line, p.Text)
}

// Safe reports whether looking changes nothing (RFC 9110, section 9.2.1).
func (p Probe) Safe() bool {
	if p.Kind == ProbeCommand {
		return false
	}
	return p.Kind != ProbeHTTP || p.Method == "GET" || p.Method == "HEAD"
}
