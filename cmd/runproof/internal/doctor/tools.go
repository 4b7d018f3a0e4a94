package doctor

import (
	"fmt"
	"io"
	"strings"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/operator"
)

// operatorsTools says with which tools a runbook's commands can be executed.
// One that is missing leaves commands untested, and no stack needs it.
func operatorsTools(out io.Writer) error {
	names, packages := operator.Missing()
	if len(names) == 0 {
		_, err := fmt.Fprint(out, "commands of a runbook\n  ok       every tool that they may use is here, kubectl aside\n")
		return wrapped(err)
	}
	_, err := fmt.Fprintf(out, "commands of a runbook\n  MISSING  %s: commands that use them stay untested\n           mend: apt-get install %s\n",
		strings.Join(names, ", "), strings.Join(packages, " "))
	return wrapped(err)
}

func wrapped(err error) error {
	if err == nil {
		return nil
	}
	return exit.Undecided("doctor: %w", err)
}
