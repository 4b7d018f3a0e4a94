package reports

import (
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/gameday"
)

// botPlayed is a game of a bot: paged at second 10, with an action at 20 that ended the
// fault at 22, or at second gone by itself; zero: never.
func botPlayed(scenario, bot, action string, gone int) gameday.Record {
	at := func(s int) time.Time { return time.Date(2026, 1, 1, 12, 0, s, 0, time.UTC) }
	r := gameday.Record{
		ID: scenario + bot, Bot: bot, Began: at(0), Ended: at(59), Outcome: gameday.TimeOver,
		Sealed: gameday.Sealed{Draw: gameday.Draw{
			Rules: gameday.Rules{Duration: 10 * time.Minute, Speed: 10, Players: 1, Faults: 1},
			Plays: []gameday.Play{{Candidate: gameday.Candidate{Scenario: scenario, Section: "S", Severity: scenarios.P1}}},
		}},
		Events: []gameday.Event{
			{At: at(9), Kind: gameday.Injected}, {At: at(9), Kind: gameday.Witnessed}, {At: at(10), Kind: gameday.Paged},
		},
	}
	if action != "" {
		r.Events = append(r.Events, gameday.Event{At: at(20), Kind: gameday.Acted, By: bot, Action: &gameday.Action{Text: action, Changes: true}})
	}
	switch {
	case gone > 0:
		r.Events = append(r.Events, gameday.Event{At: at(gone), Kind: gameday.Gone})
	case bot == gameday.BotRunbook:
		r.Events = append(r.Events, gameday.Event{At: at(50), Kind: gameday.Noted, Text: gameday.NothingLeft})
	}
	return r
}

func TestWhatTheRunbookDoes(t *testing.T) {
	idle := func(gone int) gameday.Record { return botPlayed("x", gameday.BotIdle, "", gone) }
	for name, c := range map[string]struct {
		runbook, idle, restart gameday.Record
		want, finding          string
		remedy                 []scenarios.Remedy
	}{
		"it heals":                               {botPlayed("x", gameday.BotRunbook, "redis-cli DEL", 22), idle(0), gameday.Record{}, `the runbook alone heals this in 12s (redis-cli DEL)`, "", nil},
		"its contact heals":                      {botPlayed("x", gameday.BotRunbook, "escalate Ann", 22), idle(0), gameday.Record{}, `no command for this; its contact "Ann" ends it, 12s after the page`, "", nil},
		"its contact heals what no command does": {botPlayed("x", gameday.BotRunbook, "escalate Ann", 22), idle(0), gameday.Record{}, `own commands do not heal this; its contact "Ann" does, 12s after the page`, "", []scenarios.Remedy{scenarios.Restart("c")}},
		"nothing heals":                          {botPlayed("x", gameday.BotRunbook, "restart", 0), idle(0), gameday.Record{}, "no better than doing nothing", "", nil},
		"it ends by itself":                      {botPlayed("x", gameday.BotRunbook, "restart", 22), idle(25), gameday.Record{}, "it ends by itself after 15s", "", nil},
		"by itself, later":                       {botPlayed("x", gameday.BotRunbook, "restart", 22), idle(55), gameday.Record{}, "the runbook alone heals this in 12s (restart)", "", nil},
		"a restart is enough":                    {botPlayed("x", gameday.BotRunbook, "", 0), idle(0), botPlayed("x", gameday.BotRestart, "restart", 22), "no better", "a restart ends it 12s after the page", nil},
	} {
		table := NewBotTable([]scenarios.Scenario{{ID: "x", Remedy: c.remedy}, {ID: "y"}}, []gameday.Record{c.runbook, c.idle, c.restart})
		if got := table.Rows[0].Summary; !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if all := strings.Join(table.Rows[0].Findings, "; "); !strings.Contains(all, c.finding) {
			t.Errorf("%s: %q, want %q", name, all, c.finding)
		}
		if text := string(table.Markdown()); !strings.Contains(text, "| y |") || !strings.Contains(text, "not played") {
			t.Errorf("%s: the scenario that nobody played is not there:\n%s", name, text)
		}
	}
}

func TestAGameThatShowsNothingIsMissing(t *testing.T) {
	cut := botPlayed("x", gameday.BotRunbook, "restart", 0)
	cut.Events = cut.Events[:len(cut.Events)-1] // it was over before the bot was
	aborted := botPlayed("x", gameday.BotIdle, "", 0)
	aborted.Outcome = gameday.Aborted
	people := botPlayed("x", "", "restart", 22)
	table := NewBotTable([]scenarios.Scenario{{ID: "x"}}, []gameday.Record{cut, aborted, people})
	if want := "x, runbook|x, idle|x, restart"; strings.Join(table.Missing, "|") != want || table.Rows[0].Summary != "" {
		t.Errorf("%q, %q", table.Missing, table.Rows[0].Summary)
	}
}

func TestFollowingARemedyThatScoresLess(t *testing.T) {
	remedied := scenarios.Scenario{ID: "x", Remedy: []scenarios.Remedy{{Kind: scenarios.RemedyRestart}}}
	harmful := botPlayed("x", gameday.BotRunbook, "restart", 0) // without effect, which costs
	table := NewBotTable([]scenarios.Scenario{remedied}, []gameday.Record{harmful, botPlayed("x", gameday.BotIdle, "", 0)})
	if all := strings.Join(table.Rows[0].Findings, "; "); !strings.Contains(all, "scores -2, doing nothing 0") {
		t.Errorf("%q", all)
	}
}
