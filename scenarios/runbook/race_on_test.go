//go:build race

package runbook_test

// raceEnabled: under the race detector everything is many times slower.
const raceEnabled = true
