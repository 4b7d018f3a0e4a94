package fault

import (
	"fmt"
	"slices"
)

// FaultLoginRefused refuses logins and leaves the server as it is.
const FaultLoginRefused Kind = "login-refused"

// loginRefusals says how logins come to be refused with an SQLSTATE.
var loginRefusals = map[string]string{
	"28P01": "the role's password was rotated",
	"28000": "the role may not log in",
	"55000": "the database accepts no connections",
}

// RefuseLogin makes Postgres refuse the service's logins with an SQLSTATE: 28P01,
// 28000 or 55000. It ends the service's sessions, since who had logged in before
// would not notice.
func RefuseLogin(sqlState string) Fault {
	return Fault{Kind: FaultLoginRefused, On: Postgres, Detail: sqlState}
}

func init() {
	kinds[FaultLoginRefused] = kindOf{
		needs:    ownServer,
		describe: func(f Fault) string { return "postgres refuses logins: " + loginRefusals[f.Detail] },
		check: func(f Fault) error {
			if loginRefusals[f.Detail] == "" {
				known := make([]string, 0, len(loginRefusals))
				for code := range loginRefusals {
					known = append(known, code)
				}
				slices.Sort(known)
				return fmt.Errorf("login fault has SQLSTATE %q: it knows %v", f.Detail, known)
			}
			return nil
		},
	}
}
