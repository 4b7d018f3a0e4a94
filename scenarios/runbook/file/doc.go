// Package file reads and writes scenarios and claims as YAML, in the words of the
// vocabulary: a scenario that is read is made by the functions that scenario files in
// Go call, so that both are held to the same rules.
//
//	problem, node           what is wrong, and in which line; strict reading of YAML
//	word                    the words of each kind of expectation, found in the vocabulary
//	expectation, say        reading an expectation, and what is said of it
//	fault, remedy, scenario reading one of each
//	claim                   claims, and what is needed to find their statements
//	content                 several files, held against each other
//	write_*                 the same, written
//
// A misspelled key, a value of the wrong type and whatever the vocabulary rejects is an
// [Error] that names file and line. Durations are written as in a runbook: 30s, 2m.
package file
