// Package complete says how a shell goes on with a word: the names of scenarios,
// claims, sections, and the values of flags. Flags of one name take the same values in
// every command.
package complete

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runproof/runproof/cmd/runproof/internal/claimset"
	"github.com/runproof/runproof/cmd/runproof/internal/config"
	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/scenarios/runbook"
)

// Install gives all commands below root their completions.
func Install(root *cobra.Command) {
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "verify":
			cmd.ValidArgsFunction = many(Scenarios)
		case "export":
			cmd.ValidArgsFunction = many(Scenarios)
		case "explain":
			cmd.ValidArgsFunction = one(func(cmd *cobra.Command) []string { return append(Scenarios(cmd), Claims(cmd)...) })
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if values := values(f); values != nil {
				// Only a flag that is not there, or has one already, is an error.
				_ = cmd.RegisterFlagCompletionFunc(f.Name, many(values))
			}
		})
		Install(cmd)
	}
}

// values are those of a flag; nil: whatever the shell proposes, such as files.
func values(f *pflag.Flag) func(*cobra.Command) []string {
	switch f.Name {
	case "section":
		return sections
	case "severity":
		return func(*cobra.Command) []string { return []string{"P1", "P2", "P3", "P4"} }
	case "stack":
		return func(*cobra.Command) []string { return fixtures.Kinds() }
	case "output":
		return func(*cobra.Command) []string { return listed(f.Usage) }
	}
	return nil
}

// set are the claims and scenarios that a command is about, as far as its flags tell.
func set(cmd *cobra.Command) runbook.Set {
	// What is wrong with the configuration or a file is said by the command itself.
	_, _ = config.Apply(cmd)
	opened, _ := claimset.Files{Claims: paths(cmd, "claims"), Scenarios: paths(cmd, "scenarios")}.Open()
	return opened.Set
}

// paths are those of a flag, each once: cobra reads a line that it completes twice, and
// the second reading adds to the first.
func paths(cmd *cobra.Command, flag string) []string {
	var list []string
	all, _ := cmd.Flags().GetStringSlice(flag)
	for _, path := range all {
		if !slices.Contains(list, path) {
			list = append(list, path)
		}
	}
	return list
}

// Scenarios are the names of the scenarios, each with what it plays.
func Scenarios(cmd *cobra.Command) []string {
	var list []string
	for _, s := range set(cmd).Scenarios {
		list = append(list, s.ID+"\t"+s.Title)
	}
	return list
}

// Claims are the ids of the claims, each with what it says.
func Claims(cmd *cobra.Command) []string {
	var list []string
	for _, c := range set(cmd).Claims {
		list = append(list, c.ID+"\t"+c.Text)
	}
	return list
}

func sections(cmd *cobra.Command) []string {
	var list []string
	for _, s := range set(cmd).Scenarios {
		if !slices.Contains(list, s.Section) {
			list = append(list, s.Section)
		}
	}
	return list
}

// listed are the values that a usage ends with: "output format: text, json or sarif".
func listed(usage string) []string {
	_, after, ok := strings.Cut(usage, ": ")
	if !ok {
		return nil
	}
	return strings.FieldsFunc(strings.ReplaceAll(after, " or ", ","), func(r rune) bool { return r == ',' || r == ' ' })
}

// many completes each word by those that begin like it and were not given yet.
func many(list func(*cobra.Command) []string) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		var fit []string
		for _, candidate := range list(cmd) {
			name, _, _ := strings.Cut(candidate, "\t")
			if strings.HasPrefix(strings.ToLower(name), strings.ToLower(begun)) && !slices.Contains(args, name) {
				fit = append(fit, candidate)
			}
		}
		return fit, cobra.ShellCompDirectiveNoFileComp
	}
}

// one completes the first word only.
func one(list func(*cobra.Command) []string) cobra.CompletionFunc {
	complete := many(list)
	return func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return complete(cmd, args, begun)
	}
}
