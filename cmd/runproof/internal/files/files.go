// Package files writes files: rendered reports into a directory, and drafts where there is
// nothing yet.
package files

import (
	"errors"
	"io/fs"
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

// Free rejects the path of a file that is there.
func Free(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return exit.Usage("%s already exists; it is not overwritten: move it away, or name another place", path)
	}
	return nil
}

// Create writes a file that must not be there.
func Create(path string, text []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return exit.Usage("%s already exists; it is not overwritten: move it away, or name another place", path)
	}
	if err != nil {
		return exit.Usage("%w", err)
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Close()); err != nil {
		return exit.Undecided("%w", err)
	}
	return nil
}
