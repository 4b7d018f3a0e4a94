package fault

import (
	"fmt"
	"strings"
)

// FaultVariableSet starts the service again with another value of a variable.
const FaultVariableSet Kind = "variable-set"

// StartWith starts the service again with another value of a variable.
func StartWith(variable, value string) Fault {
	return Fault{Kind: FaultVariableSet, On: Service, Detail: variable + "=" + value}
}

func init() {
	kinds[FaultVariableSet] = kindOf{
		needs:    process,
		describe: func(f Fault) string { return "the service is started with " + f.Detail },
		check: func(f Fault) error {
			if name, value, ok := strings.Cut(f.Detail, "="); !ok || name == "" || value == "" {
				return fmt.Errorf("%q is not NAME=value", f.Detail)
			}
			return nil
		},
		down: true,
	}
}
