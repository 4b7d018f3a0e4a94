package cli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts call this program by its name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"runproof": func() { os.Exit(Run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the command lines in testdata, each in a directory of its own and
// with no variable that the script does not set. None of them starts anything.
//
// What a script may say beside testscript's own words:
//
//	exits CODE runproof ARG...   run it; its exit code must be CODE
//	message TEXT...              its standard error must be this line and no other
//	fits COLUMNS                 no line of its standard output may be longer
//	lines AT-MOST                its standard output may have no more lines
//	edit FROM TO OLD NEW         write a copy of a file with one text in place of another; \n is a newline
//
// By hand: change a letter of any expected line, or a code, and see it fail.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("RUNPROOF_UPDATE") == "yes",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, "cache"))
			action, err := filepath.Abs(filepath.Join("..", "..", "..", "..", ".github", "actions", "runproof"))
			env.Setenv("ACTION", action)
			return err
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits, "message": message, "fits": fits, "lines": lines, "edit": edit,
		},
	})
}

func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	code := 0
	var exited *exec.ExitError
	switch {
	case errors.As(err, &exited):
		code = exited.ExitCode()
	case err != nil:
		ts.Fatalf("%s: %v", strings.Join(args[1:], " "), err)
	}
	if code != want {
		ts.Fatalf("%s: exit %d, want %d", strings.Join(args[1:], " "), code, want)
	}
}

func message(ts *testscript.TestScript, _ bool, args []string) {
	if got, want := ts.ReadFile("stderr"), strings.Join(args, " ")+"\n"; got != want {
		ts.Fatalf("standard error\n got: %swant: %s", got, want)
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("beside the error there is output: %.200s", out)
	}
}

func edit(ts *testscript.TestScript, _ bool, args []string) {
	plain := strings.NewReplacer(`\n`, "\n")
	text, from, to := ts.ReadFile(args[0]), plain.Replace(args[2]), plain.Replace(args[3])
	if !strings.Contains(text, from) {
		ts.Fatalf("%s does not have %q", args[0], from)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(strings.Replace(text, from, to, 1)), 0o644))
}

func fits(ts *testscript.TestScript, _ bool, args []string) {
	columns, err := strconv.Atoi(args[0])
	ts.Check(err)
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > columns {
			ts.Fatalf("%d columns, not %d: %s", n, columns, line)
		}
	}
}

func lines(ts *testscript.TestScript, _ bool, args []string) {
	most, err := strconv.Atoi(args[0])
	ts.Check(err)
	if n := strings.Count(ts.ReadFile("stdout"), "\n"); n > most {
		ts.Fatalf("%d lines, not %d", n, most)
	}
}
