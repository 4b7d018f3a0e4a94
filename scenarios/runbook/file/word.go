package file

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
)

// kind is one kind of expectation: what it is called in a file, and its value before
// anything was asked of it.
type kind struct {
	// key is the key that names it, with what is looked at as its value; "probe" with
	// name as its value where there is only one of it.
	key, name string
	of        func(what string) scenarios.Expectation
	probe     scenarios.ProbeKind
}

// probeKey is the key of kinds that need no more than their name.
const probeKey = "probe"

var kinds = []kind{
	{"GET", "GET", func(path string) scenarios.Expectation { return scenarios.GET(path) }, scenarios.ProbeHTTP},
	{"POST", "POST", func(path string) scenarios.Expectation { return scenarios.POST(path, "") }, scenarios.ProbeHTTP},
	{"PUT", "PUT", func(path string) scenarios.Expectation { return scenarios.PUT(path, "") }, scenarios.ProbeHTTP},
	{"cache", "cache", func(pattern string) scenarios.Expectation { return scenarios.Cache(pattern) }, scenarios.ProbeCache},
	{"calls", "calls", func(on string) scenarios.Expectation { return scenarios.Calls(dependencies[on]) }, scenarios.ProbeCalls},
	{"command", "command", func(text string) scenarios.Expectation { return scenarios.Command(text) }, scenarios.ProbeCommand},
	{probeKey, "log", func(string) scenarios.Expectation { return scenarios.Log() }, scenarios.ProbeLog},
	{probeKey, "isolation", func(string) scenarios.Expectation { return scenarios.Isolation() }, scenarios.ProbeIsolation},
	{probeKey, "audit", func(string) scenarios.Expectation { return scenarios.Audit() }, scenarios.ProbeAudit},
	{probeKey, "hits", func(string) scenarios.Expectation { return scenarios.Hits() }, scenarios.ProbeHits},
	{probeKey, "process", func(string) scenarios.Expectation { return scenarios.Process() }, scenarios.ProbeProcess},
}

// The names of what a file may name, as the vocabulary has them.
var (
	dependencies = map[string]fault.Dependency{
		"postgres": fault.Postgres, "redis": fault.Redis, "venue": fault.Venue, "identity": fault.Identity,
		"solana": fault.Solana, "everything": fault.Everything, "service": fault.Service,
	}
	callers = map[string]scenarios.Caller{
		"otherTenant": scenarios.OtherTenant, "aReader": scenarios.AReader, "anonymous": scenarios.Anonymous,
		"noTenantClaim": scenarios.NoTenantClaim, "mismatchedTenantHeader": scenarios.MismatchedTenantHeader,
		"expired": scenarios.Expired, "forged": scenarios.Forged, "unsigned": scenarios.Unsigned,
		"wrongAudience": scenarios.WrongAudience, "wrongIssuer": scenarios.WrongIssuer,
		"newKey": scenarios.NewKey, "oldKey": scenarios.OldKey, "theTenant": scenarios.TheTenant,
	}
	properties = []string{
		string(scenarios.Relations), string(scenarios.Secrets), string(scenarios.Budgets), string(scenarios.Resources),
		string(scenarios.Races), string(scenarios.Subjects), string(scenarios.Dependencies), string(scenarios.Settings), string(scenarios.Replicas), string(scenarios.Outage),
	}
	severities = []string{string(scenarios.P1), string(scenarios.P2), string(scenarios.P3), string(scenarios.P4)}
)

// shape is how the value of a word is written.
type shape string

const (
	yesShape      shape = "true"     // undisturbed: true
	textShape     shape = "text"     // contains: a; with a list it is said several times
	textsShape    shape = "texts"    // proves: [a, b]
	numberShape   shape = "number"   // answers: 503
	numbersShape  shape = "numbers"  // answersOneOf: [503, 504]
	durationShape shape = "duration" // by: 5s
	callerShape   shape = "caller"   // as: otherTenant
	fieldsShape   shape = "fields"   // showing: {status: UP}: each is said by itself
	namedShape    shape = "named"    // since: {milestone: opened, notBefore: 29s}
)

// word is one word that can be said of a kind of expectation.
type word struct {
	name   string
	method reflect.Method
	shape  shape
	// names are those of a named shape's arguments.
	names []string
}

// argumentNames are those of words that have several arguments.
var argumentNames = map[string][]string{
	"since": {"milestone", "notBefore"}, "none": {"from", "to"}, "one": {"from", "to"}, "atMost": {"most", "in"}, "refusedLater": {"why", "until"},
}

// optional are the arguments that are zero where they are not written.
var optional = []string{"notBefore", "from"}

// words are those of a kind: the methods of its expectations that return one.
func words(e scenarios.Expectation) map[string]word {
	typ := reflect.TypeOf(e)
	if known := wordsOf[typ]; known != nil {
		return known
	}
	all := map[string]word{}
	for i := range typ.NumMethod() {
		method := typ.Method(i)
		if method.Type.NumOut() == 1 && method.Type.Out(0) == typ {
			name := strings.ToLower(method.Name[:1]) + method.Name[1:]
			w := word{name: name, method: method, names: argumentNames[name]}
			w.shape = shapeOf(method.Type, w.names)
			all[name] = w
		}
	}
	wordsOf[typ] = all
	return all
}

// wordsOf has the words of each kind.
var wordsOf = map[reflect.Type]map[string]word{}

// shapeOf finds how arguments are written from their types; the receiver is the first.
func shapeOf(method reflect.Type, names []string) shape {
	if names != nil {
		return namedShape
	}
	if method.NumIn() == 1 {
		return yesShape
	}
	if method.NumIn() == 3 {
		return fieldsShape
	}
	switch method.In(1) {
	case reflect.TypeFor[string](), reflect.TypeFor[scenarios.Body]():
		return textShape
	case reflect.TypeFor[int]():
		return numberShape
	case reflect.TypeFor[time.Duration]():
		return durationShape
	case reflect.TypeFor[scenarios.Caller]():
		return callerShape
	case reflect.TypeFor[[]string]():
		return textsShape
	case reflect.TypeFor[[]int]():
		return numbersShape
	}
	panic("no way to write the argument of " + method.String())
}

// say says a word of an expectation.
func (w word) say(e scenarios.Expectation, arguments ...any) scenarios.Expectation {
	in := []reflect.Value{reflect.ValueOf(e)}
	for i, a := range arguments {
		in = append(in, reflect.ValueOf(a).Convert(w.method.Type.In(i+1)))
	}
	call := w.method.Func.Call
	if w.method.Type.IsVariadic() {
		call = w.method.Func.CallSlice
	}
	return call(in)[0].Interface().(scenarios.Expectation)
}

// namesOf are the keys of a map in order.
func namesOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
