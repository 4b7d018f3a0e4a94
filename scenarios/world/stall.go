package world

import (
	"time"
)

// StallLimit is how long what no fault can reach may take to answer. Beyond it
// the host, and not the service, may be why a promise was not kept: a probe
// waits a second for an answer. Measured (two cores): at most 0.5 s with sixteen
// scenarios side by side, and seconds where other programs take all of the time.
const StallLimit = time.Second
