// Package files writes rendered reports into a directory.
package files

import (
	"os"
	"path/filepath"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/reports"
)

// Write writes reports into a directory, which is made; into none for an empty name.
func Write(dir string, list []reports.File) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return exit.Usage("--out: %w", err)
	}
	for _, f := range list {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Text, 0o644); err != nil {
			return exit.Undecided("report: %w", err)
		}
	}
	return nil
}

// Named is the text of the report of a name; nil: there is none.
func Named(list []reports.File, name string) []byte {
	for _, f := range list {
		if f.Name == name {
			return f.Text
		}
	}
	return nil
}
