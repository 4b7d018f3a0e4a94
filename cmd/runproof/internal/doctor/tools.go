package doctor

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/operator"
	"github.com/runproof/runproof/fixtures/sandbox"
	"github.com/runproof/runproof/fixtures/stack"
)

// trySandbox makes one, as a run does with its first command.
func trySandbox(ctx context.Context) (err error) {
	g, err := guard.Start(ctx, "doctor-"+uuid.NewString())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close(context.WithoutCancel(ctx))) }()
	_, err = sandbox.Open(ctx, g)
	return err
}

// operatorsTools are the sandbox and the tools for a runbook's commands.
func operatorsTools(sandboxed error) []stack.Finding {
	box := stack.Finding{Name: "sandbox", OK: true, Detail: "namespaces can be created"}
	if sandboxed != nil {
		box.OK, box.Detail = false, fmt.Sprintf("%v: every command stays UNTESTED", sandboxed)
		var lacking *sandbox.Unavailable
		if errors.As(sandboxed, &lacking) {
			box.Fix = lacking.Fix
		}
	}
	tools := stack.Finding{Name: "tools", OK: true, Detail: "all found; kubectl is not checked"}
	if names, packages := operator.Missing(); len(names) > 0 {
		tools = stack.Finding{
			Name: "tools", Detail: strings.Join(names, ", ") + ": commands that use them stay UNTESTED",
			Fix: "apt-get install " + strings.Join(packages, " "),
		}
	}
	return []stack.Finding{box, tools}
}
