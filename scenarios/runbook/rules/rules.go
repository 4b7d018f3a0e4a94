// Package rules finds what is wrong with the commands and the advice of a
// runbook, by reading it alone: commands that cannot run, never end, cannot
// show what their words say, or destroy more than they say.
//
// One rule is one file. Those about what a program makes of a command are in
// package misuse, those about what the text lacks in package advice.
package rules

import (
	"slices"

	"github.com/runproof/runproof/scenarios/runbook/advice"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/manifest"
	"github.com/runproof/runproof/scenarios/runbook/misuse"
	"github.com/runproof/runproof/scenarios/runbook/purpose"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// list has the rules by what they are about: what cannot run, what does harm,
// what Postgres has, what cannot show what it should, what the text lacks.
var list = []rule.Rule{
	toolUsage, helmRelease, curlAddress, quotingOfVariables, heredoc, terminal, neverEnds, redirectAsRoot, grepAlternatives, exitStatus, localAddress,
	destructiveSQL, destructiveCommand, emptyVariable, xargsEmpty, keysCommand, notKept, runningOnly,
	sqlCatalogue, sqlSettings, sqlTransaction, sqlLocks, idleListed, openTransactions, restoreFormat,
	logsOfLabel, newestFirst, writeProbe, grepPrinted, hitRate, poolStatus, readOnlyAction,
	secret, reference,
	unnamedDefault, unnamedSwitch, noContact, stepOrder,
}

// All lists the rules of this package, misuse, purpose, advice and manifest for lint.Run.
func All() []lint.Rule {
	return rule.All(slices.Concat(list, misuse.Rules(), purpose.Rules(), advice.Rules(), manifest.Rules()))
}
