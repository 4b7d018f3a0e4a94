package bundle

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

const (
	scenariosDir   = "scenarios"
	definitionFile = "scenario.json"
	// EventsFile is the name of the file that has the events of a playing.
	EventsFile = "events.jsonl"
)

// Definition says what a playing was to show. It lies beside the events.
type Definition struct {
	Format  int            `json:"format"`
	Playing record.Playing `json:"playing"`
	Mode    scenarios.Mode `json:"mode"`
}

// header is the first line of a file of events.
type header struct {
	Format int `json:"format"`
}

// define writes the definition of a playing into its directory.
func define(dir string, d Definition) error {
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, definitionFile), append(text, '\n'), 0o644)
}
