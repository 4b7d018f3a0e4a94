package initialize

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/runproof/runproof/cmd/runproof/internal/config"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/files"
)

//go:embed starter
var starters embed.FS

// ciFiles are where each CI service looks for its jobs.
var ciFiles = map[string]string{"github": ".github/workflows/runproof.yml", "gitlab": ".gitlab-ci.yml"}

// project writes a configuration file and a CI job into the working directory. It writes
// nothing where one of them is there already.
func project(o Options, out io.Writer) error {
	settings, err := starters.ReadFile("starter/" + config.FileName)
	if err != nil {
		return exit.Undecided("%w", err)
	}
	job, err := starters.ReadFile("starter/" + o.CI + ".yml")
	if err != nil {
		return exit.Undecided("%w", err)
	}
	if o.Runbook != "" {
		settings = []byte(strings.Replace(string(settings), "#runbook: docs/runbook.md", fmt.Sprintf("runbook: %q", o.Runbook), 1))
	}
	for _, path := range []string{config.FileName, ciFiles[o.CI]} {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return exit.Usage("%s already exists; init does not overwrite: move it away, or add to it by hand", path)
		}
	}
	for _, f := range []struct {
		path string
		text []byte
	}{{config.FileName, settings}, {ciFiles[o.CI], job}} {
		if err := os.MkdirAll(filepath.Dir(f.path), 0o755); err != nil {
			return exit.Usage("%w", err)
		}
		if err := files.Create(f.path, f.text); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: written\n", f.path)
	}
	fmt.Fprintln(out, "next: runproof doctor, then runproof verify database-refused")
	return nil
}
