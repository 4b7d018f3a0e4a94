package cli

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"mvdan.cc/sh/v3/shell"

	"github.com/runproof/runproof/cmd/runproof/internal/config"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/scenarios/judge"
)

// visible lists the commands of the program, those of tests and shells left out.
func visible(t *testing.T) []*cobra.Command {
	t.Helper()
	root, _ := newCmd(screen.New(io.Discard), screen.New(io.Discard))
	var list []*cobra.Command
	for _, cmd := range root.Commands() {
		if !cmd.Hidden {
			list = append(list, cmd)
		}
	}
	if len(list) < 8 {
		t.Fatalf("only %d commands: an empty look proves nothing", len(list))
	}
	return list
}

// Each command, also one that is added later, stands in a group of the help, says in a
// line what it does, and shows two examples at least that are command lines of its own.
func TestEveryCommandShowsWhatItIsFor(t *testing.T) {
	for _, cmd := range visible(t) {
		if cmd.GroupID == "" || cmd.Short == "" || len(cmd.Short) > 80 || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("%s: group %q, %q", cmd.Name(), cmd.GroupID, cmd.Short)
		}
		examples := strings.Split(strings.TrimRight(cmd.Example, "\n"), "\n")
		if len(examples) < 2 {
			t.Errorf("%s has %d examples", cmd.Name(), len(examples))
		}
		for _, example := range examples {
			if problem := notACommandLine(t, cmd.Name(), example); problem != "" {
				t.Errorf("%s: %q %s", cmd.Name(), example, problem)
			}
		}
	}
}

// notACommandLine says why an example is none: a flag that is not there, another
// command, arguments that are not taken.
func notACommandLine(t *testing.T, name, example string) string {
	t.Helper()
	_, line, ok := strings.Cut(example, "runproof ")
	if !ok || !strings.HasPrefix(example, "  ") {
		return "is not indented or does not call runproof"
	}
	line, _, _ = strings.Cut(line, "  ") // what follows says what it does
	line, _, _ = strings.Cut(strings.TrimSuffix(line, ")"), " > ")
	words, err := shell.Fields(line, nil)
	if err != nil {
		return err.Error()
	}
	root, _ := newCmd(screen.New(io.Discard), screen.New(io.Discard))
	cmd, args, err := root.Find(words)
	switch {
	case err != nil:
		return err.Error()
	case cmd.Name() != name && (!cmd.HasParent() || cmd.Parent().Name() != name):
		return "is about " + cmd.Name()
	}
	if err := cmd.ParseFlags(args); err != nil {
		return err.Error()
	}
	if err := cmd.ValidateArgs(cmd.Flags().Args()); err != nil {
		return err.Error()
	}
	return ""
}

// By hand: misspell a flag in an example.
func TestWhatIsNoExampleIsSeen(t *testing.T) {
	for _, example := range []string{"runproof verify", "  verify", "  runproof verify --job 3", "  runproof list", "  runproof verfy", "  runproof explain one two"} {
		name := "verify"
		if strings.Contains(example, "explain") {
			name = "explain"
		}
		if notACommandLine(t, name, example) == "" {
			t.Errorf("%q was taken for an example of %s", example, name)
		}
	}
}

// Each command, also one that is added later, refuses a flag that it does not have.
func TestEveryCommandRefusesAnUnknownFlag(t *testing.T) {
	for _, cmd := range visible(t) {
		var stderr bytes.Buffer
		if code := Run([]string{cmd.Name(), "--no-such-flag"}, io.Discard, &stderr); code != judge.ExitUsage {
			t.Errorf("%s: exit %d: %s", cmd.Name(), code, stderr.String())
		}
	}
}

// Nobody but the root may have a hook of this kind: cobra runs only the nearest, and
// the configuration would not be read.
func TestNoCommandHidesTheConfiguration(t *testing.T) {
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		if cmd.PersistentPreRun != nil || cmd.PersistentPreRunE != nil {
			t.Errorf("%s has a hook of its own", cmd.Name())
		}
		for _, below := range cmd.Commands() {
			look(below)
		}
	}
	for _, cmd := range visible(t) {
		look(cmd)
	}
}

// Every flag of a command has a key and a variable, and no two of them the same unless
// they are shared on purpose.
func TestEveryFlagHasAKeyAndAVariable(t *testing.T) {
	root, _ := newCmd(screen.New(io.Discard), screen.New(io.Discard))
	keyOf := map[string]string{}
	flags := 0
	for _, s := range config.All(root) {
		flags++
		if other, there := keyOf[s.Env]; there && other != s.Key {
			t.Errorf("%s is the variable of %s and of %s", s.Env, s.Key, other)
		}
		keyOf[s.Env] = s.Key
	}
	// What a person answers for is said on the command line, each time.
	said := []string{"i-own", "allow-destructive", "kubeconfig", "context"}
	for _, name := range []string{"verify", "lint"} {
		cmd, _, err := root.Find([]string{name})
		if err != nil {
			t.Fatal(err)
		}
		of := map[string]bool{}
		for _, s := range config.Of(cmd) {
			of[s.Flag.Name] = s.Key != "" && s.Env != ""
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" && f.Name != config.Flag && of[f.Name] == slices.Contains(said, f.Name) {
				t.Errorf("%s --%s: has a key and a variable: %v", name, f.Name, of[f.Name])
			}
		})
	}
	if flags < 20 {
		t.Errorf("only %d flags: an empty look proves nothing", flags)
	}
}
