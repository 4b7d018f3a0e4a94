//go:build !defects

package main

import "github.com/runproof/runproof/cmd/event-service/internal/app"

// run is the service as it is meant to be.
var run = app.Main
