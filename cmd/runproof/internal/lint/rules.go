package lint

import (
	"slices"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rules"
)

// allRules are the rules of the document and its claims, and those of its
// commands and its advice.
func allRules() []lint.Rule { return slices.Concat(lint.Rules(), rules.All()) }
