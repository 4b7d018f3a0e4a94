// Package initialize is the subcommand "init": it writes a starter configuration with a CI
// job, and drafts the claims and scenarios of a runbook that is not the event-service's.
package initialize

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/files"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/draft"
	"github.com/runproof/runproof/scenarios/runbook/file"
)

// Options are the flags of init.
type Options struct {
	Runbook string
	Out     string
	// CI is the service whose job is written, with a configuration file; empty: none.
	CI string
	// Profile is the file for a starter of a profile; empty: none is written. URL is a
	// running service that is asked what it shows of itself.
	Profile, URL string
}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a starter runproof.yaml and a CI job, or draft a runbook's claims",
		Long: "Without --runbook: write a starter runproof.yaml and a CI job into the working directory. With --runbook: " +
			"draft claims.yaml and scenarios.yaml for that runbook: what stands under the symptoms of a section, observed while " +
			"the fault is in force that fits. With --ci as well, do both. With --profile: write a commented starter of a " +
			"service's profile, with what a running service shows of itself (--url). Nothing that is there is overwritten.",
		Example: "  runproof init\n  runproof init --ci gitlab\n  runproof init --runbook docs/runbook.md --out drafts\n" +
			"  runproof init --profile profile.yaml --url http://localhost:8080",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch asked := cmd.Flags().Changed("profile"); {
			case asked && o.Profile != "":
				return writeProfile(o, cmd.OutOrStdout())
			case asked:
				return exit.Usage("--profile is the file to write: name one")
			case o.URL != "":
				return exit.Usage("--url goes with --profile FILE")
			}
			return run(o, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&o.Runbook, "runbook", "", "runbook `file` to draft claims and scenarios from")
	cmd.Flags().StringVar(&o.Out, "out", "", "`directory` to write the drafts to; the files must not exist (default: the working directory)")
	cmd.Flags().StringVar(&o.Profile, "profile", "", "`file` to write a starter of a service's profile to; must not exist")
	cmd.Flags().StringVar(&o.URL, "url", "", "`address` of the running service, on this machine, that is asked for health paths and an OpenAPI document")
	cmd.Flags().StringVar(&o.CI, "ci", "", "write runproof.yaml and the job of this CI `service`: github, gitlab (default: github without --runbook)")
	return cmd
}

func run(o Options, out io.Writer) error {
	if o.CI == "" && o.Runbook == "" {
		o.CI = "github"
	}
	if o.CI != "" && ciFiles[o.CI] == "" {
		return exit.Usage("--ci %q is not one of github, gitlab", o.CI)
	}
	if o.Out != "" && o.Runbook == "" {
		return exit.Usage("--out is the directory for the drafts of a runbook: name one by --runbook")
	}
	if o.CI != "" {
		if err := project(o, out); err != nil || o.Runbook == "" {
			return err
		}
	}
	return drafted(o, out)
}

// The files that are drafted.
const (
	claimsFile    = "claims.yaml"
	scenariosFile = "scenarios.yaml"
)

const preamble = `# %s drafted from %s by runproof init.
# Read every line: what the document promises is for its owner to say. %s
`

// drafted drafts the claims and scenarios of a runbook.
func drafted(o Options, out io.Writer) error {
	text, err := runbook.Read(o.Runbook)
	if err != nil {
		return exit.Usage("%w", err)
	}
	d := document.Parse(text)
	if len(d.Statements) == 0 {
		return exit.Usage("%s: no statements found", o.Runbook)
	}
	made := draft.Of(d)
	if len(made.Claims) == 0 {
		return exit.Usage("%s: nothing was drafted: %s", o.Runbook, nothing(made))
	}
	claims, list, err := encode(made, filepath.Base(o.Runbook))
	if err != nil {
		return exit.Undecided("%w", err)
	}
	paths := [2]string{filepath.Join(o.Out, claimsFile), filepath.Join(o.Out, scenariosFile)}
	for _, path := range paths {
		if err := files.Free(path); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(cmp.Or(o.Out, "."), 0o755); err != nil {
		return exit.Usage("%w", err)
	}
	if err := files.Create(paths[0], claims); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %d claims, of %d statements\n", paths[0], len(made.Claims), made.Statements)
	next := fmt.Sprintf("runproof lint %s --claims %s", o.Runbook, paths[0])
	if len(made.Scenarios) > 0 {
		if err := files.Create(paths[1], list); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %d scenarios\n", paths[1], len(made.Scenarios))
		next = fmt.Sprintf("runproof verify --runbook %s --claims %s --scenarios %s", o.Runbook, paths[0], paths[1])
	} else {
		fmt.Fprintf(out, "no scenario: %s\n", nothing(made))
	}
	for _, l := range made.Left {
		fmt.Fprintf(out, "left out, line %d: %s: %s\n", l.Line, l.What, l.Why)
	}
	fmt.Fprintf(out, "next: read every line, then %s\n", next)
	return nil
}

// nothing says why there is no scenario.
func nothing(made draft.Draft) string {
	if len(made.Left) == 0 {
		return "no section lists symptoms (below a label such as \"Symptoms\")"
	}
	return fmt.Sprintf("line %d: %s: %s", made.Left[0].Line, made.Left[0].What, made.Left[0].Why)
}

// encode writes both files, and reads them again: a draft that cannot be read is a fault
// of ours.
func encode(made draft.Draft, name string) (claims, list []byte, err error) {
	if claims, err = file.WriteClaims(made.Content, made.Notes); err != nil {
		return nil, nil, err
	}
	if list, err = file.WriteScenarios(made.Scenarios, made.Notes); err != nil {
		return nil, nil, err
	}
	name = strings.Join(strings.Fields(name), " ")
	claims = append(fmt.Appendf(nil, preamble, "Claims", name, "A claim is TRUE only where the run\n# saw its checks fail as well: without the fault, or under it."), claims...)
	list = append(fmt.Appendf(nil, preamble, "Scenarios", name, "Comments name what it does\n# not say."), list...)
	scenarios := []file.Source{{Name: scenariosFile, Text: list}}
	if len(made.Scenarios) == 0 {
		scenarios = nil
	}
	_, err = file.Read([]file.Source{{Name: claimsFile, Text: claims}}, scenarios)
	return claims, list, err
}
