package reports

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/gameday"
)

var gameBegan = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

func gameAt(n float64) time.Time { return gameBegan.Add(time.Duration(n * float64(time.Second))) }

// sampleGame is a game in which a restart ended the fault, and a note is hostile.
func sampleGame() gameday.Record {
	play := gameday.Play{At: 100 * time.Second, Candidate: gameday.Candidate{
		Scenario: "database-refused", Title: "Postgres is gone", Section: "Database connection issues", Severity: scenarios.P1, Fault: fault.Refuse(fault.Postgres),
	}}
	r := gameday.Record{
		ID: "gameday-1", Suite: "v0", Target: "abc", Published: "hash", Began: gameBegan, Ended: gameAt(70), Outcome: gameday.Resolved,
		Sealed: gameday.Sealed{Salt: "salt", Draw: gameday.Draw{
			Seed: 7, Rules: gameday.Rules{Players: 2, Duration: 30 * time.Minute, Speed: 10, Faults: 1}, Candidates: []gameday.Candidate{play.Candidate}, Plays: []gameday.Play{play},
		}},
		Book: gameday.Book{
			Name: "runbook.md", Sections: []gameday.Section{{Heading: "Database connection issues"}},
			Commands: []gameday.Command{{Line: 20, Section: "Database connection issues", Text: "kubectl rollout restart deployment/x"}},
			Contacts: []gameday.Contact{{Name: "Database", Text: "Database | DBA", Line: 90}},
		},
		Events: []gameday.Event{
			{At: gameAt(10), Kind: gameday.Injected, By: gameday.ByGame, Text: "postgres refuses connections"},
			{At: gameAt(10.3), Kind: gameday.Witnessed, By: gameday.ByGame},
			{At: gameAt(11), Kind: gameday.Symptom, By: gameday.ByGame, Text: "POST /api/v1/events failed"},
			{At: gameAt(12), Kind: gameday.Paged, By: gameday.ByGame, Text: "5 of the last 90 requests failed"},
			{At: gameAt(20), Kind: gameday.Acknowledged, By: "ann", Severity: scenarios.P1},
			{At: gameAt(25), Kind: gameday.Noted, By: "ann", Text: "<script>alert(1)</script> | a|b `x`"},
			{At: gameAt(30), Kind: gameday.Acted, By: "bob", Action: &gameday.Action{Text: "redis-cli FLUSHALL", Changes: true, Took: time.Second}},
			{At: gameAt(31), Kind: gameday.Diagnosed, By: "ann", Section: "Database connection issues"},
			{At: gameAt(48), Kind: gameday.Acted, By: "ann", Action: &gameday.Action{Text: "restart", Changes: true, Took: time.Second}},
			{At: gameAt(50), Kind: gameday.Gone, By: gameday.ByGame, Text: "postgres refuses connections"},
			{At: gameAt(52), Kind: gameday.Healthy, By: gameday.ByGame},
			{At: gameAt(70), Kind: gameday.Declared, By: "ann"},
		},
	}
	for s := 0.0; s < 70; s += 0.5 {
		sample := gameday.Sample{At: gameAt(s), Live: 200, Ready: 200, Sent: int(10 * s), P95: 12 * time.Millisecond}
		if s > 11 {
			sample.Failed = int(5 * (min(s, 50) - 11))
		}
		if s > 11 && s < 50 {
			sample.Ready, sample.P95 = 503, 90*time.Millisecond
		}
		r.Samples = append(r.Samples, sample)
	}
	return r
}

func TestAGameIsReported(t *testing.T) {
	earlier := sampleGame()
	earlier.ID, earlier.Began, earlier.Bot = "gameday-0", gameBegan.Add(-time.Hour), gameday.BotRunbook
	for i := range earlier.Events {
		earlier.Events[i].At = earlier.Events[i].At.Add(-time.Hour)
	}
	r := sampleGame()
	g := NewGame(r, []gameday.Record{earlier, r})
	if len(g.Earlier) != 1 || g.Par != 38*time.Second {
		t.Errorf("earlier %+v, par %s", g.Earlier, g.Par)
	}
	html, err := GameHTML(g)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"html": string(html), "markdown": string(GameMarkdown(g))} {
		for _, want := range []string{
			"database", "Action items", "What went well", "Impact", "bot runbook", "gameday-1", "Earlier game days",
			"195 of 425", "line 20, Database connection issues", "not in the runbook", "hash", "salt",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q", name, want)
			}
		}
		if strings.Contains(text, "<script") || strings.Contains(text, "http://") || strings.Contains(text, "https://") {
			t.Errorf("%s: runs or loads something", name)
		}
	}
	if markdown := string(GameMarkdown(g)); strings.Contains(markdown, "a|b") || strings.Contains(markdown, "`x`") {
		t.Error("a note is markup in Markdown")
	}
	for _, want := range []string{"acknowledged", "15 of 15", "harm", "-2", "sum"} {
		if text := GameText(g); !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	for _, format := range GameFormats() {
		text, err := format.Render(g)
		if err != nil || len(text) == 0 {
			t.Errorf("%s: %v", format.Name, err)
		}
		if format.Name == "gameday.json" && !json.Valid(text) {
			t.Error("gameday.json is no JSON")
		}
	}
}

// TestAGameThatWasKilledIsReported: nothing happened yet, or nothing is known.
func TestAGameThatWasKilledIsReported(t *testing.T) {
	r := sampleGame()
	r.Outcome, r.Events, r.Samples, r.Ended = gameday.Killed, nil, nil, r.Began
	html, err := GameHTML(NewGame(r, nil))
	if err != nil || !strings.Contains(string(html), "killed after") || !strings.Contains(string(html), "nothing was broken yet") {
		t.Errorf("%v\n%s", err, html)
	}
}
