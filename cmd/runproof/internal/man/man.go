// Package man is the hidden subcommand that writes the manual pages.
package man

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"

	"github.com/runproof/runproof/cmd/runproof/internal/config"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
)

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the manual pages to a directory",
		Hidden:  true,
		Example: "  runproof man bin/man\n  runproof man /usr/local/share/man/man1",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return exit.Usage("man takes the directory to write the pages to")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return write(cmd.Root(), args[0]) },
	}
}

// write writes a page for each command, and one for the configuration file.
func write(root *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return exit.Usage("%w", err)
	}
	// The same program gives the same pages, whenever they are written.
	date := time.Unix(0, 0).UTC()
	header := &doc.GenManHeader{Title: "RUNPROOF", Section: "1", Source: "runproof", Manual: "runproof manual", Date: &date}
	quoteless(root)
	if err := doc.GenManTree(root, header, dir); err != nil {
		return exit.Undecided("man: %w", err)
	}
	page := md2man.Render([]byte(configuration(root)))
	if err := os.WriteFile(filepath.Join(dir, config.FileName+".5"), page, 0o644); err != nil {
		return exit.Undecided("man: %w", err)
	}
	return nil
}

// quoteless has the pages left without the note of the generator, which would carry a date.
func quoteless(cmd *cobra.Command) {
	cmd.DisableAutoGenTag = true
	for _, below := range cmd.Commands() {
		quoteless(below)
	}
}

// configuration is the page of the configuration file, in Markdown.
func configuration(root *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%% \"RUNPROOF.YAML\" \"5\" \"Jan 1970\" \"runproof\" \"runproof manual\"\n\n# NAME\n\n%s - settings of runproof\n\n", config.FileName)
	fmt.Fprintf(&b, "# DESCRIPTION\n\n%s in the working directory, or the file that **--config** or **RUNPROOF_CONFIG** names, sets what flags would. "+
		"A variable of the environment outweighs the file, a flag the variable. An unknown key is an error. "+
		"**runproof config** shows each setting with its value and where that comes from.\n\n# SETTINGS\n\n", config.FileName)
	seen := map[string]bool{}
	for _, s := range config.All(root) {
		if seen[s.Key] {
			continue
		}
		seen[s.Key] = true
		_, usage := pflag.UnquoteUsage(s.Flag)
		fmt.Fprintf(&b, "**%s**, %s\n\n> %s\n\n", s.Key, strings.ReplaceAll(s.Env, "_", `\_`), usage)
	}
	b.WriteString("# EXAMPLE\n\n    stack: processes\n    verify:\n      jobs: 4\n      min-tested: 80\n")
	return b.String()
}
