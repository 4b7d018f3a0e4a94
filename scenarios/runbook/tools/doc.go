// Package tools knows the options and subcommands of the programs that
// runbooks use, and says what is wrong with how one is called.
//
// The tables are made from the programs' own help (go test -update); what newer
// or older versions have besides stands in also.go, with its source.
package tools
