// Package catalogue knows the system catalogue of Postgres: its relations and
// their columns, its functions, its settings and when each takes effect.
//
// The tables are made from a live server (go test -update); what other versions
// have or lack stands in versions.go, from their release notes.
package catalogue
