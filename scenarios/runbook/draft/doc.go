// Package draft makes the first edition of claims and scenarios for a runbook that none
// are known of: what stands under the symptoms of a section is observed while the fault
// is in force that the section describes.
//
//	draft       the whole: topics, and the claims that are used
//	scenario    what every scenario has: steady state, recovery, severity, budget
//	topic       a section with its symptoms and steps
//	cause       which dependency is broken, and how
//	request     which requests the document names
//	observe     what a symptom has the service show
//	steps       commands that diagnose, and remedies
//	variables   variables without which the service does not start
//	claims      ids, and what tells a statement from the others
//	words       the words by which all that is recognised
//
// What is not recognised is left out: a draft claims nothing that it cannot try. A number
// that the document does not give is a default, with a comment that says so.
package draft
