package trial

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/hazards"
)

// Input is what a trial goes by.
type Input struct {
	Document *document.Document
	// Claims names the claim of a statement, by the statement's id.
	Claims map[string]string
	// Executions are those that can be believed, with their statements.
	Executions []scenarios.Execution
	// Untried says by statement why it was not executed, or cannot be believed.
	Untried map[string]string
}

// Judge gives every command of the document its verdict, in its order. What is
// said of a command's output by another statement, and is not so, gets one too.
func Judge(in Input) []ledger.Trial {
	byID := map[string][]scenarios.Execution{}
	for _, x := range in.Executions {
		byID[x.Statement] = append(byID[x.Statement], x)
	}
	var list []ledger.Trial
	for _, s := range in.Document.Statements {
		if s.Kind != document.Command && s.Kind != document.Query || s.Untestable != "" {
			continue
		}
		j := &weighing{in: in, statement: s, runs: byID[s.ID]}
		t := ledger.Trial{Statement: shown(s), Claim: in.Claims[s.ID], Executions: j.runs}
		t.Verdict, t.Reason, t.CounterExample = j.verdict()
		list = append(list, t)
		for _, c := range j.otherwise {
			if c.By.ID != s.ID {
				list = append(list, ledger.Trial{
					Statement: shown(c.By), Claim: in.Claims[c.By.ID], Verdict: ledger.False,
					Reason: fmt.Sprintf("%s: %s", j.brief(), c.Saw),
				})
			}
		}
		for _, k := range j.kept {
			list = append(list, ledger.Trial{
				Statement: shown(k.By), Claim: in.Claims[k.By.ID], Verdict: ledger.True,
				CounterExample: fmt.Sprintf("%s: %s", k.Otherwise.World, k.Saw),
			})
		}
	}
	return list
}

type weighing struct {
	in        Input
	statement document.Statement
	runs      []scenarios.Execution
	// otherwise is what is shown otherwise than said, kept what is shown as said
	// and could be otherwise.
	otherwise []hazards.Contradiction
	kept      []hazards.Kept
}

func (j *weighing) verdict() (v ledger.ClaimVerdict, reason, counterExample string) {
	healthy := j.healthy()
	switch {
	case j.statement.Kind == document.Query:
		return ledger.Untested, "a statement of SQL names no program that would send it", ""
	case len(j.runs) == 0 || len(healthy) == 0:
		return ledger.Untested, j.untried(), ""
	}
	ran := j.ran(healthy)
	if len(ran) == 0 {
		// Where somebody could not be tried, the failure of the others says nothing.
		for _, x := range healthy {
			if x.Unsupported != "" {
				return ledger.Untested, x.Unsupported, ""
			}
		}
		return ledger.False, "does not run as printed where nothing is wrong: " + failed(healthy[0]), ""
	}
	j.otherwise = hazards.Contradictions(j.in.Document, j.statement, ran)
	for _, c := range j.otherwise {
		if c.By.ID == j.statement.ID {
			return ledger.False, "shows something else than said: " + c.Saw, ""
		}
	}
	j.kept = hazards.KeptPromises(j.in.Document, j.statement, ran, j.broken())
	if said := shut(ran[0]); said != "" {
		return ledger.False, said, ""
	}
	for _, x := range ran {
		if len(x.Before)+len(x.After) > 0 {
			return ledger.Untested, "ran: " + x.String() + "; nothing shows that it could do otherwise", ""
		}
	}
	return j.tellsApart(ran)
}

// healthy lists the executions of the healthy world, one of each role.
func (j *weighing) healthy() []scenarios.Execution {
	var list []scenarios.Execution
	roles := map[string]bool{}
	for _, x := range j.runs {
		if x.World == scenarios.WorldHealthy && !roles[x.As] {
			roles[x.As] = true
			list = append(list, x)
		}
	}
	return list
}

// broken lists the executions of worlds in which something is wrong.
func (j *weighing) broken() []scenarios.Execution {
	return slices.DeleteFunc(slices.Clone(j.runs), func(x scenarios.Execution) bool {
		switch x.World {
		case scenarios.WorldHealthy, scenarios.WorldHealed, scenarios.WorldEmpty, scenarios.WorldLarge, scenarios.WorldOdd:
			return true
		}
		return x.Unsupported != ""
	})
}

// ran leaves those that did not fail.
func (j *weighing) ran(list []scenarios.Execution) []scenarios.Execution {
	var well []scenarios.Execution
	for _, x := range list {
		if x.Unsupported == "" && hazards.Failure(x) == "" && (x.Ended == "" || x.Ran()) {
			well = append(well, x)
		}
	}
	return well
}

func failed(x scenarios.Execution) string {
	if said := hazards.Failure(x); said != "" && !strings.Contains(x.String(), said) {
		return x.Ending() + ": " + said
	}
	return x.String()
}

// shut says what keeps a command from the answer that it is for.
func shut(x scenarios.Execution) string {
	answer := strings.TrimSpace(x.Stdout)
	if answer == "null" {
		return "prints null: the answer has no such field"
	}
	for _, status := range []string{"401", "403"} {
		compact := strings.ReplaceAll(answer, " ", "")
		if strings.HasPrefix(answer, "{") && strings.Contains(compact, `"status":`+status) {
			return "is not let in as printed: " + x.String()
		}
	}
	return ""
}

// tellsApart looks for the world that the question is meant to recognise.
func (j *weighing) tellsApart(ran []scenarios.Execution) (v ledger.ClaimVerdict, reason, counterExample string) {
	worlds, why := j.meant()
	if why != "" {
		return ledger.Untested, "runs: " + ran[0].String() + "; " + why, ""
	}
	alike := ""
	for _, w := range worlds {
		for _, x := range ran {
			y, ok := j.of(w, x.As)
			if !ok {
				continue
			}
			healthy := []scenarios.Execution{x}
			after, healed := j.of(scenarios.WorldHealed, x.As)
			if healed {
				healthy = append(healthy, after)
			}
			apart, drift := record.TellsApart(y, healthy...)
			switch {
			case healed && record.Normalised(y) != record.Normalised(x) && !record.MatchesBaseline(after, x, y):
				return ledger.Untested, "after the healing it still reads as under the fault: " + after.String(), ""
			case apart:
				return ledger.True, "", fmt.Sprintf("%s: %s", w, y)
			case alike != "":
			case drift != "":
				alike = "reads differently by itself, where nothing is wrong: " + drift
			default:
				alike = fmt.Sprintf("reads the same although %s: %s", w, y)
			}
		}
	}
	if alike == "" {
		alike = "runs: " + ran[0].String() + "; it was not executed in the world that it is meant for"
	}
	return ledger.Untested, alike, ""
}

// meant are the worlds that the command is there to recognise: by its own
// words, then by those of the section; any where neither says.
func (j *weighing) meant() (worlds []string, why string) {
	for _, text := range []string{j.statement.Purpose + " " + j.statement.Text, j.statement.Section()} {
		for _, m := range meant {
			if m.words.MatchString(withoutNames(text)) {
				return m.worlds, m.why
			}
		}
	}
	for _, w := range broken() {
		worlds = append(worlds, w.Fault.String())
	}
	return worlds, ""
}

// withoutNames takes out what says where a command asks, and not what for.
func withoutNames(text string) string {
	return strings.NewReplacer("event_service", "", "psql", "", "redis-cli", "").Replace(text)
}

// of is the execution of one role in a world; the last where there are more.
func (j *weighing) of(world, as string) (scenarios.Execution, bool) {
	found, ok := scenarios.Execution{}, false
	for _, x := range j.runs {
		if x.World == world && x.As == as && x.Unsupported == "" {
			found, ok = x, true
		}
	}
	return found, ok
}

func (j *weighing) untried() string {
	if why := j.in.Untried[j.statement.ID]; why != "" {
		return why
	}
	return "was not executed where nothing is wrong"
}

func (j *weighing) brief() string { return strings.Join(strings.Fields(j.statement.Text), " ") }

func shown(s document.Statement) ledger.Statement {
	return ledger.Statement{ID: s.ID, Kind: string(s.Kind), Section: s.Section(), Line: s.Line, Column: s.Column, Text: s.Text}
}
