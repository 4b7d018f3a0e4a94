package record

import "fmt"

// Playing is one time that a scenario is played.
type Playing struct {
	Scenario string `json:"scenario"`
	// Repetition counts those of a run, Attempt what is retried; both from zero.
	Repetition int `json:"repetition,omitempty"`
	Attempt    int `json:"attempt,omitempty"`
	// Arm counts the arms of the scenario's remedies from one; zero: it is none.
	Arm int `json:"arm,omitempty"`
	// Baseline says that it is of the build that another one is compared with, and
	// which is played beside it.
	Baseline bool `json:"baseline,omitempty"`
}

// Dir is the name of the directory that keeps what is recorded of it.
func (p Playing) Dir() string {
	dir := p.Scenario
	if p.Arm > 0 {
		dir += fmt.Sprintf("-arm-%d", p.Arm)
	}
	if p.Repetition > 0 {
		dir += fmt.Sprintf("-repetition-%d", p.Repetition+1)
	}
	if p.Attempt > 0 {
		dir += fmt.Sprintf("-attempt-%d", p.Attempt+1)
	}
	return dir
}

// Alone reports whether no other world may be open beside it, of whatever
// process: the company may be why an attempt before it decided nothing.
func (p Playing) Alone() bool { return p.Attempt > 0 }
