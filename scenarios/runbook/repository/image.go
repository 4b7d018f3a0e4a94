package repository

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	nothing = regexp.MustCompile(`^scratch$|distroless|/static(?::|$)|chainguard/static`)
	alpine  = regexp.MustCompile(`alpine`)
	slim    = regexp.MustCompile(`slim|debian:|ubuntu:|bookworm|bullseye`)
	// tools that the base images are without, unless they are installed.
	without = map[string][]string{
		"alpine": {"bash", "curl", "psql", "redis-cli", "jq", "dig", "pg_dump", "mysql", "mongosh"},
		"slim":   {"curl", "wget", "psql", "redis-cli", "jq", "dig", "nslookup", "nc", "ping", "netstat", "ps", "top", "telnet", "pg_dump", "vim", "ss"},
	}
	servers = regexp.MustCompile(`postgres|redis|mysql|mongo|curl|busybox|netshoot|debug`)
	// packages that bring a tool with another name.
	packages = map[string]string{"psql": "postgresql", "pg_dump": "postgresql", "redis-cli": "redis", "dig": "dns|bind", "nslookup": "dns|bind", "nc": "netcat|nmap", "ps": "procps", "top": "procps", "ping": "iputils", "netstat": "net-tools", "ss": "iproute", "mysql": "mysql|mariadb"}
)

var imageRule = rule{
	id: "repository-image", title: "a tool that is run in a container is in its image", severity: lint.Error,
	why: "the container has no such program, and the diagnosis ends there",
	find: func(r *reader, report func(lint.Finding)) {
		for _, c := range r.script.Calls {
			if len(c.Via) == 0 || c.Via[len(c.Via)-1] != "kubectl exec" && c.Via[len(c.Via)-1] != "docker exec" || c.Program == "" {
				continue
			}
			outer := r.outer(c)
			if outer == nil {
				continue
			}
			if i := r.imageOf(outer); i != nil {
				if text := lacks(*i, c.Program); text != "" {
					report(r.at(c, text, "run it from elsewhere (kubectl debug), or install it"))
				}
			}
		}
	},
}

// outer is the command that hands another one on.
func (r *reader) outer(c *script.Call) *script.Call {
	for _, other := range r.script.Of[c.Statement] {
		if other != c && other.Line == c.Line && len(other.Via) == len(c.Via)-1 && (other.Program == "kubectl" || other.Program == "docker" || other.Program == "docker-compose") {
			return other
		}
	}
	return nil
}

// imageOf is the image of the workload that a command runs in, where the
// repository says which: its Dockerfile's folder has the workload's name, or
// there is one Dockerfile and one workload.
func (r *reader) imageOf(c *script.Call) *image {
	if c.Program != "kubectl" || c.Flag("-c", "--container") {
		return nil
	}
	kind, workloadName, ok := target(c)
	if !ok {
		return nil
	}
	w, _ := r.workload(kind, workloadName)
	if w == nil || len(w.containers) != 1 || servers.MatchString(w.containers[0].image) {
		return nil
	}
	own := w.containers[0].image
	own = own[strings.LastIndexByte(own, '/')+1:]
	own, _, _ = strings.Cut(own, ":")
	if len(r.images) == 1 && len(r.workloads) == 1 {
		return &r.images[0]
	}
	var found *image
	for i := range r.images {
		folder := r.images[i].folder[strings.LastIndexByte(r.images[i].folder, '/')+1:]
		if folder == own || folder == w.name {
			if found != nil {
				return nil
			}
			found = &r.images[i]
		}
	}
	return found
}

// lacks says that an image has no such program, or nothing.
func lacks(i image, program string) string {
	program = strings.TrimPrefix(strings.TrimPrefix(program, "/usr"), "/bin/")
	if pattern := packages[program]; pattern == "" {
		packages := regexp.QuoteMeta(program)
		if regexp.MustCompile(`\b` + packages + `\b`).MatchString(i.installed) {
			return ""
		}
	} else if regexp.MustCompile(`(?i)` + pattern + `|\b` + regexp.QuoteMeta(program) + `\b`).MatchString(i.installed) {
		return ""
	}
	if nothing.MatchString(i.base) {
		if usual[program] {
			return fmt.Sprintf("the image has no %s: it is made from %s (%s)", program, i.base, i.place)
		}
		return ""
	}
	kind := ""
	switch {
	case servers.MatchString(i.base):
	case alpine.MatchString(i.base):
		kind = "alpine"
	case slim.MatchString(i.base):
		kind = "slim"
	}
	for _, tool := range without[kind] {
		if tool == program {
			return fmt.Sprintf("the image has no %s: %s is without it, and nothing installs it (%s)", program, i.base, i.place)
		}
	}
	return ""
}

// usual are programs of a system; the service's own may be in any image.
var usual = map[string]bool{
	"sh": true, "bash": true, "curl": true, "wget": true, "psql": true, "redis-cli": true, "cat": true, "ls": true, "env": true, "ps": true, "top": true, "nc": true,
	"nslookup": true, "dig": true, "ping": true, "netstat": true, "df": true, "du": true, "kill": true, "tail": true, "grep": true, "printenv": true, "jq": true, "telnet": true, "ash": true, "date": true, "find": true, "free": true,
}
