package choose

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/running"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/scenarios/suggest"
)

// Reference is the target where none is named: the event-service of this repository.
const Reference = "reference"

// command begins a target that is a command line.
const command = "cmd:"

// TargetFlags are the flags by which every subcommand is told which service is under
// test, and how to speak to it.
type TargetFlags struct{ Target, Profile string }

// TargetFlagNames are their names.
var TargetFlagNames = []string{"target", "profile"}

// Add adds them.
func (f *TargetFlags) Add(flags *pflag.FlagSet) {
	flags.StringVar(&f.Target, "target", Reference,
		`service under test: `+Reference+`, cmd:"COMMAND LINE", the `+"`PATH`"+` of an executable, or (verify) url:http://HOST:PORT`)
	flags.StringVar(&f.Profile, "profile", "",
		"YAML `file` that says how to start the service and speak to it (default: as the reference; runproof init --profile writes a starter)")
}

// Target is a service under test.
type Target struct {
	Profile profile.Profile
	// Running is the service that somebody else runs; nil: the run starts it.
	Running *running.Access
	find    func(ctx context.Context) (target.Binary, error)
}

// Find finds its program. Of the reference that may take as long as a build does, so
// ask once.
func (t Target) Find(ctx context.Context) (target.Binary, error) { return t.find(ctx) }

// Under understands the flags. What is wrong with them is a usage error.
func (f TargetFlags) Under() (Target, error) {
	t := Target{Profile: profile.Reference()}
	if f.Profile != "" {
		var err error
		if t.Profile, err = profile.Read(f.Profile, suggest.Nearest); err != nil {
			return t, exit.Usage("--profile: %w", err)
		}
		if err := t.Profile.Startable(); err != nil {
			return t, exit.Usage("--profile %s: %w", f.Profile, err)
		}
	}
	if f.Target == "" {
		f.Target = Reference
	}
	words := t.Profile.Start.Command
	switch {
	case f.Target == Reference && f.Profile != "" && len(words) > 0:
		binary, err := target.Command(words, f.directory(t.Profile, t.Profile.Dir))
		if err != nil {
			return t, exit.Usage("--profile %s: start.command: %w", f.Profile, err)
		}
		t.find = found(binary)
	case f.Target == Reference && f.Profile != "" && t.Profile.Start.Build.Binary == "":
		return t, exit.Usage("--profile %s has no start.command: add one, or name the service by --target", f.Profile)
	case f.Target == Reference:
		t.find = func(ctx context.Context) (target.Binary, error) { return target.Reference(ctx, t.Profile.Start.Build) }
	default:
		binary, err := f.Program("--target", f.Target)
		if err != nil {
			return t, err
		}
		t.find = found(binary)
	}
	return t, nil
}

// Program is the program that a flag names, which may be another build of the service:
// a command line, or an executable.
func (f TargetFlags) Program(flag, value string) (target.Binary, error) {
	its := profile.Profile{}
	if f.Profile != "" {
		var err error
		if its, err = profile.Read(f.Profile, suggest.Nearest); err != nil {
			return target.Binary{}, exit.Usage("--profile: %w", err)
		}
	}
	here, err := os.Getwd()
	if err != nil {
		return target.Binary{}, exit.Undecided("working directory: %w", err)
	}
	if line, is := strings.CutPrefix(value, command); is {
		words, err := target.Words(line)
		if err != nil {
			return target.Binary{}, exit.Usage("%s cmd: %w", flag, err)
		}
		binary, err := target.Command(words, f.directory(its, here))
		if err != nil {
			return target.Binary{}, exit.Usage("%s %s: %w", flag, value, err)
		}
		return binary, nil
	}
	if strings.HasPrefix(value, runningTarget) {
		return target.Binary{}, exit.Usage("%s %s: a service that runs already is for verify --target alone; here one is started", flag, value)
	}
	for _, scheme := range []string{"image:", "http://", "https://"} {
		if strings.HasPrefix(value, scheme) {
			return target.Binary{}, exit.Usage("%s %s: only programs of this machine can be started; expected %s, cmd:\"COMMAND LINE\", url:http://HOST:PORT or the path of an executable", flag, value, Reference)
		}
	}
	binary, err := target.Inspect(value)
	if err != nil {
		return binary, exit.Usage("%s %s: expected %q, cmd:\"COMMAND LINE\" or the path of an executable: %w", flag, value, Reference, err)
	}
	if its.Start.Directory != "" {
		binary.Dir = f.directory(its, here)
	}
	return binary, nil
}

// directory is where a command line is started: where the profile says, else at.
func (f TargetFlags) directory(its profile.Profile, at string) string {
	switch d := its.Start.Directory; {
	case d == "":
		return at
	case filepath.IsAbs(d):
		return d
	default:
		return filepath.Join(its.Dir, d)
	}
}

func found(b target.Binary) func(context.Context) (target.Binary, error) {
	return func(context.Context) (target.Binary, error) { return b, nil }
}
