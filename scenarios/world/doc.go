// Package world is the port between playing a scenario and the real thing: a
// [World] holds the service and its dependencies, an [Injection] one fault in
// it. Worlds of real parts are lanes (fixtures/lane); scenarios/sim has one in
// memory.
package world
