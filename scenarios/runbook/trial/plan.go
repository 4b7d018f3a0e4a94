package trial

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// Plays are the commands of a document in the order in which they are executed:
// one in which all questions are asked, in the healthy world and in each
// broken one; one for each command that changes something; one for each other
// state of the data, where questions come first. The steps carry the id of
// their statement in the place of a claim. Writes says which commands change
// something. The two that take the longest come first.
func Plays(d *document.Document, writes func(command string) bool) []scenarios.Commands {
	var questions, acts, once []scenarios.Step
	for _, s := range d.Statements {
		if s.Kind != document.Command || s.Untestable != "" {
			continue
		}
		step := scenarios.Sh(s.ID, s.Text)
		switch {
		case strings.Contains(s.Text, "kubectl"):
			once = append(once, step) // no world makes a difference without a cluster
		case writes(s.Text):
			acts = append(acts, step)
		default:
			questions = append(questions, step)
		}
	}
	var list []scenarios.Commands
	if len(questions) > 0 {
		list = append(list, asking(questions))
	}
	others := func(data string) {
		if some := about(data, append(slices.Clone(questions), acts...)); len(some) > 0 {
			list = append(list, scenarios.Commands{ID: "commands-" + slug(data), Title: "where there is: " + data, Data: data, Steps: some})
		}
	}
	others(scenarios.WorldLarge)
	if len(once) > 0 {
		list = append(list, scenarios.Commands{ID: "commands-kubectl", Title: "commands for a cluster", Steps: once})
	}
	for i, steps := range byCommand(acts) {
		list = append(list, scenarios.Commands{
			ID: fmt.Sprintf("commands-act-%d", i+1), Title: "a command that changes something: " + steps[0].Command, Steps: steps,
		})
	}
	for _, data := range []string{scenarios.WorldEmpty, scenarios.WorldOdd, scenarios.WorldNoTenant} {
		others(data)
	}
	return list
}

// byCommand groups steps of the same text: the document says it more than once.
func byCommand(steps []scenarios.Step) [][]scenarios.Step {
	var groups [][]scenarios.Step
	for _, step := range steps {
		i := slices.IndexFunc(groups, func(g []scenarios.Step) bool { return g[0].Command == step.Command })
		if i < 0 {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], step)
	}
	return groups
}

// asking asks all questions in the healthy world and in every broken one.
func asking(steps []scenarios.Step) scenarios.Commands {
	return scenarios.Commands{
		ID: "commands", Title: "the runbook's questions, with and without a fault", Steps: steps, Broken: broken(),
		After: []scenarios.Expectation{
			scenarios.GET("/health/ready").Answers(200).By(15 * time.Second),
			scenarios.POST("/api/v1/events", "trial-after").Answers(201).By(breakerTimeout),
		},
	}
}

// about leaves the commands to which a state of the data can make a difference.
func about(data string, steps []scenarios.Step) []scenarios.Step {
	var list []scenarios.Step
	for _, step := range steps {
		redis, postgres := strings.Contains(step.Command, "redis-cli"), strings.Contains(step.Command, "psql")
		if redis && data != scenarios.WorldNoTenant || postgres && (data == scenarios.WorldNoTenant || data == scenarios.WorldEmpty) {
			list = append(list, step)
		}
	}
	return list
}

func slug(data string) string { return document.Slug(data, 4) }
