// Package compare says what changed from one run to another, the baseline and the
// candidate: verdicts, claims, findings, times. It is a pure function of two
// results; package reports shows what comes out.
//
// What decides and what does not: a scenario that failed where it passed, a claim
// that became FALSE, definite evidence that is new, a time beyond its band. A
// scenario that was Broken, flaky or not played is undecided, never a regression
// and never a pass; definite evidence counts whatever else came about.
package compare
