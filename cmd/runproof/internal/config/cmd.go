package config

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
)

// NewCmd makes the command that shows what counts, and why.
func NewCmd() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "config [-- COMMAND FLAG...]",
		Short: "Show every setting with its value and where that comes from",
		Long: "Show every setting with its value and where that comes from: a flag, a variable of the environment, " +
			FileName + ", or the default. A flag outweighs a variable, a variable the file.\n\n" +
			"The flag --jobs of verify is the key verify.jobs in the file and the variable RUNPROOF_VERIFY_JOBS. " +
			"What several commands share has a name without theirs: stack, RUNPROOF_STACK.",
		Example: "  runproof config\n  runproof config --output json\n  runproof config -- verify --jobs 4",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 && cmd.ArgsLenAtDash() != 0 {
				return exit.Usage("config takes another command line behind --, such as: runproof config -- verify --jobs 4")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if output != "table" && output != "json" {
				return exit.Usage("--output %q is not one of table, json", output)
			}
			values, err := effective(cmd.Root(), args)
			if err != nil {
				return err
			}
			out := screen.Of(cmd.OutOrStdout())
			if output == "json" {
				return asJSON(out, values)
			}
			return table(out, values)
		},
	}
	cmd.Flags().StringVar(&output, "output", "table", "output `format`: table or json")
	return cmd
}

// effective gives all settings their values; those of the command that another command
// line names as if that were run.
func effective(root *cobra.Command, line []string) ([]Effective, error) {
	asked := root
	if len(line) > 0 {
		found, rest, err := root.Find(line)
		if err != nil || found == root {
			return nil, exit.Usage("config: no such command %q; runproof --help lists them", line[0])
		}
		if err := found.ParseFlags(rest); err != nil {
			return nil, found.FlagErrorFunc()(found, err)
		}
		asked = found
	}
	from, err := open(root)
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	values, err := from.apply(All(root))
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	// A setting that commands share is shown once: as the command asked about has it.
	slices.SortStableFunc(values, func(a, b Effective) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), -cmp.Compare(b2i(a.Command == strings.Join(strings.Fields(asked.CommandPath())[1:], ".")), b2i(b.Command == asked.Name())))
	})
	values = slices.CompactFunc(values, func(a, b Effective) bool { return a.Key == b.Key })
	if asked != root {
		values = slices.DeleteFunc(values, func(v Effective) bool { return v.Command != strings.Join(strings.Fields(asked.CommandPath())[1:], ".") })
	}
	return values, nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func table(out *screen.Terminal, values []Effective) error {
	t := screen.NewTable(screen.Column{Name: "KEY"}, screen.Column{Name: "VALUE", Flexible: true}, screen.Column{Name: "FROM", Flexible: true}, screen.Column{Name: "VARIABLE"})
	for _, v := range values {
		t.Row(screen.P(v.Key), screen.P(cmp.Or(v.Value, "-")), screen.P(v.Origin), screen.P(v.Env))
	}
	return t.Print(out)
}

// shown is a setting as JSON has it.
type shown struct {
	Key     string `json:"key"`
	Value   string `json:"value"`
	Origin  string `json:"origin"`
	Env     string `json:"env"`
	Command string `json:"command"`
	Flag    string `json:"flag"`
	Default string `json:"default"`
}

func asJSON(out *screen.Terminal, values []Effective) error {
	list := make([]shown, 0, len(values))
	for _, v := range values {
		list = append(list, shown{v.Key, v.Value, v.Origin, v.Env, v.Command, "--" + v.Flag.Name, v.Flag.DefValue})
	}
	text, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return exit.Undecided("json: %w", err)
	}
	_, err = fmt.Fprintf(out, "%s\n", text)
	return err
}
