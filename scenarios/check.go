package scenarios

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Check is one thing that must be true of an observation. It is plain data: a kind
// and its arguments, so that what was asked for can be kept beside what was seen.
type Check struct {
	Kind checkKind `json:"kind"`
	// Path is the field of a document, or the header, that it is asked of.
	Path string `json:"path,omitempty"`
	// Text is looked for; Value is what a field shows: a string, float64 or bool.
	Text  string `json:"text,omitempty"`
	Value any    `json:"value,omitempty"`
	// Statuses are those of which one is asked for.
	Statuses []int `json:"statuses,omitempty"`
	// Count is of what arrives.
	Count int `json:"count,omitempty"`
	// From and To are times after the beginning; To alone is how long at most, or
	// at least.
	From time.Duration `json:"from,omitempty"`
	To   time.Duration `json:"to,omitempty"`
}

// checkKind names what a check asks for.
type checkKind string

// checkKinds are all kinds: how each reads after the probe ("answers 503"), and
// whether it holds of an observation. Both are pure.
var checkKinds = map[checkKind]struct {
	reads func(Check) string
	holds func(Check, Observation) bool
	// one names what an observation has one of, where the check asks for its
	// value: no second check of an expectation can.
	one string
}{
	answersStatus:   {Check.answersReads, Check.answersHolds, "the status"},
	"contains":      {quoting("saying %q"), Check.containsHolds, ""},
	"containsOnce":  {quoting("saying %q once"), Check.containsOnceHolds, ""},
	"lacks":         {quoting("not saying %q"), Check.lacksHolds, ""},
	"ifHeader":      {Check.ifHeaderReads, Check.ifHeaderHolds, ""},
	withHeader:      {Check.withHeaderReads, Check.withHeaderHolds, ""},
	fasterThan:      {timing("in less than %s"), Check.fasterThanHolds, "the longest time"},
	slowerThan:      {timing("after more than %s"), Check.slowerThanHolds, "the shortest time"},
	"unansweredFor": {timing("is not answered within %s"), Check.unansweredForHolds, ""},
	"showing":       {Check.showingReads, ofField(Check.showingHolds), ""},
	"notShowing":    {Check.notShowingReads, ofField(Check.notShowingHolds), ""},
	"matching":      {Check.matchingReads, ofField(Check.matchingHolds), ""},
	"dated":         {Check.datedReads, ofField(Check.datedHolds), ""},
	"mentioning":    {Check.mentioningReads, ofField(Check.mentioningHolds), ""},
	"logContains":   {quoting("contains %q"), Check.logged, ""},
	"logMentions":   {quoting("mentions %q"), Check.logged, ""},
	logLacks:        {quoting("lacks %q"), Check.notLogged, ""},
	"notLogged":     {plain("is not logged"), Check.notLogged, ""},
	"silent":        {plain("shows each tenant its own data and nothing else"), Check.silentHolds, theWatch},
	"leaks":         {plain("shows a tenant another's data"), Check.leaksHolds, theWatch},
	"hitsRise":      {plain("rise when reads repeat"), Check.hitsRiseHolds, ""},
	"succeeds":      {plain("succeeds"), Check.succeedsHolds, ""},
	"prints":        {quoting("prints %q"), Check.printsHolds, ""},
	"hasKeys":       {plain("has keys"), Check.hasKeysHolds, ""},
	"hasNoKeys":     {plain("has no keys"), Check.hasNoKeysHolds, ""},
	"holds":         {quoting("holds %q"), Check.holdsHolds, ""},
	"doesNotHold":   {quoting("does not hold %q"), Check.doesNotHoldHolds, ""},
	"endingWithin":  {timing("has keys that end within %s"), Check.endingWithinHolds, ""},
	"acknowledged":  {plain("finds each acknowledged write, once"), audited(acknowledgedArePresent), ""},
	"refusedAbsent": {plain("finds no write that was refused"), audited(refusedAreAbsent), ""},
	"nothingTwice":  {plain("finds nothing twice"), audited(nothingTwice), ""},
	"arriving":      {Check.arrivingReads, Check.arrivingHolds, ""},
	"atMost":        {Check.atMostReads, Check.atMostHolds, ""},
	"counted":       {plain("are counted"), Check.countedHolds, ""},
}

// logLacks holds while nothing is seen.
const logLacks checkKind = "logLacks"

// Known reports whether this version knows the kind of check.
func (c Check) Known() bool { _, known := checkKinds[c.Kind]; return known }

// Name reads after the probe: "answers 503".
func (c Check) Name() string { return checkKinds[c.Kind].reads(c) }

// Holds judges one observation. It is pure.
func (c Check) Holds(o Observation) bool { return checkKinds[c.Kind].holds(c, o) }

// one names what an observation has one of.
func (c Check) one() string { return checkKinds[c.Kind].one }

// ID is the check with its arguments, independent of how it reads: "answers(503)".
func (c Check) ID() string {
	var args []string
	for _, text := range []string{c.Path, c.Text} {
		if text != "" {
			args = append(args, text)
		}
	}
	if c.Value != nil {
		args = append(args, fmt.Sprintf("%#v", c.Value))
	}
	for _, status := range c.Statuses {
		args = append(args, strconv.Itoa(status))
	}
	if c.Kind == "arriving" || c.Kind == "atMost" {
		args = append(args, strconv.Itoa(c.Count), c.From.String())
	}
	if c.To != 0 {
		args = append(args, c.To.String())
	}
	return fmt.Sprintf("%s(%s)", c.Kind, strings.Join(args, ", "))
}

// plain is how a check reads that has no arguments.
func plain(text string) func(Check) string { return func(Check) string { return text } }

// quoting is how one reads that has a text.
func quoting(format string) func(Check) string {
	return func(c Check) string { return fmt.Sprintf(format, c.Text) }
}

// timing is how one reads that has a duration.
func timing(format string) func(Check) string {
	return func(c Check) string { return fmt.Sprintf(format, c.To) }
}
