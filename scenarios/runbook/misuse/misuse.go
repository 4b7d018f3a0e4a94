// Package misuse finds commands that run and do, or show, something else than
// was meant: what a program makes of the words it is given.
//
// One rule is one file.
package misuse

import "github.com/runproof/runproof/scenarios/runbook/rule"

// Rules lists the rules by the programs that they are about.
func Rules() []rule.Rule {
	return []rule.Rule{
		curlBody, jsonArgument, standardError, humanSort, grepItself, watchPiped, encodedNewline, worldWritable, expandedHere, openLogRemoved, dropCaches, heldBack,
		unnamedWorkload, drainRefused, headerCounted, eventsUnsorted, logOfOnePod, leftBehind, autoscaled, inputLost, topOrder,
		awsUsage, kafkaUsage, nginxUntested, testedTooLate, certificateNotLoaded,
		dumpLocks, restoreErrors, infoSection, scanOnce, redisConfiguration,
		nothingAsked, namespaceLost, rowsAsNames, allMembers, matchesAll, shellLimit, redirectToMany, usedAtOnce, findPattern, literalCondition, exitPasted, pathOfWindows, unappliedVariable,
		notBuilt, detachedPull, composeFiles, resumedOnly, repairRunning, stoppedLeft, keptInside, endlessKept, analyzeRuns, partitionNotGrown,
	}
}
