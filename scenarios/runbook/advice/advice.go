// Package advice finds what the text of a runbook lacks: steps that nobody can
// take, remedies that nobody checks, sections with nothing in them, and metrics
// that do not say what the words beside them say.
//
// One rule is one file.
package advice

import "github.com/runproof/runproof/scenarios/runbook/rule"

// Rules lists the rules by what they are about: steps, people, order, metrics.
func Rules() []rule.Rule {
	return []rule.Rule{
		unverified, noCommand, temporary, unnamedSetting,
		reservedAddress, escalateNobody,
		emptySection, numbering, namedSection,
		errorRatio, promQL, alertRule,
		poolLimit, evictsNeeded, fixedCount, pausedByHand, noNumber, notRestored, remedyInDiagnosis, downAndUp, configNotRead, migrationUnsaved, scriptTwice, portTwice, overlap, personalPath, testLeft, nearNames, restoreUndocumented, outputOfAnother,
	}
}
