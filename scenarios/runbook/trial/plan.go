package trial

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// section is where the plays say that they belong.
const section = "Commands as printed"

// budget bounds one play without the commands themselves, which are bounded
// one by one.
const budget = 4 * time.Minute

// Plays makes the scenarios in which the commands of a document are executed:
// one in which all questions are asked, in the healthy world and in each
// broken one; one for each command that changes something; one for each other
// state of the data, where questions come first. The steps carry the id of
// their statement in the place of a claim. Writes says which commands change
// something. The two that take the longest come first.
func Plays(d *document.Document, writes func(command string) bool) []scenarios.Scenario {
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
	var list []scenarios.Scenario
	if len(questions) > 0 {
		list = append(list, asking(questions))
	}
	others := func(data string) {
		if some := about(data, append(slices.Clone(questions), acts...)); len(some) > 0 {
			list = append(list, still("commands-"+slug(data), "where there is: "+data, data, some...))
		}
	}
	others(scenarios.WorldLarge)
	if len(once) > 0 {
		list = append(list, still("commands-kubectl", "commands for a cluster", "", once...))
	}
	for i, steps := range byCommand(acts) {
		list = append(list, still(fmt.Sprintf("commands-act-%d", i+1), "a command that changes something: "+steps[0].Command, "", steps...))
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
func asking(steps []scenarios.Step) scenarios.Scenario {
	s := still("commands", "the runbook's questions, with and without a fault", "", steps...)
	for i, w := range broken() {
		stage := scenarios.Stage{Fault: w.fault, During: w.settled}
		if i == 0 {
			s.Fault, s.During = stage.Fault, stage.During
			continue
		}
		s.Escalates = append(s.Escalates, stage)
	}
	s.After = []scenarios.Expectation{
		scenarios.GET("/health/ready").Answers(200).By(15 * time.Second),
		scenarios.POST("/api/v1/events", "trial-after").Answers(201).By(breakerTimeout),
	}
	return s
}

// still is a play in which nothing is broken.
func still(id, title, data string, steps ...scenarios.Step) scenarios.Scenario {
	return scenarios.Scenario{
		ID: id, Title: title, Section: section, Severity: scenarios.P3, Budget: budget,
		Data: data, Tried: data == "",
		Steady:    []scenarios.Expectation{scenarios.GET("/health/ready").Answers(200).By(15 * time.Second)},
		Diagnosis: steps,
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
