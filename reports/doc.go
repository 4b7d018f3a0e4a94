// Package reports turns a [ledger.RunResult] into what people and machines
// read: JSON, JUnit, Markdown, HTML and lines for a terminal.
//
// Every report is a pure function of the result, so that it can be made again
// from a bundle, byte for byte. Writing files is the caller's part; [All] lists
// what belongs into a bundle and under which name.
//
// Nearly every text in a result comes from outside: answers of a target, its
// log, an error of somebody's library. Each format therefore escapes all of
// them, and no report is ever greener than the verdicts it shows.
package reports
