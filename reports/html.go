package reports

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/runproof/runproof/reports/timeline"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// ContentPolicy is the strictest policy under which the pages open: no script, nothing
// loaded. Each page states it itself.
const ContentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

// maxPage bounds report.html, in bytes. Where all that is known of the scenarios is
// more, those that passed are outlined first.
const maxPage = 4_500_000

//go:embed style.css
var styleText string

//go:embed page.html.tmpl
var commonText string

//go:embed report.html.tmpl
var reportText string

var reportPage = template.Must(template.Must(template.New("common").Parse(commonText)).New("report.html").Parse(reportText))

// A page's head, and what both pages begin with.
type (
	head struct {
		Policy, Title string
		Style         template.CSS
	}
	reportView struct {
		Head              head
		Outcome           mark
		Exit              int
		Sentence          string
		Warning           string
		Glance            []fact
		Actions           []action
		More              int
		Failed, Undecided []template.HTML
		Statements        []statementView
		Sections          []sectionView
		LedgerLine        string
		Groups            []scenarioGroup
		Remedies          []remedyView
		Unstable          []string
		Truncated         []string
		Accepted          []string
		DeviationsHeading string
		Deviations        []string
		Ledger            []ledgerView
		Facts             []fact
	}
	scenarioGroup struct {
		Section string
		List    []template.HTML
	}
	remedyView struct{ Remedy, Claim, Scenario, Effect, Why string }
)

func newHead(title string) head {
	return head{Policy: ContentPolicy, Title: title, Style: template.CSS(styleText + timeline.Style)} //nolint:gosec // both are constants
}

// HTML renders a run as report.html: one file that loads nothing and runs nothing, in
// light and dark, on paper, and readable without any colour.
func HTML(run Run) ([]byte, error) {
	r := run.Result
	v := reportView{
		Head: newHead("runproof: " + outcome(r)), Outcome: outcomeMark(exit(r)).saying(outcome(r)), Exit: exit(r), Sentence: inSentence(r),
		Warning: r.Overloaded(), Glance: glance(r), Facts: provenance(r), Unstable: lines(r.Unstable), Truncated: lines(r.Truncated), Accepted: acceptedLines(r),
		DeviationsHeading: DeviationsHeading, Deviations: HealthyDeviations(r),
	}
	anchors := anchorsOf(r.Results)
	v.Actions, v.More = actions(r, anchors)
	v.Statements = statements(r, anchors)
	if len(r.Ledger) > 0 {
		v.LedgerLine = sentence(tested(r.Ledger))
		v.Sections = sections(r.Ledger)
		v.Ledger = ledgerRows(r, anchors)
	}
	for _, t := range r.Remedies {
		v.Remedies = append(v.Remedies, remedyView{line(t.Remedy), line(t.Claim), line(t.Scenario), t.Effect(), said(t.Why)})
	}
	var rest bytes.Buffer
	if err := reportPage.Execute(&rest, v); err != nil {
		return nil, fmt.Errorf("report.html: %w", err)
	}
	fragments, err := scenarioFragments(run, anchors, maxPage-rest.Len())
	if err != nil {
		return nil, fmt.Errorf("report.html: %w", err)
	}
	for i, res := range r.Results {
		switch res.Verdict {
		case judge.Failed:
			v.Failed = append(v.Failed, fragments[i])
		case judge.Passed, judge.Unsupported:
			section := line(res.Section)
			at := slices.IndexFunc(v.Groups, func(g scenarioGroup) bool { return g.Section == section })
			if at < 0 {
				at = len(v.Groups)
				v.Groups = append(v.Groups, scenarioGroup{Section: section})
			}
			v.Groups[at].List = append(v.Groups[at].List, fragments[i])
		default:
			v.Undecided = append(v.Undecided, fragments[i])
		}
	}
	var b bytes.Buffer
	if err := reportPage.Execute(&b, v); err != nil {
		return nil, fmt.Errorf("report.html: %w", err)
	}
	return b.Bytes(), nil
}

// scenarioFragments renders each result for itself, in as much detail as there is room
// for: what passed gets the same room each, of what the rest leaves. Where that is too
// little, the evidence is left out, then all but the verdict.
func scenarioFragments(run Run, anchors []string, room int) ([]template.HTML, error) {
	fragments := make([]template.HTML, len(run.Result.Results))
	for _, name := range []string{"scenario", "folded"} {
		var list []int
		for i, res := range run.Result.Results {
			if folds := res.Verdict == judge.Passed || res.Verdict == judge.Unsupported; folds == (name == "folded") {
				list = append(list, i)
			}
		}
		var last [nameOnly + 1]int // how long the last one was in each detail
		for n, i := range list {
			share := room / (len(list) - n)
			if name == "scenario" {
				share = room / 2 // what did not pass is why the page is read
			}
			for much := everything; fragments[i] == ""; much++ {
				if last[much] > share && much < nameOnly {
					continue // this one will hardly be shorter
				}
				text, err := scenarioFragment(name, viewScenario(run, run.Result.Results[i], anchors[i], much))
				if err != nil {
					return nil, err
				}
				if last[much] = len(text); len(text) <= share || much == nameOnly {
					fragments[i] = text
				}
			}
			room -= len(fragments[i])
		}
	}
	return fragments, nil
}

func scenarioFragment(name string, v scenarioView) (template.HTML, error) {
	var b strings.Builder
	err := reportPage.ExecuteTemplate(&b, name, v)
	return template.HTML(b.String()), err //nolint:gosec // html/template has made it
}

// anchorsOf are the places of the results in report.html, whatever the scenarios are
// called: small letters, digits and hyphens, each once.
func anchorsOf(results []judge.Result) []string {
	taken := map[string]int{}
	anchors := make([]string, 0, len(results))
	for _, res := range results {
		name := "scenario-" + strings.Trim(strings.Map(func(r rune) rune {
			switch {
			case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
				return r
			case r >= 'A' && r <= 'Z':
				return r + 'a' - 'A'
			}
			return '-'
		}, clip(line(res.Scenario), maxAnchor)), "-")
		taken[name]++
		if n := taken[name]; n > 1 {
			name = fmt.Sprintf("%s--%d", name, n)
		}
		anchors = append(anchors, name)
	}
	return anchors
}

// maxAnchor bounds an anchor, in letters.
const maxAnchor = 80

// glance is what was tested, in the fewest words.
func glance(r ledger.RunResult) []fact {
	p := r.Provenance
	digest := clip(strings.TrimPrefix(line(p.Target.Digest), "sha256:"), shortDigest)
	stack := []string{line(p.Stack.Kind)}
	for _, s := range p.Stack.Services {
		stack = append(stack, line(s.Name+" "+s.Version))
	}
	began := ""
	if !r.Began.IsZero() {
		began = r.Began.UTC().Format("2006-01-02 15:04 UTC")
	}
	facts := []fact{
		{"Target", strings.Join(strings.Fields(line(p.Target.ID)+" "+line(p.Target.Version)), " ")},
		{"Build", digest},
		{"Runbook", line(p.Runbook.Name)},
		{"Stack", strings.Join(stack, ", ")},
		{"When", began},
		{"Took", timeline.Short(r.Took)},
	}
	return slices.DeleteFunc(facts, func(f fact) bool { return f.Value == "" })
}

// shortDigest is how much of a digest tells two builds apart, in letters.
const shortDigest = 12

func outcomeMark(code int) mark {
	switch code {
	case judge.ExitPassed:
		return markGood
	case judge.ExitFailed:
		return markBad
	}
	return markOpen
}

func lines(list []string) []string {
	var clean []string
	for _, s := range list {
		clean = append(clean, said(s))
	}
	return clean
}
