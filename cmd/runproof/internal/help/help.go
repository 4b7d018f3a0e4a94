// Package help prints what a command is for, how it is called, and its flags, within
// the width of the terminal.
package help

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runproof/runproof/cmd/runproof/internal/screen"
)

// columns is the width of what is not printed on a terminal, and the most that is used
// of one: longer lines are hard to read.
const columns = 100

// annotation holds the name of a flag's group.
const annotation = "runproof_flag_group"

// Group puts flags of a command under a heading of their own, in the order given.
// A flag that the command lacks is a mistake of the program.
func Group(cmd *cobra.Command, heading string, flags ...string) {
	for _, name := range flags {
		if err := cmd.Flags().SetAnnotation(name, annotation, []string{heading}); err != nil {
			panic(err)
		}
	}
}

// Install has a root command, and all below it, print their help by this package.
func Install(root *cobra.Command) {
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { fmt.Fprint(cmd.OutOrStdout(), Text(cmd, width(cmd))) })
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		_, err := fmt.Fprint(cmd.OutOrStderr(), Text(cmd, width(cmd)))
		return err
	})
}

func width(cmd *cobra.Command) int {
	if n := screen.Of(cmd.OutOrStdout()).Width(); n > 0 {
		return min(n, columns)
	}
	return columns
}

// Text is the help of a command.
func Text(cmd *cobra.Command, width int) string {
	// Cobra adds this flag when a command is executed; its help is asked for before.
	cmd.InitDefaultHelpFlag()
	var b strings.Builder
	long := cmd.Long
	if long == "" {
		long = cmd.Short + "."
	}
	for i, paragraph := range strings.Split(long, "\n\n") {
		if i > 0 {
			b.WriteString("\n")
		}
		if strings.HasPrefix(paragraph, "  ") || strings.Contains(paragraph, "\n  ") {
			b.WriteString(paragraph + "\n") // a table or a list, as it is
			continue
		}
		write(&b, "", "", paragraph, width)
	}
	b.WriteString("\nUsage:\n")
	if cmd.Runnable() {
		fmt.Fprintf(&b, "  %s\n", cmd.UseLine())
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s COMMAND\n", cmd.CommandPath())
	}
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", strings.TrimRight(cmd.Example, "\n"))
	}
	commands(&b, cmd, width)
	flags(&b, cmd, width)
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s COMMAND --help says more about a command.\n", cmd.CommandPath())
	}
	return b.String()
}

// write writes text behind a first word, wrapped; its later lines are indented as far.
func write(b *strings.Builder, indent, first, text string, width int) {
	left := indent + first
	room := width - utf8.RuneCountInString(left)
	for _, line := range screen.Wrap(text, max(room, 20)) {
		b.WriteString(strings.TrimRight(left+line, " ") + "\n")
		left = strings.Repeat(" ", utf8.RuneCountInString(left))
	}
}

func commands(b *strings.Builder, cmd *cobra.Command, width int) {
	longest := 0
	for _, c := range cmd.Commands() {
		longest = max(longest, len(c.Name()))
	}
	list := func(heading, group string) {
		for _, c := range cmd.Commands() {
			if c.GroupID != group || !c.IsAvailableCommand() {
				continue
			}
			if heading != "" {
				fmt.Fprintf(b, "\n%s\n", heading)
				heading = ""
			}
			write(b, "  ", fmt.Sprintf("%-*s  ", longest, c.Name()), c.Short, width)
		}
	}
	for _, g := range cmd.Groups() {
		list(g.Title, g.ID)
	}
	list("Commands:", "")
}

// flags writes the flags in their groups, those without one last, and those that
// every command has after them.
func flags(b *strings.Builder, cmd *cobra.Command, width int) {
	var headings []string
	groups := map[string][]*pflag.Flag{}
	add := func(heading string, f *pflag.Flag) {
		if f.Hidden {
			return
		}
		if !slices.Contains(headings, heading) {
			headings = append(headings, heading)
		}
		groups[heading] = append(groups[heading], f)
	}
	const other, everywhere = "Flags:", "Flags of every command:"
	inherited := cmd.Root().PersistentFlags()
	cmd.Flags().SortFlags = false // in the order in which the command names them
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if named := f.Annotations[annotation]; len(named) > 0 {
			add(named[0]+":", f)
		} else if f.Name != "help" && inherited.Lookup(f.Name) == nil {
			add(other, f)
		}
	})
	inherited.VisitAll(func(f *pflag.Flag) { add(everywhere, f) })
	add(everywhere, cmd.Flags().Lookup("help"))
	longest := 0
	for _, h := range headings {
		for _, f := range groups[h] {
			longest = max(longest, len(spelled(f)))
		}
	}
	for _, h := range headings {
		fmt.Fprintf(b, "\n%s\n", h)
		for _, f := range groups[h] {
			_, usage := pflag.UnquoteUsage(f)
			write(b, "  ", fmt.Sprintf("%-*s  ", longest, spelled(f)), usage+byDefault(f), width)
		}
	}
}

// spelled is how a flag is written, with the word for its value.
func spelled(f *pflag.Flag) string {
	s := "    --" + f.Name
	if f.Shorthand != "" {
		s = "-" + f.Shorthand + ", --" + f.Name
	}
	if value, _ := pflag.UnquoteUsage(f); value != "" {
		s += " " + strings.ToUpper(value)
	}
	return s
}

// byDefault tells a default that the usage does not tell.
func byDefault(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "0", "0s", "false", "[]":
		return ""
	}
	return " (default " + f.DefValue + ")"
}
