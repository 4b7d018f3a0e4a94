package gameday

import (
	"strings"
	"testing"
	"time"
)

// played is a game of one fault that was played as drawn.
func played(t *testing.T) (Record, string) {
	t.Helper()
	d, err := NewDraw(7, rules(), list())
	if err != nil {
		t.Fatal(err)
	}
	r := Record{Sealed: Sealed{Draw: d, Salt: strings.Repeat("ab", 32)}, Began: time.Unix(1000, 0), Outcome: Resolved}
	r.Events = []Event{{Kind: Injected, By: ByGame, Scenario: d.Plays[0].Scenario, At: r.Began.Add(d.Rules.Real(d.Plays[0].At) + time.Second)}}
	hash, err := r.Sealed.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return r, hash
}

func TestWhatWasChangedIsFound(t *testing.T) {
	r, hash := played(t)
	if err := r.Check(hash); err != nil {
		t.Errorf("an honest game: %v", err)
	}
	for want, change := range map[string]func(*Record){
		"published was":        func(r *Record) { r.Sealed.Salt = strings.Repeat("cd", 32) },
		"does not follow":      func(r *Record) { r.Sealed.Draw.Plays = []Play{{Candidate: list()[2], At: time.Minute}} },
		"the salt has":         func(r *Record) { r.Sealed.Salt = "1" },
		"nothing can be drawn": func(r *Record) { r.Sealed.Draw.Rules.Players = 0 },
		"was injected":         func(r *Record) { r.Events[0].Scenario = "another" },
		"after the time":       func(r *Record) { r.Events[0].At = r.Began },
		"not injected":         func(r *Record) { r.Events = nil },
		"2 faults were":        func(r *Record) { r.Events = append(r.Events, r.Events[0]) },
	} {
		r, hash := played(t)
		r.Events = append([]Event{}, r.Events...)
		change(&r)
		if err := r.Check(hash); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// TestAFacilitatorsFaultIsNotTheDraws: what is injected by hand beside it.
func TestAFacilitatorsFaultIsNotTheDraws(t *testing.T) {
	r, hash := played(t)
	r.Events = append(r.Events, Event{Kind: Injected, By: ByFacilitator, Scenario: "redis-slow", At: r.Began})
	if err := r.Check(hash); err != nil {
		t.Error(err)
	}
}

func TestABoxTellsNothing(t *testing.T) {
	short, err := Box("key", []byte("database-refused"))
	if err != nil {
		t.Fatal(err)
	}
	long, err := Box("key", []byte(strings.Repeat("venue-down ", 50)))
	if err != nil {
		t.Fatal(err)
	}
	if len(short) != len(long) {
		t.Errorf("the length of a box, %d or %d, says what is in it", len(short), len(long))
	}
	text, err := Unbox("key", short)
	if err != nil || strings.TrimSpace(string(text)) != "database-refused" {
		t.Errorf("%q, %v", text, err)
	}
	changed := []byte(short)
	changed[40] ^= 1
	for name, try := range map[string]func() ([]byte, error){
		"another key": func() ([]byte, error) { return Unbox("other", short) },
		"changed":     func() ([]byte, error) { return Unbox("key", string(changed)) },
		"truncated":   func() ([]byte, error) { return Unbox("key", short[:8]) },
		"no key":      func() ([]byte, error) { return Unbox("", short) },
	} {
		if text, err := try(); err == nil {
			t.Errorf("%s: %q", name, text)
		}
	}
}
