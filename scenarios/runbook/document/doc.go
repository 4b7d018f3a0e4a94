// Package document reads a runbook: Markdown becomes statements, each with its
// place in the file and an id that stays when what is around it is re-ordered
// or worded anew.
//
// A statement is one checkable line: a symptom, a command with its comment, a
// field of an expected output, a row of a table, a setting, a link, a sentence.
// The parser knows nothing of any service; it takes every text for a runbook,
// and finds less in a text that is none.
package document
