package defects

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
)

const exitUsage = 2

// help is what this build's "help" says besides the service's own.
const help = `
Mutants (this build is for tests and must not be deployed):
  event-service --defect NAME ...           any command, by the service with one defect
  event-service defects [--output FORMAT]   list the defects; table or json
`

// Main is app.Main with two things more: the flag --defect, before the
// command, makes the service a mutant, and the command "defects" lists them.
func Main(args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	parts, args, err := choose(args)
	if err != nil {
		return refuse(stderr, err)
	}
	if len(args) > 0 && args[0] == "defects" {
		if err := list(stdout, args[1:]); err != nil {
			return refuse(stderr, err)
		}
		return 0
	}
	code := app.Run(parts, args, getenv, stdout, stderr)
	if code == 0 && len(args) > 0 && strings.Trim(args[0], "-") == "help" {
		fmt.Fprint(stdout, help)
	}
	return code
}

func refuse(stderr io.Writer, err error) int {
	fmt.Fprintf(stderr, "event-service: %s\n", err)
	return exitUsage
}

// choose takes --defect off the front of args.
func choose(args []string) (app.Parts, []string, error) {
	if len(args) == 0 {
		return app.Honest(), args, nil
	}
	name, found := strings.CutPrefix(args[0], "--defect=")
	switch {
	case found:
		args = args[1:]
	case args[0] != "--defect":
		return app.Honest(), args, nil
	case len(args) == 1:
		return app.Parts{}, nil, errors.New("--defect needs a name: \"event-service defects\" lists them")
	default:
		name, args = args[1], args[2:]
	}
	d, err := find(name)
	if err != nil {
		return app.Parts{}, nil, err
	}
	return d.Mutant(), args, nil
}

// list writes every defect, for people or for programs.
func list(w io.Writer, args []string) error {
	format := "table"
	if len(args) > 0 {
		value, found := strings.CutPrefix(args[0], "--output=")
		switch {
		case found && len(args) == 1:
			format = value
		case args[0] == "--output" && len(args) == 2:
			format = args[1]
		default:
			return fmt.Errorf("defects %s: --output table or --output json is meant", strings.Join(args, " "))
		}
	}
	switch format {
	case "json":
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(All())
	case "table":
		return table(w)
	default:
		return fmt.Errorf("--output %s: table or json is meant", format)
	}
}

func table(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FAMILY\tNAME\tBREAKS\tLATENT\tWHAT AN OPERATOR SEES")
	for _, d := range All() {
		latent := "no"
		if d.Latent {
			latent = "yes"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", d.Family, d.Name, d.Breaks, latent, d.Sees)
	}
	return t.Flush()
}
