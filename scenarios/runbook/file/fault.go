package file

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/fault"
)

// faultWord is a fault as a file names it: by its constructor, with the constructor's
// arguments. One that takes none is written by its name alone, one of a dependency alone
// as "refuse: postgres".
type faultWord struct {
	name string
	// like is the fault without what its arguments say.
	like fault.Fault
	// arguments say which field of the fault each argument is.
	arguments []argument
}

// argument is an argument of a fault.
type argument struct {
	name string
	of   argumentOf
}

// argumentOf is the field of a fault that an argument stands for.
type argumentOf int

const (
	onDependency argumentOf = iota
	delay
	jitter // may be left out
	amount
	detail
	variables // a list, as a text of words
)

var (
	on    = argument{"on", onDependency}
	vary  = argument{"giveOrTake", jitter}
	keys  = argument{"keys", detail}
	event = argument{"underWay", detail}
)

var faultWords = []faultWord{
	{"addPolicy", fault.AddPolicy(), nil},
	{"answerLate", fault.Fault{Kind: fault.FaultAnswersLate}, []argument{on, {"by", delay}}},
	{"blackHole", fault.BlackHole(""), []argument{on}},
	{"bypassRLS", fault.BypassRLS(), nil},
	{"changeCacheType", fault.ChangeCacheType(""), []argument{keys}},
	{"closeAfterBytes", fault.CloseAfterBytes("", 0), []argument{on, {"afterBytes", amount}}},
	{"corruptCache", fault.CorruptCache(""), []argument{keys}},
	{"crash", fault.Crash("", 0), []argument{event, {"perRoundTrip", delay}}},
	{"crashServer", fault.CrashServer(""), []argument{on}},
	{"crossTenantCache", fault.CrossTenantCache(""), []argument{keys}},
	{"delayClose", fault.DelayClose("", 0), []argument{on, {"by", delay}}},
	{"disableRLS", fault.DisableRLS(), nil},
	{"dropCommitAck", fault.DropCommitAck(), nil},
	{"dropPolicies", fault.DropPolicies(), nil},
	{"evictCache", fault.EvictCache(), nil},
	{"fail", fault.Fail("", 0), []argument{on, {"status", amount}}},
	{"fillDisk", fault.FillDisk(), nil},
	{"fillMemory", fault.FillMemory(), nil},
	{"fillRedis", fault.FillRedis(), nil},
	{"fillServer", fault.FillServer(), nil},
	{"flap", fault.Flap("", 0), []argument{on, {"status", amount}}},
	{"freeze", fault.Freeze(""), []argument{on}},
	{"freezeService", fault.FreezeService(), nil},
	{"hang", fault.Hang(""), []argument{on}},
	{"killBackends", fault.KillBackends(), nil},
	{"limitBandwidth", fault.LimitBandwidth("", 0), []argument{on, {"bytesPerSecond", amount}}},
	{"lockTable", fault.LockTable(), nil},
	{"makeRedisReplica", fault.MakeRedisReplica(), nil},
	{"notJSON", fault.NotJSON(""), []argument{on}},
	{"overload", fault.Overload("", 0), []argument{on, {"retryAfter", delay}}},
	{"ownTable", fault.OwnTable(), nil},
	{"readOnlyDatabase", fault.ReadOnlyDatabase(), nil},
	{"refuse", fault.Refuse(""), []argument{on}},
	{"refuseLogin", fault.RefuseLogin(""), []argument{{"sqlState", detail}}},
	{"replace", fault.Replace(), nil},
	{"reset", fault.Reset(""), []argument{on}},
	{"revokeWrites", fault.RevokeWrites(), nil},
	{"rotateKeys", fault.RotateKeys(), nil},
	{"runLongQuery", fault.RunLongQuery(), nil},
	{"sliceResponses", fault.SliceResponses("", 0, 0), []argument{on, {"bytes", amount}, {"pause", delay}}},
	{"slow", fault.Slow("", 0), []argument{on, {"perRoundTrip", delay}, vary}},
	{"slowReads", fault.SlowReads("", 0), []argument{on, {"perRead", delay}, vary}},
	{"staleCache", fault.StaleCache(""), []argument{keys}},
	{"startWith", fault.Fault{Kind: fault.FaultVariableSet, On: fault.Service}, []argument{{"setting", detail}}},
	{"startWithout", fault.StartWithout(), []argument{{"variables", variables}}},
	{"stop", fault.Stop(""), []argument{on}},
	{"terminate", fault.Terminate(""), []argument{event}},
	{"truncateResponse", fault.TruncateResponse(""), []argument{on}},
	{"venueNotFound", fault.VenueNotFound(), nil},
	{"venueOwnedByOther", fault.VenueOwnedByOther(), nil},
	{"wrongContent", fault.WrongContent(""), []argument{on}},
}

// single is the one argument of a word that can be written without its name.
func (w faultWord) single() *argument {
	if len(w.arguments) == 1 {
		return &w.arguments[0]
	}
	return nil
}

// form shows how a word is written.
func (w faultWord) form() string {
	if len(w.arguments) == 0 {
		return w.name
	}
	example := map[argumentOf]string{onDependency: "postgres", delay: "2s", jitter: "500ms", amount: "1000", detail: "...", variables: "[A, B]"}
	if a := w.single(); a != nil {
		return fmt.Sprintf("%s: %s", w.name, example[a.of])
	}
	var list []string
	for _, a := range w.arguments {
		if a.of != jitter {
			list = append(list, a.name+": "+example[a.of])
		}
	}
	return fmt.Sprintf("%s: {%s}", w.name, strings.Join(list, ", "))
}

// fault reads one; its zero value: it could not be read.
func (r *reader) fault(n *yaml.Node) (f fault.Fault) {
	name, value := n, (*yaml.Node)(nil)
	if n.Kind == yaml.MappingNode && len(n.Content) == 2 {
		name, value = n.Content[0], n.Content[1]
	} else if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" {
		r.wrong(n, "a fault is %s; it must be one, such as \"refuse: postgres\"", kindOf(n))
		return f
	}
	at := slices.IndexFunc(faultWords, func(w faultWord) bool { return w.name == name.Value })
	if at < 0 {
		var known []string
		for _, w := range faultWords {
			known = append(known, w.name)
		}
		r.unknown(name, "fault", name.Value, known)
		return f
	}
	w, before := faultWords[at], len(r.problems)
	f = w.like
	switch single := w.single(); {
	case value == nil && len(w.arguments) > 0:
		r.wrong(name, "%s says too little; write %s", w.name, w.form())
	case value == nil:
	case len(w.arguments) == 0:
		r.wrong(value, "%s takes no value; write %s", w.name, w.form())
	case single != nil:
		r.argumentOf(&f, *single, value, w.name)
	default:
		r.arguments(&f, w, value)
	}
	if len(r.problems) > before {
		return fault.Fault{}
	}
	if err := f.Validate(); err != nil {
		r.wrong(name, "%s; write %s", err, w.form())
		return fault.Fault{}
	}
	return f
}

// arguments reads those that have names.
func (r *reader) arguments(f *fault.Fault, w faultWord, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "%s says too little; write %s", w.name, w.form())
		return
	}
	var names []string
	for _, a := range w.arguments {
		names = append(names, a.name)
	}
	written := r.entries(n, w.name, names)
	for _, a := range w.arguments {
		at := slices.IndexFunc(written, func(e entry) bool { return e.key == a.name })
		if at >= 0 {
			r.argumentOf(f, a, written[at].value, w.name+" "+a.name)
		} else if a.of != jitter {
			r.wrong(n, "%s lacks %s; write %s", w.name, a.name, w.form())
		}
	}
}

// argumentOf reads one argument into its field.
func (r *reader) argumentOf(f *fault.Fault, a argument, n *yaml.Node, what string) {
	switch a.of {
	case onDependency:
		if name, ok := r.text(n, what); ok {
			if f.On = dependencies[name]; f.On == "" {
				r.unknown(n, "dependency", name, namesOf(dependencies))
			}
		}
	case delay:
		f.Delay, _ = r.duration(n, what)
	case jitter:
		f.Jitter, _ = r.duration(n, what)
	case amount:
		number, _ := r.number(n, what)
		f.Amount = int64(number)
	case detail:
		f.Detail, _ = r.text(n, what)
	case variables:
		list := r.texts(n, what)
		for _, name := range list {
			if name == "" || strings.ContainsAny(name, " \t\n") {
				r.wrong(n, "%s: %q is no name of a variable", what, name)
			}
		}
		f.Detail = strings.Join(list, " ")
	}
}

// writes reports whether a fault is written by the word: it has nothing that the word
// does not say.
func (w faultWord) writes(f fault.Fault) bool {
	rest := f
	for _, a := range w.arguments {
		switch a.of {
		case onDependency:
			rest.On = w.like.On
		case delay:
			rest.Delay = w.like.Delay
		case jitter:
			rest.Jitter = w.like.Jitter
		case amount:
			rest.Amount = w.like.Amount
		case detail, variables:
			rest.Detail = w.like.Detail
		}
	}
	return rest == w.like
}

// node is an argument's value.
func (a argument) node(f fault.Fault) *yaml.Node {
	switch a.of {
	case onDependency:
		return textNode(nameOf(dependencies, f.On))
	case delay:
		return durationNode(f.Delay)
	case jitter:
		return durationNode(f.Jitter)
	case amount:
		return numberNode(f.Amount)
	case variables:
		return oneOrMore(strings.Fields(f.Detail))
	}
	return textNode(f.Detail)
}
