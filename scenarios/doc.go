// Package scenarios is the vocabulary of runproof: all that a scenario may say.
//
// A [Scenario] scripts one symptom of a runbook as data: what must hold
// before, which [fault.Fault] is injected, what must be seen while it is in force
// and what afterwards. It knows nobody who uses it and imports the standard
// library only; the faults have a package beside it, scenarios/fault.
//
// # Map
//
//	scenario, severity, basis, mode, phase, arm    a scenario and its frame
//	expectation(_rules), check, refusal            what must be seen, and by when
//	builder, document, after_reading               the words that several kinds of expectation share
//	http, log, isolation, cache, hits, calls,
//	command, process, audit                        one kind of expectation each
//	probe                                          what is looked at, as data
//	observation, execution                         what was seen
//	remedy, step, commands                         what the runbook prescribes, and tells to run
//	load, waits, minimum_duration                  the traffic, and waits that a scenario must fit in
//
// Beside it: scenarios/record is what is written down while playing,
// scenarios/world the port to the real thing, scenarios/play carries a scenario
// out, scenarios/judge turns a recording into a result, scenarios/ledger results
// into claims. The scenarios themselves are in scenarios/symptoms.
package scenarios
