package reports

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/reports/timeline"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// A detail is how much the page shows of a scenario.
type detail int

const (
	// everything that is known.
	everything detail = iota
	// outline leaves out what was seen where it was as expected, and what commands printed.
	outline
	// nameOnly leaves out all but the verdict.
	nameOnly
)

// outlineDots bounds the requests that an outline draws.
const outlineDots = 100

// The page's view of a scenario: every text is ready to be shown, escaping is left to
// html/template.
type (
	scenarioView struct {
		Anchor, ID, Title, Section, Severity string
		Verdict                              mark
		Detect, Recover, Claims, Took        string
		Faults                               []string
		Reason, Discarded, Reproduce         string
		Unmet                                []expectationView
		Groups                               []groupView
		Held, All                            int
		Timeline                             template.HTML
		Legend                               legendView
		Signals                              []signalView
		Shares                               []shareView
		Overlapping                          int
		Impact                               string
		Log                                  []logView
		LogOmitted                           int
		Witness                              []witnessView
		Commands                             []commandView
		Remedies                             []commandView
		Broken                               []string
		Advice                               []expectationView
		Outline, NameOnly                    bool
	}
	// mark is a verdict or a result: a word, and the picture and colour that repeat it.
	mark      struct{ Word, Icon, Class string }
	groupView struct {
		Title string
		List  []expectationView
	}
	expectationView struct {
		Mark                      mark
		When, Text, Basis, Claims string
		Attempts                  int
		Reason, Seen, Body        string
	}
	legendView struct {
		First, Second bool
		Omitted       int
	}
	shareView struct {
		Side                              string
		Sent                              int
		Failed, Class, P50, P95, P99, Max string
	}
	signalView struct{ Name, Detect, Recover string }
	logView    struct {
		At, Text string
		Count    int
		Severe   bool
	}
	witnessView struct {
		When, Said string
		Mark       mark
	}
	commandView struct{ When, Command, Text string }
)

var (
	markGood = mark{Icon: "yes", Class: "good"}
	markBad  = mark{Icon: "no", Class: "bad"}
	markOpen = mark{Icon: "open", Class: "open"}
	markWarn = mark{Icon: "warn", Class: "warn"}
)

func (m mark) saying(word string) mark { m.Word = word; return m }

func verdictMark(v judge.Verdict) mark {
	switch v {
	case judge.Passed:
		return markGood.saying(verdict(v))
	case judge.Failed:
		return markBad.saying(verdict(v))
	}
	return markOpen.saying(verdict(v))
}

func viewScenario(run Run, res judge.Result, anchor string, much detail) scenarioView {
	v := scenarioView{
		Anchor: anchor, ID: line(res.Scenario), Title: sentence(res.Title), Section: line(res.Section), Severity: line(string(res.Severity)),
		Verdict: verdictMark(res.Verdict), Detect: shortly(res.Detect), Recover: shortly(res.Recover), Claims: claims(res), Took: timeline.Short(res.Took),
		Discarded: discarded(res), Reproduce: command(res, run.Result.Provenance.Stack.Kind), NameOnly: much == nameOnly, Outline: much == outline,
	}
	unmet := unmet(res)
	if res.Verdict != judge.Passed && !decidedAmong(unmet, res) {
		v.Reason = sentence(reason(res))
	}
	if much == nameOnly {
		return v
	}
	for _, f := range res.Faults {
		v.Faults = append(v.Faults, line(f))
	}
	for _, o := range unmet {
		v.Unmet = append(v.Unmet, viewExpectation(res, o))
	}
	v.groups(res)
	v.requests(run, res)
	for _, o := range res.Outcomes {
		if o.Basis == scenarios.Inferred && !o.Held && o.Observations > 0 {
			v.Advice = append(v.Advice, viewExpectation(res, o))
		}
	}
	for _, c := range res.Claims {
		if c.State == judge.ClaimBroken {
			v.Broken = append(v.Broken, line(c.Claim))
		}
	}
	if much == everything {
		v.evidence(res)
	}
	return v
}

// groups sorts the expectations by when they were to hold, in the order of time.
func (v *scenarioView) groups(res judge.Result) {
	v.All = len(res.Outcomes)
	for _, o := range res.Outcomes {
		if o.Held {
			v.Held++
		}
		title := when(res, o.Phase, o.Stage)
		i := slices.IndexFunc(v.Groups, func(g groupView) bool { return g.Title == title })
		if i < 0 {
			i = len(v.Groups)
			v.Groups = append(v.Groups, groupView{Title: title})
		}
		e := viewExpectation(res, o)
		if v.Outline && o.Held {
			e.Seen, e.Body = "", ""
		}
		v.Groups[i].List = append(v.Groups[i].List, e)
	}
}

// when says in words at what time something was to be seen.
func when(res judge.Result, p scenarios.Phase, stage int) string {
	fault := "the fault is in force"
	if stage >= 0 && stage < len(res.Faults) {
		fault = line(res.Faults[stage])
	}
	if res.Mode == scenarios.Control {
		fault = "there is no fault"
	}
	switch p {
	case scenarios.PhaseProve:
		return "The stack without the service"
	case scenarios.PhaseStart, scenarios.PhaseSteady:
		return "In the steady state"
	case scenarios.PhaseBefore:
		return "Right before the fault"
	case scenarios.PhaseDuring:
		return "While " + fault
	case scenarios.PhaseHeal:
		return "Before " + fault + " is lifted"
	case scenarios.PhaseAfter:
		return "After the fault was lifted"
	case scenarios.PhaseRemedy, scenarios.PhaseRemedied:
		return "After the remedy"
	case scenarios.PhaseAudit:
		return "All writes, reconciled with the database"
	case scenarios.PhaseAlways:
		return "Throughout"
	case scenarios.PhaseProperty:
		return "Whatever befell the service"
	}
	return sentence(string(p))
}

func viewExpectation(res judge.Result, o judge.Outcome) expectationView {
	v := expectationView{
		Mark: markBad.saying("did not hold"), When: when(res, o.Phase, o.Stage), Text: line(o.Expectation), Basis: line(string(o.Basis)),
		Claims: line(strings.Join(o.Claims, ", ")), Attempts: o.Observations, Reason: unmetPart(o.Reason),
	}
	v.Seen, v.Body = seen(o.Last)
	switch {
	case o.Held && o.After > 0:
		v.Mark = markGood.saying("held after " + timeline.Short(o.After))
	case o.Held:
		v.Mark = markGood.saying("held")
	case o.Contained:
		v.Mark = markOpen.saying("not needed: contained by other means")
	case o.Observations == 0:
		v.Mark, v.Seen = markOpen.saying("never observed"), ""
	case o.Basis == scenarios.Inferred:
		v.Mark = markOpen.saying("advice")
	}
	return v
}

// unmetPart is a reason in words: which part of an expectation was not met.
func unmetPart(reason string) string {
	if part, ok := strings.CutPrefix(reason, "not: "); ok {
		return "not met: " + said(part)
	}
	return said(reason)
}

// seen says in words what an observation saw, and what it printed.
func seen(o scenarios.Observation) (words, body string) {
	took := timeline.Short(o.Took)
	switch {
	case o.Err != "" && o.Class != scenarios.ClassNone && o.Class != scenarios.ClassOther:
		return fmt.Sprintf("no answer after %s (%s)", took, line(string(o.Class))), excerpt(o.Err)
	case o.Err != "":
		return "no answer after " + took, excerpt(o.Err)
	case o.Status != 0:
		return fmt.Sprintf("answered %d after %s", o.Status, took), excerpt(o.Body)
	case len(o.Lines) > 0:
		return "logged", excerpt(o.Lines[0])
	}
	if text := o.String(); text != (scenarios.Observation{}).String() {
		return said(text), ""
	}
	return "", ""
}

// excerpt is a body or a line of bearable length.
func excerpt(s string) string { return clip(line(s[:min(len(s), maxExcerpt)]), maxShownBody) }

const (
	// maxShownBody bounds what is shown of a body, in letters, and maxExcerpt what is
	// looked at for that, in bytes: it may be a megabyte.
	maxShownBody = 300
	maxExcerpt   = 800
)

// requests shows what became of the load.
func (v *scenarioView) requests(run Run, res judge.Result) {
	if t := run.timeline(res); t != nil && len(t.Lanes)+len(t.Faults) > 0 {
		dots := timeline.MaxDots
		if v.Outline {
			dots = outlineDots
		}
		drawn := t.Thin(dots)
		v.Legend.Omitted = drawn.Omitted
		v.Legend.First, v.Legend.Second = len(t.Tenants) > 0, len(t.Tenants) > 1
		var signals []timeline.Signal
		for _, name := range slices.Sorted(maps.Keys(res.Signals)) {
			s := res.Signals[name]
			signals = append(signals, timeline.Signal{Name: sentence(string(name)), Detect: s.Detect, Recover: s.Recover})
		}
		v.Timeline = template.HTML(drawn.SVG(timeline.Options{Title: timelineTitle(res, *t), Signals: signals})) //nolint:gosec // the drawing escapes its texts
		v.log(*t)
	}
	for _, name := range slices.Sorted(maps.Keys(res.Signals)) {
		t := res.Signals[name]
		v.Signals = append(v.Signals, signalView{sentence(string(name)), shortly(t.Detect), shortly(t.Recover)})
	}
	i := res.Impact
	if i == nil {
		return
	}
	v.Impact, v.Overlapping = felt(*i), i.Overlapping
	for _, s := range []struct {
		side  string
		share judge.Share
	}{{"before the fault", i.Before}, {"under the fault", i.During}, {"until recovered", i.Recovering}, {"after that", i.After}} {
		row := shareView{Side: s.side, Sent: s.share.Sent, Failed: nothing, P50: nothing, P95: nothing, P99: nothing, Max: nothing}
		if s.share.Sent > 0 {
			row.Failed, row.P50, row.P95 = "none", timeline.Short(s.share.P50), timeline.Short(s.share.P95)
			row.P99, row.Max = timeline.Short(s.share.P99), timeline.Short(s.share.Max)
		}
		if s.share.Failed > 0 {
			row.Failed, row.Class = fmt.Sprintf("%d (%s)", s.share.Failed, percent(s.share)), "bad"
		}
		v.Shares = append(v.Shares, row)
	}
}

// timelineTitle says in words what a timeline shows.
func timelineTitle(res judge.Result, t timeline.Timeline) string {
	sent, failed := 0, 0
	for _, lane := range t.Lanes {
		sent, failed = sent+lane.Sent, failed+lane.Failed
	}
	text := fmt.Sprintf("Timeline of %s: %d requests on %d routes, %d failed", line(res.Scenario), sent, len(t.Lanes), failed)
	if from, ok := t.Injected(); ok {
		to, _ := t.Lifted()
		text += fmt.Sprintf("; the fault was in force for %s", timeline.Short(to-from))
	}
	if res.Detect != nil {
		text += ", detected after " + timeline.Short(*res.Detect)
	}
	if res.Recover != nil {
		text += ", recovered from after " + timeline.Short(*res.Recover)
	}
	return text
}

func (v *scenarioView) log(t timeline.Timeline) {
	zero, _ := t.Injected()
	for _, l := range t.Log.Lines {
		v.Log = append(v.Log, logView{At: timeline.Signed(l.At.Sub(t.Began.Add(zero))), Text: clip(line(l.Text), maxShownBody), Count: l.Count, Severe: l.Severe})
	}
	v.LogOmitted = t.Log.Omitted
}

// evidence is what the witness said and what commands printed.
func (v *scenarioView) evidence(res judge.Result) {
	for _, c := range res.WitnessReports {
		w := witnessView{When: when(res, c.Phase, c.Stage), Said: line(c.Report.String()), Mark: markGood.saying("as expected")}
		if c.Report.Presence != c.Want {
			w.Mark = markBad.saying("not as expected")
		}
		v.Witness = append(v.Witness, w)
	}
	for _, a := range res.Answers {
		v.Commands = append(v.Commands, commandView{When: when(res, a.Phase, 0), Command: clean(a.Step.Command), Text: printed(a.Text())})
	}
	for _, d := range res.Remedies {
		v.Remedies = append(v.Remedies, commandView{When: "done in " + timeline.Short(d.Took), Command: clean(d.Remedy), Text: printed(d.Text())})
	}
}

// printed is what a command printed, of bearable length.
func printed(s string) string { return clip(clean(s), maxPrinted) }

// maxPrinted bounds the output of a command, in letters.
const maxPrinted = 1500

func percent(s judge.Share) string {
	switch p := s.FailedPercent(); {
	case p > 0 && p < 1:
		return "<1 %"
	case p > 99 && p < 100:
		return ">99 %"
	default:
		return fmt.Sprintf("%.0f %%", p)
	}
}

func shortly(d *time.Duration) string {
	if d == nil {
		return nothing
	}
	return timeline.Short(*d)
}

// sentence is a text in one line that begins with a capital letter.
func sentence(s string) string {
	s = said(s)
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
