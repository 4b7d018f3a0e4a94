// Package scenarios is the vocabulary and the engine of runproof.
//
// A [Scenario] scripts one symptom of a runbook as data: what must hold
// before, which [Fault] is injected, what must be seen while it is in force
// and what afterwards. [Play] carries a scenario out in a [World] and records
// every event; [Judge] turns the recording into a [Result]. Playing touches
// the world and decides nothing; judging is pure, so a verdict can be reached
// again from the recording alone.
//
// This package imports the standard library only. Worlds of real parts live
// in fixtures, an in-memory world in scenarios/sim, the scenarios themselves
// in scenarios/symptoms.
package scenarios
