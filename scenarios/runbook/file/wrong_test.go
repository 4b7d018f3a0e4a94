package file_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/file"
)

const claimsText = `subject: orders
claims:
  - id: db.symptom.503
    section: Database
    text: orders are answered 503
    facts: ["503"]
    words: [order]
  - id: db.resolution.ping
    section: Database
    text: pg_isready tells whether Postgres answers
    command: pg_isready -h $DB_HOST
  - id: db.resolution.status
    section: Database
    text: the field database is UP
    field: {key: database, value: UP}
`

const scenariosText = `scenarios:
  - id: db-refused
    title: Postgres refuses connections
    section: Database
    severity: P1
    budget: 2m
    steady:
      - GET: /ready
        answers: 200
    fault: {refuse: postgres}
    during:
      - GET: /ready
        answers: 503
        by: 5s
        proves: db.symptom.503
      - probe: log
        mentions: [ECONNREFUSED, postgres]
    diagnosis:
      - claim: db.resolution.ping
        command: pg_isready -h $DB_HOST
    remedy:
      - restart: db.symptom.503
    after:
      - GET: /ready
        answers: 200
        by: 15s
`

func read(claims, list string) (file.Content, error) {
	return file.Read([]file.Source{{Name: "c.yaml", Text: []byte(claims)}}, []file.Source{{Name: "s.yaml", Text: []byte(list)}})
}

// TestWhatIsWrongIsNamedWithItsLine: each case changes one thing in files that are right.
// By hand: leave out any of the checks that note something.
func TestWhatIsWrongIsNamedWithItsLine(t *testing.T) {
	if _, err := read(claimsText, scenariosText); err != nil {
		t.Fatalf("the files are right: %v", err)
	}
	for _, c := range []struct{ old, now, want string }{
		// what YAML is read
		{scenariosText, "", "s.yaml:1: the file is empty"},
		{"scenarios:", "\tscenarios:", "s.yaml:1: no YAML: "},
		{"scenarios:", "- scenarios:", "s.yaml:1: the file is a list; it must be a mapping"},
		{"scenarios:", "scenario:", `s.yaml:1: key "scenario" is not known; did you mean "scenarios"?`},
		{scenariosText, "scenarios: []\n", "s.yaml:1: scenarios are a list; they must be a list"},
		{scenariosText, scenariosText + "---\nscenarios: []\n", "s.yaml:27: a second document begins here"},
		{"{refuse: postgres}", "&f {refuse: postgres}", "s.yaml:10: anchors, aliases and tags are not read"},
		{"answers: 503", "answers: !!int 503", "s.yaml:13: anchors, aliases and tags are not read"},
		{scenariosText, "format: 1\n", "s.yaml:1: the file has no scenarios"},
		{"scenarios:", "format: 2\nscenarios:", "s.yaml:1: format 2 is not known"},
		// a scenario
		{"    title:", "    titel:", `s.yaml:3: key "titel" is not known; did you mean "title"?`},
		{"    budget: 2m\n", "", `s.yaml:2: scenario "db-refused" lacks its budget`},
		{"budget: 2m", "budget: 120", `s.yaml:6: budget is "120"; it must be a duration such as 30s`},
		{"budget: 2m", "budget: soon", `s.yaml:6: budget is "soon"; it must be a duration`},
		{"budget: 2m", "budget: 3s", "s.yaml:2: scenario db-refused: budget 3s is shorter than its waits"},
		{"severity: P1", "severity: P7", `s.yaml:5: severity "P7" is not known; did you mean "P1"?`},
		{"id: db-refused", "id: Db Refused", `s.yaml:2: scenario Db Refused: id "Db Refused" is not in kebab case`},
		{"id: db-refused", "id: 7", "s.yaml:2: id is a number; it must be a text; put it in quotes"},
		{"    severity: P1\n", "    severity: P1\n    severity: P2\n", "s.yaml:6: severity is written twice"},
		{"budget: 2m", "budget: 2m\n    load: {rate: fast}", `s.yaml:7: rate is "fast"; it must be a whole number`},
		{"budget: 2m", "budget: 2m\n    load: {readsOnly: false}", `s.yaml:7: readsOnly is "false"; it must be true, or left out`},
		{"budget: 2m", "budget: 2m\n    load: {readsOnly: true, createsOnly: true}", "s.yaml:2: scenario db-refused: a load of neither reads nor creates"},
		{"budget: 2m", "budget: 2m\n    also: [race]", `s.yaml:7: property "race" is not known; did you mean "races"?`},
		{"    steady:\n      - GET: /ready\n        answers: 200\n", "", `s.yaml:2: scenario "db-refused" lacks its steady`},
		{"    after:\n      - GET: /ready\n        answers: 200\n        by: 15s\n", "", "s.yaml:2: scenario db-refused: breaks something, but expects no recovery"},
		// a fault
		{"{refuse: postgres}", "{refused: postgres}", `s.yaml:10: fault "refused" is not known; did you mean "refuse"?`},
		{"{refuse: postgres}", "{refuse: postgress}", `s.yaml:10: dependency "postgress" is not known; did you mean "postgres"?`},
		{"{refuse: postgres}", "refuse", "s.yaml:10: refuse says too little; write refuse: postgres"},
		{"{refuse: postgres}", "{slow: postgres}", "s.yaml:10: slow says too little; write slow: {on: postgres, perRoundTrip: 2s}"},
		{"{refuse: postgres}", "{slow: {on: postgres}}", "s.yaml:10: slow lacks perRoundTrip; write "},
		{"{refuse: postgres}", "{slow: {on: postgres, perRoundTrip: -1s}}", "s.yaml:10: latency fault has no delay; write "},
		{"{refuse: postgres}", "{addPolicy: true}", "s.yaml:10: addPolicy takes no value; write addPolicy"},
		{"{refuse: postgres}", "{fail: {on: venue, status: 200}}", "s.yaml:10: status fault has no status of an error; write "},
		{"{refuse: postgres}", "{refuse: postgres, stop: redis}", "s.yaml:10: a fault is a mapping; it must be one"},
		// an expectation
		{"answers: 503", "answer: 503", `s.yaml:13: key "answer" is not known; did you mean "answers"?`},
		{"answers: 503", "answers: \"503\"", `s.yaml:13: answers is "503"; it must be a whole number`},
		{"answers: 503", "answers: [500, 503]", `s.yaml:13: answers is a list; did you mean "answersOneOf"?`},
		{"answers: 503", "mentions: x", "s.yaml:13: mentions cannot be asked of GET; what can be: "},
		{"answers: 503", "answers: 503\n        answers: 500", "s.yaml:14: answers is written twice; say it again in a list"},
		{"answers: 503", "answers: 503\n        and: {answers: 500}", `s.yaml:12: expectation "GET /ready answers 503 and answers 500 by 5s": `},
		{"answers: 503", "contains: 503", "s.yaml:13: contains is a number; it must be a text; put it in quotes"},
		{"answers: 503", "contains: ''", "s.yaml:13: contains is empty: that says nothing"},
		{"answers: 503", "showing: {status: [UP]}", "s.yaml:13: showing status is a list; it must be a text, a number or a boolean"},
		{"answers: 503", "showing: status", "s.yaml:13: showing is a text; it must be a mapping of fields"},
		{"answers: 503", "showing: {status: UP, status: DOWN}", "s.yaml:13: showing status is written twice"},
		{"answers: 503", "matching: {status: '('}", "s.yaml:13: matching status is no pattern: "},
		{"answers: 503", "since: {milestone: opened}", `s.yaml:12: expectation "GET /ready by 5s since opened" checks nothing, so it cannot fail`},
		{"answers: 503", "answers: 503\n        since: {milestone: opened}", "s.yaml:12: scenario db-refused: expectation "},
		{"answers: 503", "answers: 503\n        since: {notBefore: 2s}", "s.yaml:14: since lacks milestone"},
		{"answers: 503", "answers: 503\n        as: neighbor", `s.yaml:14: caller "neighbor" is not known; known: `},
		{"answers: 503", "answers: 503\n        undisturbed: false", `s.yaml:14: undisturbed is "false"; it must be true, or left out`},
		{"        answers: 503\n", "", `s.yaml:12: expectation "GET /ready by 5s" checks nothing, so it cannot fail`},
		{"by: 5s", "by: 5", `s.yaml:14: by is "5"; it must be a duration`},
		{"by: 5s", "by: -5s", "s.yaml:12: expectation "},
		{"      - GET: /ready\n        answers: 503", "      - GETS: /ready\n        answers: 503", `s.yaml:12: key "GETS" is not known; did you mean "GET"?`},
		{"      - GET: /ready\n        answers: 503", "      - answers: 503", "s.yaml:12: an expectation looks at nothing; it needs one of GET, "},
		{"      - GET: /ready\n        answers: 503", "      - GET: /ready\n        POST: /ready\n        answers: 503", "s.yaml:13: an expectation looks at one thing: GET or POST"},
		{"probe: log", "probe: logs", `s.yaml:16: probe "logs" is not known; did you mean "log"?`},
		{"probe: log", "log: true", `s.yaml:16: key "log" is not known; did you mean "probe: log"?`},
		{"        proves: db.symptom.503\n", "", "s.yaml:2: scenario db-refused: proves no claim"},
		{"proves: db.symptom.503", "proves: db.symptom.504", `s.yaml:12: scenario db-refused names claim "db.symptom.504": did you mean "db.symptom.503"?`},
		{"proves: db.symptom.503", "proves: db.symptom.503\n        inferred: true", "s.yaml:12: expectation "},
		// steps and remedies
		{"command: pg_isready -h $DB_HOST\n    remedy", "comand: pg_isready\n    remedy", `s.yaml:20: key "comand" is not known; did you mean "command"?`},
		{"restart: db.symptom.503", "reboot: db.symptom.503", `s.yaml:22: key "reboot" is not known; known: `},
		{"restart: db.symptom.503", "scale: {claim: db.symptom.503, replicas: 1}", "s.yaml:2: scenario db-refused: remedy "},
		{"restart: db.symptom.503", "restart: db.nothing", `s.yaml:22: scenario db-refused names claim "db.nothing": no file of claims has it`},
		// claims
		{"subject: orders\nclaims:", "subject: orders\nclaim:", `c.yaml:2: key "claim" is not known; did you mean "claims"?`},
		{"id: db.symptom.503", "id: db", `c.yaml:3: claim "db": an id is made of parts in kebab case`},
		{"facts: [\"503\"]", "facts: [503]", "c.yaml:6: facts is a number; it must be a text; put it in quotes"},
		{"    facts: [\"503\"]\n    words: [order]\n", "", `c.yaml:3: claim "db.symptom.503": nothing tells its statement from others`},
		{"    text: orders are answered 503\n", "", `c.yaml:3: claim "db.symptom.503" lacks its text`},
		{"words: [order]", "words: [order]\n    command: ls", `c.yaml:3: claim "db.symptom.503": it is made by a command, by a field, or by a sentence`},
		{"field: {key: database, value: UP}", "field: {value: UP}", "c.yaml:15: a field lacks its key"},
		{"words: [order]", "words: [order]\n    counterExamples: [{world: w}]", "c.yaml:8: a counter-example needs the world"},
		{"id: db.resolution.ping", "id: db.symptom.503", "c.yaml:8: claim db.symptom.503 is already in c.yaml:3"},
	} {
		if !strings.Contains(claimsText+scenariosText, c.old) {
			t.Errorf("%q is in neither file", c.old)
			continue
		}
		_, err := read(strings.Replace(claimsText, c.old, c.now, 1), strings.Replace(scenariosText, c.old, c.now, 1))
		var wrong *file.Error
		if !errors.As(err, &wrong) {
			t.Errorf("%q: want %q, got %v", c.now, c.want, err)
			continue
		}
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q:\nwant %s\n got %s", c.now, c.want, err)
		}
	}
}

// TestSeveralFiles: ids are looked for in all of them.
func TestSeveralFiles(t *testing.T) {
	s := func(text string) file.Source { return file.Source{Name: "s.yaml", Text: []byte(text)} }
	c := file.Source{Name: "c.yaml", Text: []byte(claimsText)}
	other := s(strings.Replace(scenariosText, "id: db-refused", "id: db-refused-again", 1))
	got, err := file.Read([]file.Source{c}, []file.Source{s(scenariosText), other})
	if err != nil || len(got.Scenarios) != 2 || got.Subject != "orders" {
		t.Errorf("%d scenarios about %q: %v", len(got.Scenarios), got.Subject, err)
	}
	if _, err := file.Read([]file.Source{c, c}, []file.Source{s(scenariosText), s(scenariosText)}); err == nil ||
		!strings.Contains(err.Error(), "c.yaml:3: claim db.symptom.503 is already in c.yaml:3") || !strings.Contains(err.Error(), "s.yaml:2: scenario db-refused is already in s.yaml:2") {
		t.Errorf("the same twice: %v", err)
	}
	if _, err := file.Read(nil, []file.Source{s(scenariosText)}); err != nil {
		t.Errorf("scenarios alone: %v", err)
	}
}
