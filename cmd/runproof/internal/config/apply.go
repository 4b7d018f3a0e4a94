package config

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/suggest"
)

// Flag names the file; its variable is RUNPROOF_CONFIG.
const Flag = "config"

// Origins of a value that neither the file nor the environment gave.
const (
	FromFlag    = "flag"
	FromDefault = "default"
)

// Effective is a setting with the value that counts.
type Effective struct {
	Setting
	Value string
	// Origin says who set it: FromFlag, FromDefault, the name of the variable, or
	// the file with the line.
	Origin string
}

// AddFlag gives the root command the flag that names the file.
func AddFlag(root *cobra.Command) {
	root.PersistentFlags().String(Flag, "", "configuration `file` (default: "+FileName+" in the working directory, if there is one)")
}

// Apply gives the flags of a command that the command line did not set the values of
// the environment and of the file. It returns all settings of the command with the
// value and its origin. What is wrong is a usage error.
func Apply(cmd *cobra.Command) ([]Effective, error) {
	settings := Of(cmd)
	if len(settings) == 0 {
		return nil, nil
	}
	sources, err := open(cmd.Root())
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	values, err := sources.apply(settings)
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	return values, nil
}

// sources are where values come from, beside the command line.
type sources struct {
	path    string // of the file, empty where there is none
	entries map[string]entry
}

func open(root *cobra.Command) (sources, error) {
	known := keys(All(root))
	if err := misspelled(All(root)); err != nil {
		return sources{}, err
	}
	path, text, err := read(namedFile(root))
	if err != nil {
		return sources{}, fmt.Errorf("configuration: %w", err)
	}
	entries, err := parse(path, text, known)
	return sources{path: path, entries: entries}, err
}

func keys(list []Setting) []string {
	var all []string
	for _, s := range list {
		if !slices.Contains(all, s.Key) {
			all = append(all, s.Key)
		}
	}
	return all
}

func (from sources) apply(settings []Setting) ([]Effective, error) {
	var values []Effective
	for _, s := range settings {
		v := Effective{Setting: s, Origin: FromDefault}
		variable, isSet := os.LookupEnv(s.Env)
		written, inFile := from.entries[s.Key]
		switch {
		case s.Flag.Changed:
			v.Origin = FromFlag
		case isSet && variable != "":
			v.Origin = s.Env
			if err := set(s.Flag, []string{variable}, false); err != nil {
				return nil, fmt.Errorf("%s: %w", s.Env, err)
			}
		case inFile:
			v.Origin = fmt.Sprintf("%s:%d", from.path, written.line)
			if err := set(s.Flag, written.words, written.list); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", v.Origin, s.Key, err)
			}
		}
		v.Value = s.Flag.Value.String()
		values = append(values, v)
	}
	return values, nil
}

// set gives a flag a value without calling it one of the command line.
func set(f *pflag.Flag, words []string, list bool) error {
	if many, ok := f.Value.(pflag.SliceValue); ok {
		if !list {
			words = strings.Split(words[0], ",")
		}
		return many.Replace(words)
	}
	if list {
		return errors.New("takes one value, not a list")
	}
	if err := f.Value.Set(words[0]); err != nil {
		return fmt.Errorf("%q is not %s", words[0], Kind(f))
	}
	return nil
}

// Kind says what values a flag takes.
func Kind(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "bool":
		return "true or false"
	case "int", "int64", "uint", "uint64":
		return "a whole number"
	case "float64":
		return "a number"
	case "duration":
		return "a duration such as 90s or 5m"
	}
	return "a valid value"
}

// misspelled finds a variable of ours that nothing reads and that is close to one that
// is read: its value would silently not count. Others are somebody's own.
func misspelled(list []Setting) error {
	known := []string{variable(Flag)}
	for _, s := range list {
		known = append(known, s.Env)
	}
	for _, pair := range os.Environ() {
		name, value, _ := strings.Cut(pair, "=")
		if value == "" || !strings.HasPrefix(name, prefix) || slices.Contains(known, name) || slices.Contains(others, name) {
			continue
		}
		// The prefix alone must not make two names alike.
		short := make([]string, len(known))
		for i, k := range known {
			short[i] = strings.TrimPrefix(k, prefix)
		}
		if near := suggest.Nearest(strings.TrimPrefix(name, prefix), short); near != "" {
			return fmt.Errorf("unknown variable %s; did you mean %s%s? unset it otherwise", name, prefix, near)
		}
	}
	return nil
}

// others are the variables that are no settings: of images, of child processes, and of
// the project's own tests.
var others = []string{
	"RUNPROOF_POSTGRES_IMAGE", "RUNPROOF_REDIS_IMAGE", "RUNPROOF_OWNER", "RUNPROOF_ROLE", "RUNPROOF_ROLES",
	"RUNPROOF_BENCH", "RUNPROOF_BINARY", "RUNPROOF_CONTRACT", "RUNPROOF_DEFECTS", "RUNPROOF_KILLS", "RUNPROOF_UPDATE",
}

// Named adds to an error that tells of a flag who set that flag, if the command line
// did not: nobody would look for it elsewhere.
func Named(err error, values []Effective) error {
	if err == nil || exit.Code(err) != exit.Code(exit.Usage("")) {
		return err
	}
	for _, v := range values {
		if v.Origin != FromFlag && v.Origin != FromDefault && mentions(err.Error(), "--"+v.Flag.Name) {
			return exit.Usage("%w (--%s is set by %s)", err, v.Flag.Name, v.Origin)
		}
	}
	return err
}

// mentions tells whether a text has a flag, and not merely one that begins with it.
func mentions(text, flag string) bool {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool {
		return r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}) {
		if word == flag {
			return true
		}
	}
	return false
}

// Value is the value of a key; empty where the configuration is wrong.
func Value(root *cobra.Command, key string) string {
	from, err := open(root)
	if err != nil {
		return ""
	}
	values, err := from.apply(All(root))
	i := slices.IndexFunc(values, func(v Effective) bool { return v.Key == key })
	if err != nil || i < 0 {
		return ""
	}
	return values[i].Value
}

// File is the configuration file that counts; empty where there is none.
func File(root *cobra.Command) string {
	path, _, err := read(namedFile(root))
	if err != nil {
		return ""
	}
	return path
}

// namedFile is the file that the command line or the environment names.
func namedFile(root *cobra.Command) string {
	if f := root.PersistentFlags().Lookup(Flag); f != nil && f.Changed {
		return f.Value.String()
	}
	return os.Getenv(variable(Flag))
}
