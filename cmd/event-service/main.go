// Command event-service is the reference event-service: the most literal
// implementation of its runbook that can exist.
//
//	event-service            serve (the same as "event-service serve")
//	event-service migrate    bring the database's schema up to date
//	event-service help       every command and every environment variable
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}
