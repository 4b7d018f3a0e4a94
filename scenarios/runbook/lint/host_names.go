package lint

import (
	"fmt"
	"net"
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// clients are programs that are told the host of their server.
var clients = map[string][]string{"redis-cli": {"-h"}, "psql": {"-h", "--host"}, "mysql": {"-h", "--host"}, "pg_dump": {"-h", "--host"}}

var hostNames = Rule{
	ID: "host-names", Title: "one server has one name", Severity: Info,
	Why: "nobody can tell whether these are several servers or several names of one",
	Find: func(in Input, report func(Finding)) {
		for _, program := range []string{"mysql", "pg_dump", "psql", "redis-cli"} {
			lines := map[string]int{}
			for _, c := range in.Commands() {
				for _, call := range c.Calls {
					if host, found := call.Option(clients[program]...); call.Program == program && found && name(host) && lines[host] == 0 {
						lines[host] = c.Line
					}
				}
			}
			if len(lines) < leastNames || !alike(lines) {
				continue
			}
			var shown []string
			var others []int
			for host, line := range lines {
				shown = append(shown, fmt.Sprintf("%s (line %d)", host, line))
				others = append(others, line)
			}
			sort.Strings(shown)
			sort.Ints(others)
			report(Finding{Line: others[0], Column: 1, Others: others[1:], Text: fmt.Sprintf("%s is told %d hosts that read like one: %s", program, len(shown), strings.Join(shown, ", ")), Proposal: "use one name, or say what each of them is"})
		}
	},
}

// leastNames is how many names of one host are a finding: two are a server
// and its replica as often.
const leastNames = 3

// name tells whether a host is a name or a variable, and no address or
// something to fill in.
func name(host string) bool {
	return host != "" && net.ParseIP(host) == nil && !strings.ContainsAny(host, "<>{/") && host != "localhost" && !strings.Contains(host, "xxx")
}

// apart are words that tell servers apart.
var apart = map[string]bool{"replica": true, "primary": true, "master": true, "slave": true, "standby": true, "secondary": true, "sentinel": true, "read": true, "ro": true, "rw": true, "old": true, "new": true, "source": true, "target": true, "prod": true, "staging": true, "dev": true, "dr": true, "backup": true, "leader": true, "follower": true}

// alike tells whether all names share a word, and none says that it is another.
func alike(hosts map[string]int) bool {
	count := map[string]int{}
	for host := range hosts {
		seen := map[string]bool{}
		for _, w := range facts.Words(strings.ReplaceAll(host, "_", " ")) {
			if apart[w] || strings.ContainsAny(w, "0123456789") {
				return false
			}
			if len(w) > 2 && !seen[w] && w != "host" {
				seen[w] = true
				count[w]++
			}
		}
	}
	for _, n := range count {
		if n == len(hosts) {
			return true
		}
	}
	return false
}
