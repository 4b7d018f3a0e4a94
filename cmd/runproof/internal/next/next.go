// Package next says what to do next: the answer to the program's name alone.
package next

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// Situation is what the advice depends on.
type Situation struct {
	// Runs is the directory of the bundles, empty where there is none.
	Runs string
	// Config is the configuration file, empty where there is none.
	Config string
}

// Text is the advice.
func (s Situation) Text() string {
	var b strings.Builder
	b.WriteString("runproof breaks what a runbook says can break, and checks whether the service does what the runbook says.\n\n")
	last, dir, ok := lastRun(s.Runs)
	if ok {
		fmt.Fprintf(&b, "Last run   %s, %s\n           %s\n\n", last.Began.UTC().Format("2006-01-02 15:04 UTC"), verdictOf(last), filepath.Join(dir, "report.html"))
	} else {
		b.WriteString("Nothing has been verified yet.\n\n")
	}
	b.WriteString("Next\n")
	for _, step := range s.steps(last, dir, ok) {
		fmt.Fprintf(&b, "  %-*s  %s\n", commandWidth, step[0], step[1])
	}
	b.WriteString("\nrunproof --help lists all commands; runproof COMMAND --help shows examples.\n")
	return b.String()
}

// commandWidth is that of the column of commands.
const commandWidth = 34

// steps are commands with what they do, the most useful first.
func (s Situation) steps(last ledger.RunResult, dir string, ran bool) [][2]string {
	first := symptoms.All()[0].ID
	var list [][2]string
	if !ran {
		list = append(list, [2]string{"runproof doctor", "check what this machine can run"})
		list = append(list, [2]string{"runproof verify " + first, "one scenario, well under a minute"})
	}
	if i := slices.IndexFunc(last.Results, func(r judge.Result) bool { return r.Verdict == judge.Failed }); i >= 0 {
		list = append(list,
			[2]string{"runproof verify " + last.Results[i].Scenario, "run alone what failed"},
			[2]string{"runproof explain " + last.Results[i].Scenario, "what it expects, and why"},
		)
	}
	if ran && last.Exit == judge.ExitUndecided {
		list = append(list, [2]string{"runproof doctor", "nothing was decided: check this machine"})
	}
	list = append(list, [2]string{"runproof verify", fmt.Sprintf("all %d scenarios, and every command of the runbook", len(symptoms.All()))})
	if ran {
		list = append(list, [2]string{"runproof report " + dir, "make the reports of the last run again"})
	}
	list = append(list, [2]string{"runproof lint --runbook FILE", "check a runbook of yours; starts nothing"})
	if s.Config == "" {
		list = append(list, [2]string{"runproof init", "write a starter runproof.yaml and a CI job"})
	}
	return list
}

// lastRun finds the newest run that came to a result. The names of the directories
// begin with the time.
func lastRun(dir string) (r ledger.RunResult, bundle string, ok bool) {
	entries, err := os.ReadDir(dir)
	if dir == "" || err != nil {
		return r, "", false
	}
	for _, e := range slices.Backward(entries) {
		bundle = filepath.Join(dir, e.Name())
		text, err := os.ReadFile(filepath.Join(bundle, reports.ResultFile))
		if err != nil {
			continue // interrupted, or none of ours
		}
		if r, err = reports.Parse(text); err == nil {
			return r, bundle, true
		}
	}
	return ledger.RunResult{}, "", false
}

// verdictOf is a run in a few words.
func verdictOf(r ledger.RunResult) string {
	failed := 0
	for _, res := range r.Results {
		if res.Verdict == judge.Failed {
			failed++
		}
	}
	word := map[int]string{judge.ExitPassed: "Passed", judge.ExitFailed: "Failed"}[r.Exit]
	if word == "" {
		word = "Undecided"
	}
	if failed > 0 {
		return fmt.Sprintf("%s: %d of %d scenarios failed", word, failed, len(r.Results))
	}
	return fmt.Sprintf("%s: none of %d scenarios failed", word, len(r.Results))
}
