// Package fault is the half of the vocabulary that says what is broken: a [Fault]
// is a value, and each kind has a file with its constructor, its words and what
// it needs.
//
//	fault           what the engine asks of a fault of whatever kind
//	needs           what a testbed must offer
//	values          what several kinds ask of their values
//	the others      one kind of fault each
package fault
