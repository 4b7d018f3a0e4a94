// Package defects holds the mutants of the event-service: named single
// faults of its implementation, for whoever has to show that a test can fail.
//
// Each defect replaces one mechanism of the service in its composition root
// (app.Parts) by one that is broken in the way its name says; none imitates
// the outcome in HTTP. One mutant has one defect, and is the honest service in
// everything else.
//
// The package is compiled everywhere, so that it is vetted and tested with the
// rest, and imported by builds tagged "defects" alone: no other binary
// contains any of it.
//
//	go build -tags defects ./cmd/event-service
//	event-service defects                     list them
//	event-service --defect breaker-never-opens
package defects
