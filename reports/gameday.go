package reports

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios/gameday"
)

// Game is a game day with all that follows from its record.
type Game struct {
	ID         string             `json:"id"`
	Outcome    string             `json:"outcome"`
	Reason     string             `json:"reason,omitempty"`
	Record     gameday.Record     `json:"-"` // has a file of its own
	Milestones gameday.Milestones `json:"milestones"`
	Effects    []gameday.Effect   `json:"effects"`
	// Par is the best time from the page to the end of the fault that the runbook
	// alone is known to need; zero: unknown.
	Par      time.Duration `json:"par,omitempty"`
	Score    gameday.Score `json:"score"`
	Findings []string      `json:"findings"`
	// Earlier are the games before, the oldest first.
	Earlier []GameSummary `json:"earlier"`
}

// GameSummary is one line of a comparison.
type GameSummary struct {
	ID          string        `json:"id"`
	Began       time.Time     `json:"began"`
	Scenario    string        `json:"scenario"`
	By          string        `json:"by"`
	Outcome     string        `json:"outcome"`
	Acknowledge time.Duration `json:"acknowledge"` // after the page; zero: never
	Diagnose    time.Duration `json:"diagnose"`
	Gone        time.Duration `json:"gone"`
	Points      int           `json:"points"`
	Of          int           `json:"of"`
}

// NewGame concludes from a record; all are those of the same team, this one among
// them or not.
func NewGame(r gameday.Record, all []gameday.Record) Game {
	var before []gameday.Record
	for _, other := range all {
		if other.ID != r.ID && other.Began.Before(r.Began) {
			before = append(before, other)
		}
	}
	par := gameday.Par(r.Scenario(), before)
	g := Game{
		ID: r.ID, Outcome: r.Outcome.String(), Reason: r.Reason, Record: r,
		Milestones: r.Milestones(), Effects: r.Effects(), Par: par, Score: r.Score(par), Findings: r.Findings(),
	}
	for i, other := range before {
		g.Earlier = append(g.Earlier, Summarize(other, before[:i]))
	}
	return g
}

// Summarize makes one line of a game.
func Summarize(r gameday.Record, before []gameday.Record) GameSummary {
	m := r.Milestones()
	s := GameSummary{ID: r.ID, Began: r.Began, Scenario: r.Scenario(), By: "people", Outcome: r.Outcome.String()}
	if r.Bot != "" {
		s.By = "bot " + r.Bot
	}
	after := func(at time.Time) time.Duration {
		if m.Paged.IsZero() || at.IsZero() {
			return 0
		}
		return max(r.Elapsed(m.Paged, at), time.Millisecond)
	}
	s.Acknowledge, s.Diagnose, s.Gone = after(m.Acknowledged), after(m.Diagnosed), after(m.Gone)
	s.Points, s.Of = r.Score(gameday.Par(r.Scenario(), before)).Sum()
	return s
}

// GameFormat is one report of a game.
type GameFormat struct {
	Name   string
	Render func(Game) ([]byte, error)
}

// GameFormats lists the reports of a game.
func GameFormats() []GameFormat {
	return []GameFormat{
		{"gameday.json", func(g Game) ([]byte, error) {
			text, err := json.MarshalIndent(g, "", " ")
			if err != nil {
				return nil, fmt.Errorf("gameday.json: %w", err)
			}
			return append(text, '\n'), nil
		}},
		{"gameday.md", func(g Game) ([]byte, error) { return GameMarkdown(g), nil }},
		{"gameday.html", GameHTML},
	}
}
