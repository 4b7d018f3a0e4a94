package gameday

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
)

var began = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

func second(n float64) time.Time { return began.Add(time.Duration(n * float64(time.Second))) }

// incident is a game in which Postgres was refused from second 10 to 60, and a
// restart at 40 did what is asked for.
func incident(events ...Event) Record {
	r := Record{
		Began: began, Ended: second(100), Outcome: Resolved,
		Book: Book{
			Sections: []Section{{Heading: "Database connection issues"}, {Heading: "High latency"}},
			Commands: []Command{
				{Line: 10, Section: "High latency", Text: "kubectl rollout restart deployment/x"},
				{Line: 20, Section: "Database connection issues", Text: "kubectl rollout restart deployment/x"},
				{Line: 21, Section: "Database connection issues", Text: `psql -c  "SELECT 1;"`},
			},
			Contacts: []Contact{{Name: "Database", Text: "Database | the database team", Line: 90}, {Name: "Infrastructure", Text: "Infrastructure | @platform", Line: 91}},
		},
		Sealed: Sealed{Draw: Draw{
			Rules: Rules{Players: 1, Duration: 30 * time.Minute, Speed: 10, Faults: 1},
			Plays: []Play{{Candidate: Candidate{Scenario: "database-refused", Section: "Database Connection Issues", Severity: scenarios.P1, Fault: fault.Refuse(fault.Postgres)}}},
		}},
		Events: append([]Event{
			{At: second(10), Kind: Injected, By: ByGame},
			{At: second(11), Kind: Witnessed, By: ByGame},
			{At: second(12), Kind: Symptom, By: ByGame},
			{At: second(13), Kind: Paged, By: ByGame},
		}, events...),
	}
	for s := 0.0; s < 100; s += 0.5 {
		sample := Sample{At: second(s), Live: 200, Ready: 200, Sent: int(10 * s)}
		if s > 12 && s < 60 {
			sample.Ready = 503
			sample.Failed = int(5 * (s - 12)) // half of them
		} else if s >= 60 {
			sample.Failed = 240
		}
		r.Samples = append(r.Samples, sample)
	}
	return r
}

func act(at float64, text string, changes bool) Event {
	return Event{At: second(at), Kind: Acted, By: "a", Action: &Action{Text: text, Changes: changes, Took: time.Second}}
}

func gone(at float64) Event { return Event{At: second(at), Kind: Gone, By: ByGame, Text: "refused"} }

func TestEffects(t *testing.T) {
	worse := incident(act(40, "restart", true))
	for i := range worse.Samples {
		if s := &worse.Samples[i]; s.At.After(second(40)) {
			s.Failed = int(5*(40-12) + 10*s.At.Sub(second(40)).Seconds()) // all of them
		}
	}
	for name, c := range map[string]struct {
		r       Record
		want    []Change
		printed []int
	}{
		"heals":              {incident(act(58, "restart", true), gone(60)), []Change{Heals}, []int{20}},
		"idle":               {incident(act(40, "restart", true), gone(60)), []Change{Idle}, []int{20}},
		"harmful":            {worse, []Change{Harmful}, []int{20}},
		"reads":              {incident(act(59, `psql -c "SELECT 1;"`, false), gone(60)), []Change{Read}, []int{21}},
		"the last one heals": {incident(act(57, "restart", true), act(59, "fallback", true), gone(60)), []Change{Idle, Heals}, []int{20, 0}},
		"a contact":          {incident(act(58, "escalate Database", true), gone(60)), []Change{Heals}, []int{90}},
		"unprinted":          {incident(act(58, "redis-cli FLUSHALL", true)), []Change{Idle}, []int{0}},
	} {
		var got []Change
		var printed []int
		for _, e := range c.r.Effects() {
			got, printed = append(got, e.Change), append(printed, e.Printed)
			if e.Why == "" {
				t.Errorf("%s: no evidence", name)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v", name, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] || printed[i] != c.printed[i] {
				t.Errorf("%s: %v at line %v, want %v at %v", name, got, printed, c.want, c.printed)
			}
		}
	}
}

func lineOf(t *testing.T, s Score, name string) Line {
	t.Helper()
	for _, l := range s {
		if l.Name == name {
			return l
		}
	}
	t.Fatalf("no line %q in %v", name, s)
	return Line{}
}

func TestScore(t *testing.T) {
	ack := func(at float64, s scenarios.Severity) Event {
		return Event{At: second(at), Kind: Acknowledged, By: "a", Severity: s}
	}
	diagnose := func(at float64, section string) Event {
		return Event{At: second(at), Kind: Diagnosed, By: "a", Section: section}
	}
	declare := func(at float64) Event { return Event{At: second(at), Kind: Declared, By: "a"} }
	healthy := Event{At: second(62), Kind: Healthy, By: ByGame}
	for name, c := range map[string]struct {
		line   string
		points int
		why    string
		events []Event
	}{
		"acknowledged within 15 minutes at speed 10": {"acknowledged", 15, "allowed were 1m30s", []Event{ack(100, scenarios.P1)}},
		"acknowledged half as much later":            {"acknowledged", 7, "2m15s after the page", []Event{ack(148, scenarios.P1)}},
		"acknowledged far too late":                  {"acknowledged", 0, "", []Event{ack(1000, scenarios.P1)}},
		"never acknowledged":                         {"acknowledged", 0, "never", nil},
		"a paused clock":                             {"acknowledged", 15, "1m20s after", []Event{{At: second(20), Kind: PausedClock}, {At: second(120), Kind: ResumedClock}, ack(193, scenarios.P1)}},
		"the right severity":                         {"severity", 10, "", []Event{ack(20, scenarios.P1)}},
		"a wrong severity":                           {"severity", 0, "P3 was said", []Event{ack(20, scenarios.P3)}},
		"a corrected severity":                       {"severity", 10, "", []Event{ack(20, scenarios.P3), ack(25, scenarios.P1)}},
		"the right section, whatever its case":       {"section of the runbook", 20, "", []Event{diagnose(20, "database  connection issues")}},
		"the right section at the second attempt":    {"section of the runbook", 15, "wrong ones before: 1", []Event{diagnose(20, "High latency"), diagnose(25, "Database connection issues")}},
		"a wrong section":                            {"section of the runbook", 0, "not found", []Event{diagnose(20, "High latency")}},
		"ended":                                      {"fault ended", 25, "47s after the page", []Event{gone(60)}},
		"ended by the game":                          {"fault ended", 0, "never", []Event{gone(60), {At: second(99), Kind: Healed}}},
		"declared":                                   {"declared resolved", 10, "3s after", []Event{gone(60), healthy, declare(65)}},
		"declared too early, and then rightly":       {"declared resolved", 5, "too early before: 1", []Event{declare(50), gone(60), healthy, declare(65)}},
		"never declared":                             {"declared resolved", 0, "never", []Event{gone(60), healthy}},
		"a needless restart":                         {"harm", -2, "without effect: 1", []Event{act(40, "restart", true)}},
		"commands that read":                         {"harm", 0, "", []Event{act(40, "psql -c 'SELECT 1'", false)}},
		"hints":                                      {"hints", -10, "given: 2", []Event{{Kind: Hinted, At: second(30)}, {Kind: Hinted, At: second(31)}}},
		"half of it printed":                         {"runbook followed", 5, "1 of 2", []Event{act(40, "restart", true), act(42, "true", false)}},
	} {
		l := lineOf(t, incident(c.events...).Score(0), c.line)
		if l.Points != c.points || !strings.Contains(l.Why, c.why) {
			t.Errorf("%s: %+v, want %d points and %q", name, l, c.points, c.why)
		}
	}
}

func TestIdleScoresNothing(t *testing.T) {
	points, of := incident().Score(0).Sum()
	if points != 0 || of != 100 {
		t.Errorf("%d of %d", points, of)
	}
}

func TestASectionThatTheRunbookLacksCostsNothing(t *testing.T) {
	r := incident()
	r.Book.Sections = nil
	for _, l := range r.Score(0) {
		if (l.Name == "section of the runbook" || l.Name == "diagnosed") && (l.Points != 0 || l.Of != 0) {
			t.Errorf("%+v", l)
		}
	}
}

func TestASymptomBeforeTheFaultIsNone(t *testing.T) {
	r := incident()
	r.Events = append([]Event{r.Events[0], {At: second(9), Kind: Symptom, By: ByGame}}, r.Events[1:]...)
	if m := r.Milestones(); !m.Symptom.Equal(second(12)) {
		t.Errorf("symptom at %s", m.Symptom)
	}
}

func TestPar(t *testing.T) {
	slow, fast, human := incident(gone(60)), incident(gone(30)), incident(gone(20))
	slow.Bot, fast.Bot = BotRunbook, BotRunbook
	if par := Par("database-refused", []Record{slow, fast, human}); par != 17*time.Second {
		t.Errorf("par %s", par)
	}
	if par := Par("redis-slow", []Record{slow}); par != 0 {
		t.Errorf("par %s of what nobody played", par)
	}
}

func TestWhoFinished(t *testing.T) {
	left := Event{At: second(80), Kind: Noted, Text: NothingLeft}
	unseen := incident(left)
	unseen.Events = slices.DeleteFunc(unseen.Events, func(e Event) bool { return e.Kind == Witnessed })
	for name, c := range map[string]struct {
		r    Record
		bot  string
		want bool
	}{
		"the fault is gone":  {incident(gone(60)), BotRunbook, true},
		"time was over":      {incident(), BotRunbook, false},
		"nothing is left":    {incident(left), BotRunbook, true},
		"idle":               {incident(), BotIdle, true},
		"nothing was broken": {unseen, BotIdle, false},
	} {
		c.r.Bot = c.bot
		if c.r.BotFinished() != c.want {
			t.Errorf("%s: want %t", name, c.want)
		}
	}
}

func TestTwoFaultsAreOneIncident(t *testing.T) {
	second2 := Event{At: second(40), Kind: Injected, By: ByGame}
	m := incident(gone(30), Event{At: second(32), Kind: Healthy}, Event{At: second(33), Kind: Declared}, second2).Milestones()
	if !m.Gone.IsZero() || !m.Recovery.IsZero() || !m.Declared.IsZero() {
		t.Errorf("the second fault is in force, and %+v", m)
	}
	m = incident(second2, gone(50)).Milestones()
	if !m.Gone.IsZero() {
		t.Error("one of two is gone, and Gone says both")
	}
}

func TestOwners(t *testing.T) {
	b := incident().Book
	for on, want := range map[fault.Dependency]string{
		fault.Postgres: "Database", fault.Redis: "Infrastructure", fault.Everything: "Infrastructure", fault.Service: "",
	} {
		names := ""
		for _, c := range b.Owners(on) {
			names += c.Name
		}
		if names != want {
			t.Errorf("%s: %q, want %q", on, names, want)
		}
	}
	if b.NamesOwner(fault.Redis) || !b.NamesOwner(fault.Postgres) {
		t.Error("whom the runbook names")
	}
}

func TestFindings(t *testing.T) {
	r := incident(act(40, "restart", true), act(58, "redis-cli FLUSHALL", true), gone(60))
	text := strings.Join(r.Findings(), "\n")
	for _, want := range []string{`line 20 (Database connection issues): "restart" changed nothing`, `"redis-cli FLUSHALL" ended the fault, and the runbook does not say so`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	// That a diagnosis fails under the fault is what it is for; said twice it is one.
	failed, twice := act(30, `psql -c "SELECT 1;"`, false), act(45, "restart", true)
	failed.Action.Err = "exit 2"
	if list := incident(failed, act(40, "restart", true), twice).Findings(); strings.Contains(strings.Join(list, "\n"), "failed") || len(list) != 1 {
		t.Errorf("%q", list)
	}
	r = incident(Event{At: second(99), Kind: Healed})
	r.Bot, r.Book.Contacts, r.Book.Sections = BotRunbook, nil, nil
	text = strings.Join(r.Findings(), "\n")
	for _, want := range []string{"nobody is named who can be called about postgres", "does not end database-refused", "no section"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestWhatGoesOnBeingLostCostsNoMoreThanAGame: a fault that stays loses a row a second.
func TestWhatGoesOnBeingLostCostsNoMoreThanAGame(t *testing.T) {
	for lost, want := range map[int]int{3: -32, 200: -102} {
		r := incident(act(40, "restart", true))
		r.Samples = []Sample{{Lost: lost}}
		if got := lineOf(t, r.Score(0), "harm"); got.Points != want {
			t.Errorf("%d lost: %+v, want %d", lost, got, want)
		}
	}
}
