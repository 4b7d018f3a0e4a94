// Package doctor is the subcommand that checks which stacks this machine can
// run, what is missing, and how to fix it.
package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/claimset"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/cmd/runproof/internal/verify"
	"github.com/runproof/runproof/fixtures/containers"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/preflight"
	"github.com/runproof/runproof/fixtures/processes"
	"github.com/runproof/runproof/fixtures/stack"
)

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var bring bool
	var output string
	var under choose.TargetFlags
	var its claimset.Files
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check which stacks this machine can run, and how to fix what is missing",
		Long: "Check which stacks this machine can run, what is missing, and how to fix it. One stack is enough: " +
			"exit 3 says that there is none. With --profile: show which scenarios that service can be asked for, " +
			"and why not the others: those of the event-service, or of files of your own.",
		Example: "  runproof doctor\n  runproof doctor --output json\n  runproof doctor --images\n  runproof doctor --profile profile.yaml\n" +
			"  runproof doctor --profile profile.yaml --claims claims.yaml --scenarios scenarios.yaml",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if output != "text" && output != "json" {
				return exit.Usage("--output %q is not one of text, json", output)
			}
			if cmd.Flags().Changed("profile") {
				return handshake(cmd.OutOrStdout(), under, its, output)
			}
			if !its.None() {
				return exit.Usage("--claims and --scenarios go with --profile FILE: they say what that service is asked for")
			}
			if bring {
				return bringImages(ctx, cmd.OutOrStdout())
			}
			parts := []part{
				{commands, operatorsTools(trySandbox(ctx))},
				{"--stack " + stack.KindProcesses, append(processes.Check(ctx), preflight.Findings(os.TempDir(), verify.DefaultJobs)...)},
				{"--stack " + stack.KindContainers, containers.Check(ctx)},
			}
			return report(screen.Of(cmd.OutOrStdout()), parts, output)
		},
	}
	under.Add(cmd.Flags())
	its.AddFlags(cmd.Flags())
	cmd.Flags().StringVar(&output, "output", "text", "output `format`: text or json")
	cmd.Flags().BoolVar(&bring, "images", false, "pull or build the images of the containers stack, and exit")
	return cmd
}

// bringImages does beforehand what the first run on containers would do.
func bringImages(ctx context.Context, out io.Writer) (err error) {
	g, err := guard.Start(ctx, "images-"+uuid.NewString())
	if err != nil {
		return exit.Undecided("guard: %w", err)
	}
	defer func() {
		if left := g.Close(context.WithoutCancel(ctx)); left != nil && err == nil {
			err = exit.Undecided("clean-up: %w", left)
		}
	}()
	got, err := containers.Images(ctx, g, func(text string) { fmt.Fprintln(out, text) })
	if err != nil {
		return exit.Undecided("images: %w", err)
	}
	for _, image := range got {
		fmt.Fprintf(out, "%s  %s\n", image.Ref, image.Digest)
	}
	return nil
}

// part is what was found out for one purpose.
type part struct {
	For      string          `json:"for"`
	Findings []stack.Finding `json:"findings"`
}

// commands is the part of what a runbook's commands need. What is missing there leaves
// them UNTESTED; no stack depends on it.
const commands = "runbook commands"

// ok tells whether nothing is missing.
func (p part) ok() bool {
	return !slices.ContainsFunc(p.Findings, func(f stack.Finding) bool { return !f.OK })
}

// report prints the findings. One stack that can be opened is enough: only
// when neither can does doctor end with 3.
func report(out *screen.Terminal, parts []part, output string) error {
	var err error
	if output == "json" {
		var text []byte
		if text, err = json.MarshalIndent(parts, "", "  "); err == nil {
			_, err = fmt.Fprintf(out, "%s\n", text)
		}
	} else {
		err = table(out, parts)
	}
	if err != nil {
		return exit.Undecided("doctor: %w", err)
	}
	if !slices.ContainsFunc(parts, func(p part) bool { return p.For != commands && p.ok() }) {
		return exit.Undecided("doctor: this machine can run neither stack; the lines marked MISSING say how to fix one")
	}
	return nil
}

func table(out *screen.Terminal, parts []part) error {
	t := screen.NewTable(screen.Column{Name: ""}, screen.Column{Name: "PART"}, screen.Column{Name: "FOUND, OR HOW TO FIX IT", Flexible: true}).Indent(2)
	for _, p := range parts {
		t.Heading(p.For)
		for _, f := range p.Findings {
			mark := screen.Span{Text: "ok", Style: screen.Good}
			if !f.OK {
				mark = screen.Span{Text: "MISSING", Style: screen.Bad}
			}
			t.Row(mark, screen.P(f.Name), screen.P(f.Detail))
			if f.Fix != "" {
				t.Row(screen.P(""), screen.P(""), screen.P("fix: "+f.Fix))
			}
		}
	}
	return t.Print(out)
}
