package gameday

import (
	"fmt"
	"slices"
	"strings"
)

// Findings are what the game says of the runbook, for its owner.
func (r Record) Findings() (list []string) {
	note := func(format string, args ...any) {
		if text := fmt.Sprintf(format, args...); !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	helped := false
	for _, e := range r.Effects() {
		switch {
		case e.Change == Heals:
			helped = helped || e.Printed > 0
			if e.Printed == 0 {
				note("%q ended the fault, and the runbook does not say so", oneLine(e.Event.Action.Text))
			}
		case e.Change == Harmful && e.Printed > 0:
			note("line %d (%s): %q made it worse (%s)", e.Printed, e.Section, oneLine(e.Event.Action.Text), e.Why)
		case e.Change == Idle && e.Printed > 0 && SameSection(e.Section, r.section()):
			note("line %d (%s): %q changed nothing for %s", e.Printed, e.Section, oneLine(e.Event.Action.Text), r.Scenario())
		case e.Change != Read && e.Event.Action.Err != "" && e.Printed > 0:
			note("line %d (%s): %q failed: %s", e.Printed, e.Section, oneLine(e.Event.Action.Text), oneLine(e.Event.Action.Err))
		}
	}
	for _, p := range r.Sealed.Draw.Plays {
		if _, found := r.Book.Section(p.Section); !found {
			note("no section %q, which %s belongs to", p.Section, p.Scenario)
		}
		switch {
		case len(r.Book.Owners(p.Fault.On)) == 0 && !r.Book.NamesOwner(p.Fault.On):
			note("nobody is named who can be called about %s", p.Fault.On)
		case !r.Book.NamesOwner(p.Fault.On):
			note("nobody is named for %s; only who runs the platform can be called", p.Fault.On)
		}
	}
	if r.Bot == BotRunbook && !helped && r.healedByGame() {
		note("the runbook alone does not end %s", r.Scenario())
	}
	return list
}

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > 120 {
		return string(runes[:120]) + "..."
	}
	return s
}
