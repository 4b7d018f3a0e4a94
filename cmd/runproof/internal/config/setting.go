// Package config gives every flag of every command a key in runproof.yaml and a
// variable in the environment, and the flag the value that counts: the command
// line before the environment, the environment before the file.
package config

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Setting is a value that can be set by a flag, a variable or a key. The flag says
// what it is called, its type, its default and what it does; the other names follow.
type Setting struct {
	// Key is its name in the file: "verify.jobs", or "stack" for one that several
	// commands share.
	Key string
	// Env is its variable: RUNPROOF_VERIFY_JOBS.
	Env string
	// Command has the flag.
	Command string
	Flag    *pflag.Flag
}

// shared are the flags that mean the same in every command that has them: their
// keys stand at the top of the file.
var shared = []string{"claims", "profile", "runbook", "scenarios", "stack", "target"}

// notSet are the commands that have nothing to set: they tell of the program itself.
var notSet = []string{"completion", "config", "help", "man"}

// commandLineOnly marks a flag that is no setting.
const commandLineOnly = "runproof_command_line_only"

// CommandLineOnly keeps flags of a command out of the file and the environment: what a
// person answers for is said by that person, each time. A flag that the command lacks is a
// mistake of the program.
func CommandLineOnly(cmd *cobra.Command, flags ...string) {
	for _, name := range flags {
		if err := cmd.Flags().SetAnnotation(name, commandLineOnly, []string{"true"}); err != nil {
			panic(err)
		}
	}
}

// Of lists the settings of one command.
func Of(cmd *cobra.Command) []Setting {
	path := strings.Fields(cmd.CommandPath())[1:] // without the program's name
	if len(path) == 0 || slices.Contains(notSet, path[0]) {
		return nil
	}
	command := strings.Join(path, ".")
	var list []Setting
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" || f.Annotations[commandLineOnly] != nil {
			return
		}
		key := command + "." + f.Name
		if slices.Contains(shared, f.Name) {
			key = f.Name
		}
		list = append(list, Setting{Key: key, Env: variable(key), Command: command, Flag: f})
	})
	return list
}

// All lists the settings of all commands below one, in the order of the commands; one that
// several share is there once for each.
func All(root *cobra.Command) []Setting {
	var list []Setting
	for _, cmd := range root.Commands() {
		list = append(append(list, Of(cmd)...), All(cmd)...)
	}
	return list
}

// prefix begins every variable of ours.
const prefix = "RUNPROOF_"

// variable is the name of a key in the environment.
func variable(key string) string {
	return prefix + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(key))
}
