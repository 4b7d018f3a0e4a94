package main

// hardCoded hard-codes the answers of a healthy service.
type hardCoded struct{}

func (hardCoded) health() (database, redis bool, circuit string) { return true, true, "CLOSED" }

func (hardCoded) venue() bool { return true }

func (hardCoded) store(string, event) bool { return true }

func (hardCoded) find(_, _ string) (event, bool, bool) { return event{}, false, true }

func (hardCoded) list(string) ([]event, bool) { return nil, true }
