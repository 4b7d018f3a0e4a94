package reports

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/gameday"
)

// BotGame is what one bot made of a scenario.
type BotGame struct {
	Outcome string `json:"outcome"`
	// Ended is from the page to the end of the fault; zero: never.
	Ended  time.Duration `json:"ended"`
	By     string        `json:"by,omitempty"` // the action that ended it, or "itself"
	Points int           `json:"points"`
	Of     int           `json:"of"`
	Harm   string        `json:"harm,omitempty"` // the first action that made it worse, and how
}

// BotRow is one scenario, played by every bot.
type BotRow struct {
	Scenario string             `json:"scenario"`
	Severity scenarios.Severity `json:"severity"`
	Section  string             `json:"section"`
	// Remedy says that the runbook claims one.
	Remedy   bool               `json:"remedy"`
	Games    map[string]BotGame `json:"games"` // by the bot
	Summary  string             `json:"summary"`
	Findings []string           `json:"findings"`
}

// BotTable are the scenarios in their order. Nobody plays in it, so that it says
// what the runbook does.
type BotTable struct {
	Target  string   `json:"target"`
	Runbook string   `json:"runbook"`
	Rows    []BotRow `json:"rows"`
	// Missing are the games that were not played, as "scenario, bot".
	Missing []string `json:"missing"`
}

var everyBot = []string{gameday.BotRunbook, gameday.BotIdle, gameday.BotRestart}

// itself is what ended a fault that no action did.
const itself = "itself"

// NewBotTable concludes from the newest game of every bot, against the service and
// the runbook of the newest game of all. One that was over before the bot was says nothing.
func NewBotTable(list []scenarios.Scenario, records []gameday.Record) (t BotTable) {
	records = slices.DeleteFunc(slices.Clone(records), func(r gameday.Record) bool {
		return r.Bot == "" || !r.BotFinished()
	})
	slices.SortStableFunc(records, func(a, b gameday.Record) int { return a.Began.Compare(b.Began) })
	newest := map[[2]string]gameday.Record{}
	if len(records) > 0 {
		last := records[len(records)-1]
		t.Target, t.Runbook = last.Target, last.Book.SHA256
	}
	for _, r := range records {
		if r.Target == t.Target && r.Book.SHA256 == t.Runbook {
			newest[[2]string{r.Scenario(), r.Bot}] = r
		}
	}
	for _, s := range list {
		row := BotRow{Scenario: s.ID, Severity: s.Severity, Section: s.Section, Remedy: len(s.Remedy) > 0, Games: map[string]BotGame{}}
		for _, bot := range everyBot {
			if r, played := newest[[2]string{s.ID, bot}]; played {
				row.Games[bot] = botGame(r)
			} else {
				t.Missing = append(t.Missing, s.ID+", "+bot)
			}
		}
		if r, played := newest[[2]string{s.ID, gameday.BotRunbook}]; played {
			row.Findings = r.Findings()
			row.Summary = row.summarize()
			row.Findings = append(row.Findings, row.compare()...)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func botGame(r gameday.Record) BotGame {
	s := Summarize(r, nil)
	g := BotGame{Outcome: s.Outcome, Points: s.Points, Of: s.Of}
	for _, e := range r.Events {
		if e.Kind == gameday.Gone {
			g.Ended, g.By = s.Gone, itself
		}
	}
	for _, e := range r.Effects() {
		switch {
		case e.Change == gameday.Heals && g.Ended > 0:
			g.By = e.Event.Action.Text
		case e.Change == gameday.Harmful && g.Harm == "":
			g.Harm = fmt.Sprintf("%q: %s", e.Event.Action.Text, e.Why)
		}
	}
	return g
}

// BotSentence says what a bot made of its game.
func BotSentence(r gameday.Record) string {
	return botGame(r).String()
}

// String says how the fault ended, and the points.
func (g BotGame) String() string {
	ended := "never"
	if g.Ended > 0 {
		ended = g.Ended.Round(100*time.Millisecond).String() + ", " + line(g.By)
	}
	return fmt.Sprintf("%d of %d; %s", g.Points, g.Of, ended)
}

// alone says that the fault ended while nobody did anything, before the runbook's
// time and half as much again were over.
func (r BotRow) alone() bool {
	idle, runbook := r.Games[gameday.BotIdle], r.Games[gameday.BotRunbook]
	return idle.Ended > 0 && (runbook.Ended == 0 || idle.Ended <= runbook.Ended*3/2)
}

// summarize says in a sentence what the runbook does.
func (r BotRow) summarize() string {
	g := r.Games[gameday.BotRunbook]
	ended := g.Ended.Round(100 * time.Millisecond)
	var text string
	switch {
	case r.alone():
		text = fmt.Sprintf("it ends by itself after %s; the runbook does no better than doing nothing", r.Games[gameday.BotIdle].Ended.Round(100*time.Millisecond))
	case g.Ended > 0 && strings.HasPrefix(g.By, "escalate ") && !r.Remedy:
		text = fmt.Sprintf("the runbook has no command for this; its contact %q ends it, %s after the page", strings.TrimPrefix(g.By, "escalate "), ended)
	case g.Ended > 0 && strings.HasPrefix(g.By, "escalate "):
		text = fmt.Sprintf("the runbook's own commands do not heal this; its contact %q does, %s after the page", strings.TrimPrefix(g.By, "escalate "), ended)
	case g.Ended > 0:
		text = fmt.Sprintf("the runbook alone heals this in %s (%s)", ended, line(g.By))
	default:
		text = "the runbook does no better than doing nothing"
	}
	if g.Harm != "" {
		text += "; it makes it worse: " + line(g.Harm)
	}
	return text
}

// compare holds the bots against each other.
func (r BotRow) compare() (list []string) {
	runbook, idle, restart := r.Games[gameday.BotRunbook], r.Games[gameday.BotIdle], r.Games[gameday.BotRestart]
	if r.Remedy && runbook.Points < idle.Points {
		list = append(list, fmt.Sprintf("following the runbook scores %d, doing nothing %d", runbook.Points, idle.Points))
	}
	if restart.Ended > 0 && !r.alone() && (runbook.Ended == 0 || restart.Ended < runbook.Ended/2) {
		list = append(list, fmt.Sprintf("a restart ends it %s after the page, which the runbook does not reach", restart.Ended.Round(100*time.Millisecond)))
	}
	return list
}

// JSON renders the table for machines.
func (t BotTable) JSON() ([]byte, error) {
	text, err := json.MarshalIndent(t, "", " ")
	if err != nil {
		return nil, fmt.Errorf("bots.json: %w", err)
	}
	return append(text, '\n'), nil
}

// Markdown renders it for people.
func (t BotTable) Markdown() []byte {
	var b gameDocument
	b.WriteString("# What the runbook does, played by bots\n\n" +
		"Each scenario is played by a bot that follows the runbook, one that does nothing, and one that restarts the service.\n" +
		"A time is from the page to the end of the fault; points are of the game's score.\n")
	rows := make([][]string, 0, len(t.Rows))
	var findings []string
	for _, r := range t.Rows {
		cells := []string{r.Scenario, string(r.Severity)}
		for _, bot := range everyBot {
			cells = append(cells, r.cell(bot))
		}
		rows = append(rows, append(cells, cmp.Or(r.Summary, "not played")))
		for _, f := range r.Findings {
			findings = append(findings, r.Scenario+": "+line(f))
		}
	}
	b.table("Scenarios", []string{"Scenario", "Severity", "Runbook", "Idle", "Restart", "Summary"}, rows)
	b.list("Findings about the runbook", findings)
	b.table("Played against", []string{"Fact", "SHA-256"}, [][]string{{"service", line(t.Target)}, {"runbook", line(t.Runbook)}})
	return b.Bytes()
}

func (r BotRow) cell(bot string) string {
	g, played := r.Games[bot]
	if !played {
		return "-"
	}
	return g.String()
}
