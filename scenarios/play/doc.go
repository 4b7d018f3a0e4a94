// Package play carries scenarios out and records every event. It touches the
// world and decides nothing: what ends a wait is the judge's own evaluator, and
// the verdict is made of the recording afterwards.
//
//	run, retry, arms     lists of scenarios side by side, and what is played twice
//	play, stage, arm     the course of one
//	await, milestone     waiting for an expectation, or for what it counts from
//	traffic, diagnose    the load beside it, the runbook's commands
//	ended, waits         the end of what a world stands on; the pauses
package play
