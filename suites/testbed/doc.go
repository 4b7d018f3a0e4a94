// Package testbed opens lanes in each of which something is different: the
// harness or the service is broken in one way, so that a suite can see it
// caught. It changes what a lane shows of itself before the service starts, or
// what the clients of the service reach once it has.
package testbed
