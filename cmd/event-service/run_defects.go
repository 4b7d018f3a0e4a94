//go:build defects

package main

import "github.com/runproof/runproof/cmd/event-service/internal/defects"

// run is the service with one thing wrong, if the flag --defect asks for it.
var run = defects.Main
