// Package purpose holds a command against the words over it: commands that
// cannot show what the words ask for, that have another number or another state
// than the words, or that look once where the words say to wait.
//
// One rule is one file.
package purpose

import "github.com/runproof/runproof/scenarios/runbook/rule"

// Rules lists the rules.
func Rules() []rule.Rule {
	return []rule.Rule{cannotShow, otherNumber, otherState, waitOnce}
}
