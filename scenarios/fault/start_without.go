package fault

import "strings"

// FaultVariableMissing starts the service again without some of its variables.
const FaultVariableMissing Kind = "variable-missing"

// StartWithout starts the service again without some of its variables.
func StartWithout(variables ...string) Fault {
	return Fault{Kind: FaultVariableMissing, On: Service, Detail: strings.Join(variables, " ")}
}

func init() {
	kinds[FaultVariableMissing] = kindOf{
		needs:    process,
		describe: func(f Fault) string { return "the service is started without " + f.Detail },
		check:    hasDetail("the variable"),
		down:     true,
	}
}
