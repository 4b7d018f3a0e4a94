package reports

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/reports/history"
	"github.com/runproof/runproof/scenarios/judge"
)

// The files of a history.
const (
	HistoryHTMLFile = "history.html"
	HistoryJSONFile = "history.json"
)

//go:embed history.html.tmpl
var historyText string

var historyPage = template.Must(template.Must(template.New("common").Parse(commonText)).New(HistoryHTMLFile).Parse(historyText))

type (
	historyView struct {
		Head      head
		Headline  string
		Steps     []stepView
		Scenarios []trendedView
		Latencies []sparkView
		Runs      []runView
	}
	stepView    struct{ What, Movement, Class, Was, Is, Since, Target string }
	trendedView struct {
		ID, Flake string
		Verdicts  []letterView
		Sparks    []sparkView
	}
	letterView struct{ Letter, Class, Title string }
	sparkView  struct {
		Name, Points, Title, Latest string
		Width, Height               int
	}
	runView struct{ ID, Began, Target, Exit, Verdicts string }
)

// History renders a history in each format.
func History(h history.History) ([]File, error) {
	v := historyView{Head: newHead("runproof history"), Headline: historyHeadline(h)}
	for _, s := range steps(h) {
		class := "good"
		if s.Movement == compare.Slower {
			class = "bad"
		}
		v.Steps = append(v.Steps, stepView{line(s.what), string(s.Movement), class, compare.Rounded(s.Was), compare.Rounded(s.Is), line(s.Run), line(s.Target)})
	}
	for _, s := range h.Scenarios {
		t := trendedView{ID: line(s.ID), Flake: fmt.Sprintf("%.0f %% (%d of %d)", s.FlakeRate(), s.Flaky, s.Played)}
		for i, verdict := range s.Verdicts {
			t.Verdicts = append(t.Verdicts, letterOf(verdict, h.Runs[i].ID))
		}
		for _, trend := range s.Trends {
			t.Sparks = append(t.Sparks, spark("time "+trend.Name, trend.Points))
		}
		v.Scenarios = append(v.Scenarios, t)
	}
	for _, t := range h.Latencies {
		v.Latencies = append(v.Latencies, spark(t.Name, t.Points))
	}
	for _, r := range h.Runs {
		v.Runs = append(v.Runs, runView{line(r.ID), stamp(r.Began), line(r.Target), fmt.Sprint(r.Exit), fmt.Sprintf("%d passed, %d failed, %d undecided", r.Passed, r.Failed, r.Undecided)})
	}
	var page bytes.Buffer
	if err := historyPage.Execute(&page, v); err != nil {
		return nil, fmt.Errorf("%s: %w", HistoryHTMLFile, err)
	}
	text, err := indented(h)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", HistoryJSONFile, err)
	}
	return []File{{HistoryHTMLFile, page.Bytes()}, {HistoryJSONFile, text}}, nil
}

// HistoryText is a history for a terminal: what changed, and what is flaky.
func HistoryText(h history.History) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", historyHeadline(h))
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	if list := steps(h); len(list) > 0 {
		fmt.Fprintln(w, "\nWHAT\tMOVEMENT\tWAS\tIS\tSINCE\tBUILD")
		for _, s := range list {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", line(s.what), s.Movement, compare.Rounded(s.Was), compare.Rounded(s.Is), line(s.Run), clip(line(s.Target), 40))
		}
	}
	fmt.Fprintln(w, "\nSCENARIO\tVERDICTS\tFLAKY")
	for _, s := range h.Scenarios {
		letters := ""
		for i, verdict := range s.Verdicts {
			letters += letterOf(verdict, h.Runs[i].ID).Letter
		}
		fmt.Fprintf(w, "%s\t%s\t%.0f %%\n", line(s.ID), letters, s.FlakeRate())
	}
	w.Flush() //nolint:errcheck // a strings.Builder takes everything
	b.WriteString("P Passed, F Failed, B Broken, I Inconclusive, U Unsupported, . not played\n")
	return b.String()
}

// step is a step of a trend, and what it is of.
type step struct {
	history.Step
	what string
}

func steps(h history.History) (list []step) {
	for _, t := range h.Latencies {
		if t.Step != nil {
			list = append(list, step{*t.Step, t.Name + " before any fault, p50"})
		}
	}
	for _, s := range h.Scenarios {
		for _, t := range s.Trends {
			if t.Step != nil {
				list = append(list, step{*t.Step, s.ID + ": time " + t.Name})
			}
		}
	}
	return list
}

func historyHeadline(h history.History) string {
	slower, flaky := 0, 0
	for _, s := range steps(h) {
		if s.Movement == compare.Slower {
			slower++
		}
	}
	for _, s := range h.Scenarios {
		if s.Flaky > 0 {
			flaky++
		}
	}
	if len(h.Runs) == 0 {
		return "no run"
	}
	last := h.Runs[len(h.Runs)-1]
	return fmt.Sprintf("%d runs: the last, %s, has %d passed, %d failed, %d undecided; %d times slower since a build; %d scenarios were flaky",
		len(h.Runs), line(last.ID), last.Passed, last.Failed, last.Undecided, slower, flaky)
}

func letterOf(v judge.Verdict, run string) letterView {
	if v == "" {
		return letterView{".", "soft", line(run) + ": not played"}
	}
	return letterView{line(string(v))[:1], map[judge.Verdict]string{judge.Passed: "good", judge.Failed: "bad"}[v], line(run) + ": " + verdict(v)}
}

const (
	sparkStep   = 14
	sparkHeight = 30
	sparkEdge   = 3
)

// spark draws a trend; a run without a point is bridged.
func spark(name string, points []*time.Duration) sparkView {
	v := sparkView{Name: line(name), Width: 2*sparkEdge + sparkStep*max(len(points)-1, 1), Height: sparkHeight, Latest: nothing}
	var most time.Duration
	for _, p := range points {
		if p != nil {
			most = max(most, *p)
		}
	}
	var drawn, said []string
	for i, p := range points {
		if p == nil {
			continue
		}
		y := sparkHeight - sparkEdge
		if most > 0 {
			y -= int(float64(sparkHeight-2*sparkEdge) * float64(*p) / float64(most))
		}
		drawn = append(drawn, fmt.Sprintf("%d,%d", sparkEdge+i*sparkStep, y))
		said = append(said, compare.Rounded(*p))
		v.Latest = compare.Rounded(*p)
	}
	if len(drawn) == 1 { // a line needs two ends
		drawn = append(drawn, drawn[0])
	}
	v.Points, v.Title = strings.Join(drawn, " "), v.Name+": "+strings.Join(said, ", ")
	return v
}
