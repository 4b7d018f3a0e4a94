package kills_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/symptoms"
)

const (
	// summaryFile is what of the matrix is kept with the code.
	summaryFile = "KILLS.md"
	// shown is how many scenarios a cell names; of the rest it gives the number.
	shown = 3

	defectsHead   = "| defect | family | breaks | caught by | caught at times | fails on another claim | tried with |\n|---|---|---|---|---|---|---|\n"
	scenariosHead = "| scenario | fails |\n|---|---|\n"
)

// summary is who catches what: for people, for the trial of one defect of each
// family, and for the choice of the scenarios that must notice a broken rule.
type summary struct {
	lines []line
	// fails names, by scenario, a defect that it was seen to fail.
	fails map[string]string
}

// line is a defect's. Its cells are as brief as in the file; the scenario with
// the shortest waits comes first.
type line struct {
	defect, family, breaks         string
	caughtBy, atTimes, onOtherOnes string
	tried                          int // with so many scenarios
}

// onFile is read while Ginkgo builds its tree.
var onFile, onFileErr = readSummary()

func readSummary() (summary, error) {
	text, err := os.ReadFile(summaryFile)
	if err != nil {
		return summary{}, err
	}
	s := summary{fails: map[string]string{}}
	_, rest, _ := strings.Cut(string(text), defectsHead)
	ofDefects, rest, _ := strings.Cut(rest, "\n\n")
	_, ofScenarios, _ := strings.Cut(rest, scenariosHead)
	for text := range strings.Lines(ofDefects) {
		c := cells(text)
		if len(c) != 7 {
			return summary{}, fmt.Errorf("%s: not a defect's line: %q", summaryFile, text)
		}
		tried, err := strconv.Atoi(c[6])
		if err != nil {
			return summary{}, fmt.Errorf("%s: %q: %w", summaryFile, text, err)
		}
		s.lines = append(s.lines, line{c[0], c[1], c[2], c[3], c[4], c[5], tried})
	}
	for text := range strings.Lines(ofScenarios) {
		c := cells(text)
		if len(c) != 2 {
			return summary{}, fmt.Errorf("%s: not a scenario's line: %q", summaryFile, text)
		}
		s.fails[c[0]] = c[1]
	}
	return s, nil
}

func cells(text string) []string {
	list := strings.Split(strings.Trim(text, "|\n"), "|")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// brief names the first few scenarios of a list, and counts the others.
func brief(list []string) string {
	few := strings.Join(list[:min(shown, len(list))], ", ")
	if more := len(list) - shown; more > 0 {
		few += fmt.Sprintf(" and %d more", more)
	}
	return few
}

// named are the scenarios that a brief cell names.
func named(cell string) []string {
	few, _, _ := strings.Cut(cell, " and ")
	return strings.FieldsFunc(few, func(r rune) bool { return r == ',' || r == ' ' })
}

func (s summary) line(defect string) line {
	if i := slices.IndexFunc(s.lines, func(l line) bool { return l.defect == defect }); i >= 0 {
		return s.lines[i]
	}
	return line{}
}

func (l line) caught() bool { return l.caughtBy+l.atTimes != "" }

// killer is the scenario with the shortest waits that has always caught a defect;
// empty: none has.
func (s summary) killer(defect string) string {
	return append(named(s.line(defect).caughtBy), "")[0]
}

// catches reports whether a scenario is named as one that catches a defect which
// breaks a claim or a rule.
func (s summary) catches(scenario, breaks string) bool {
	return slices.ContainsFunc(s.lines, func(l line) bool {
		return l.breaks == breaks && slices.Contains(append(named(l.caughtBy), named(l.atTimes)...), scenario)
	})
}

// with is the summary after a run. A line is written anew where the record has
// no fewer scenarios than the line was made of: a short run is to make no line poorer.
func (s summary) with(r record, played []row) summary {
	next := summary{fails: map[string]string{}}
	for _, d := range defects {
		old := s.line(d.Name)
		isPlayed := slices.ContainsFunc(played, func(p row) bool { return p.Defect.Name == d.Name })
		if now := r[d.Name].line(); isPlayed && (now.tried >= old.tried || now.breaks != old.breaks) {
			old = now
		}
		if old.defect != "" {
			next.lines = append(next.lines, old)
		}
	}
	for scenario, defect := range s.fails {
		if ids()[scenario] && next.line(defect).defect != "" && !decidedAnew(played, defect, scenario) {
			next.fails[scenario] = defect
		}
	}
	for _, p := range played {
		next.add(p.Defect.Name, p.caughtBy())
	}
	for _, p := range played {
		next.add(p.Defect.Name, p.failing()) // of another claim, where none is caught
	}
	return next
}

func (s summary) add(defect string, scenarios []string) {
	for _, scenario := range scenarios {
		s.fails[scenario] = cmp.Or(s.fails[scenario], defect)
	}
}

// decidedAnew reports whether a run came to a verdict on a defect by a scenario.
func decidedAnew(played []row, defect, scenario string) bool {
	return slices.ContainsFunc(played, func(p row) bool { return p.Defect.Name == defect && p.knows(scenario) })
}

func (r row) line() line {
	l := line{defect: r.Defect.Name, family: r.Defect.Family, breaks: r.Defect.Breaks}
	by := r.caughtBy()
	var always, atTimes, others []string
	for _, s := range slices.SortedStableFunc(slices.Values(symptoms.All()), func(a, b scenarios.Scenario) int { return cmp.Compare(play.Bound(a), play.Bound(b)) }) {
		i := slices.IndexFunc(r.Cells, func(c cell) bool { return c.Scenario == s.ID && c.decided() })
		if i < 0 {
			continue
		}
		l.tried++
		switch c := r.Cells[i]; {
		case slices.Contains(by, s.ID) && c.Flaky:
			atTimes = append(atTimes, s.ID)
		case slices.Contains(by, s.ID):
			always = append(always, s.ID)
		case c.Verdict == string(judge.Failed):
			others = append(others, s.ID)
		}
	}
	l.caughtBy, l.atTimes, l.onOtherOnes = brief(always), brief(atTimes), brief(others)
	return l
}

// String is the file.
func (s summary) String() string {
	var b strings.Builder
	caught := 0
	for _, l := range s.lines {
		if l.caught() {
			caught++
		}
	}
	fmt.Fprintf(&b, "# The kill matrix\n\nGenerated by `make defects %s=yes`. %d of %d defects of the reference service are caught: a scenario\n"+
		"fails on what the defect breaks. The quickest scenarios are named first; those that catch it at times have also passed it.\n\n%s",
		updateVariable, caught, len(s.lines), defectsHead)
	for _, l := range s.lines {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %d |\n", l.defect, l.family, l.breaks, l.caughtBy, l.atTimes, l.onOtherOnes, l.tried)
	}
	fmt.Fprintf(&b, "\nEach scenario with a defect that it fails. One that passes whatever it is shown proves nothing.\n\n%s", scenariosHead)
	for _, played := range symptoms.All() {
		if defect := s.fails[played.ID]; defect != "" {
			fmt.Fprintf(&b, "| %s | %s |\n", played.ID, defect)
		}
	}
	return b.String()
}
