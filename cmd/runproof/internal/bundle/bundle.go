// Package bundle writes the directory that a run leaves: every event of every
// scenario as it happens, and the reports at the end.
package bundle

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook"
)

// Bundle is an open bundle.
type Bundle struct{ dir string }

// Create makes the directory of a run below out, and shows by writing to it
// that it can be written to.
func Create(out, runID string) (*Bundle, error) {
	dir, err := filepath.Abs(filepath.Join(out, runID))
	if err != nil {
		return nil, fmt.Errorf("output directory: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "scenarios"), 0o755); err != nil {
		return nil, fmt.Errorf("output directory: %w", err)
	}
	return &Bundle{dir: dir}, nil
}

// Dir is the bundle's directory.
func (b *Bundle) Dir() string { return b.dir }

// Scenario is the directory of one scenario; it is made when asked for.
func (b *Bundle) Scenario(id string) (string, error) {
	dir := filepath.Join(b.dir, "scenarios", id)
	return dir, os.MkdirAll(dir, 0o755)
}

// Sink opens the file of a scenario's events, one JSON document a line. Each
// event is flushed as it comes: what was seen is on disk before it is judged.
// The returned function closes the file and reports what could not be written.
func (b *Bundle) Sink(s scenarios.Scenario) (scenarios.Recorder, func() error, error) {
	dir, err := b.Scenario(s.ID)
	if err != nil {
		return nil, nil, err
	}
	file, err := os.Create(filepath.Join(dir, "events.jsonl"))
	if err != nil {
		return nil, nil, err
	}
	sink := &sink{file: file, lines: bufio.NewWriter(file)}
	return sink, sink.close, nil
}

type sink struct {
	mu    sync.Mutex
	file  *os.File
	lines *bufio.Writer
	err   error
}

// Record implements scenarios.Recorder.
func (s *sink) Record(e scenarios.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text, err := json.Marshal(e)
	if err == nil {
		_, err = s.lines.Write(append(text, '\n'))
	}
	s.err = errors.Join(s.err, err, s.lines.Flush())
}

func (s *sink) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(s.err, s.file.Close())
}

// killMatrix is the name of the file that tells why the scenarios are to be
// believed.
const killMatrix = "kills.md"

// Write renders every report of a run into the bundle, and puts the kill matrix
// on record beside them.
func (b *Bundle) Write(r scenarios.RunResult) error {
	for _, format := range reports.All() {
		text, err := format.Render(r)
		if err != nil {
			return fmt.Errorf("%s: %w", format.Name, err)
		}
		if err := os.WriteFile(filepath.Join(b.dir, format.Name), text, 0o644); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	if err := os.WriteFile(filepath.Join(b.dir, killMatrix), runbook.KillMatrix(), 0o644); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}
