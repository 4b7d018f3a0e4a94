package symptoms

import (
	_ "embed"
	"encoding/json"
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// DurationsFile has how long each scenario took, in seconds, on an idle machine with
// two cores; make bench writes it.
const DurationsFile = "durations.json"

//go:embed durations.json
var durationsText []byte

var durations = func() (seconds map[string]float64) {
	if err := json.Unmarshal(durationsText, &seconds); err != nil {
		panic(DurationsFile + ": " + err.Error())
	}
	return seconds
}()

// Takes is how long a scenario may be expected to take: as long as it once did, and
// never less than it waits. It decides the order of play, and nothing else.
func Takes(s Scenario) time.Duration {
	return max(s.MinimumDuration(), time.Duration(durations[s.ID]*float64(time.Second)))
}
