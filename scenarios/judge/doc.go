// Package judge turns a recording into a result. It is pure: it can import
// neither a world nor what plays in one, so a verdict can be reached again from
// disk.
//
//	judge, outcomes, result, verdict, key    the verdict, and what it is made of
//	timeline, evaluator                      the recording read; one expectation followed
//	invariants, impact, signals, recovery    what holds over every answer, and the load
//	definite, weigh, contention, ended       what counts, and what the host may explain
//	claims, diagnosis                        what follows for the runbook's statements
//	arm, remedy_trial                        a remedy, done and withheld
package judge
