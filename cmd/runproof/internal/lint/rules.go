package lint

import (
	"fmt"
	"io"
	"slices"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/repository"
	"github.com/runproof/runproof/scenarios/runbook/rules"
)

// allRules are the rules of the document and its claims, and those of its
// commands and its advice.
func allRules() []lint.Rule { return slices.Concat(lint.Rules(), rules.All()) }

// rulesOf are the rules that the options ask for, and the facts of the
// repository that some of them use, or nil.
func rulesOf(o Options) ([]lint.Rule, *repository.Facts, error) {
	if o.Repository == "" {
		list, err := o.enabled(allRules())
		return list, nil, err
	}
	facts, err := repository.Read(o.Repository)
	if err != nil {
		return nil, nil, exit.Usage("--against: %w", err)
	}
	if facts.Empty() {
		return nil, nil, exit.Usage("--against %s: no manifest, compose file, contract, alert, variable, migration or Dockerfile was found in it", o.Repository)
	}
	list, err := o.enabled(append(allRules(), repository.Rules(facts)...))
	return list, facts, err
}

// reportFacts tells what was read of a repository and what was not; beside a
// format for programs it goes to standard error.
func reportFacts(o Options, facts *repository.Facts, out io.Writer) {
	if o.Output != "text" {
		out = o.aside
	}
	fmt.Fprintf(out, "read in %s: %s\n", o.Repository, facts.Count())
	for _, u := range facts.Unread {
		fmt.Fprintf(out, "not read: %s: %s\n", u.File, u.Reason)
	}
}
