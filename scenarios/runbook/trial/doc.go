// Package trial puts the commands of a runbook on trial: which of them are
// executed in which worlds, and what follows from what they showed.
//
// A command must run as printed where nothing is wrong, show what the document
// says it shows, and, where it is a diagnosis, read differently in the very
// world that it is meant to recognise. It is pure: the executing is done by
// whoever plays the scenarios that it makes.
package trial
