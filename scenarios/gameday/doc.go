// Package gameday is a game day as plain data: what is drawn, how the draw is
// sealed, what is written down while people play, and what follows from that.
//
//	draw.go       which fault, and when: a function of a seed
//	weigh.go      what is drawn more often
//	seal.go       the draw is published as a hash, and its proof
//	box.go        what is on disk before the end is encrypted
//	book.go       what a game needs of a runbook
//	record.go     what was done, seen and measured
//	milestones.go when it happened
//	effects.go    what each action changed
//	score.go      points, line by line
//	finding.go    what the game says of the runbook
package gameday
