// Package script takes the shell commands of a document apart: every simple
// command with its words, the pipeline that it is part of, and the commands
// that it hands on to another program or machine (sudo, ssh, kubectl exec).
//
// A word that depends on something the document does not print, a variable or
// a name to be filled in, is marked: no rule may be sure of it.
package script
