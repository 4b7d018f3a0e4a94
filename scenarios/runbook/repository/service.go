package repository

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	serviceName = regexp.MustCompile(`^(?:svc|service|services)/([a-z0-9-]+)$`)
	forwarded   = regexp.MustCompile(`^(?:\d*:)?([\w-]+)$`)
	hostPort    = regexp.MustCompile(`^https?://([a-z0-9-]+)(?:\.[a-z0-9-]+)*:(\d+)(?:/|$)`)
)

var serviceRule = rule{
	id: "repository-service", title: "services and their ports are those of the repository", severity: lint.Error,
	why: "the connection is refused, and that looks like the outage itself",
	find: func(r *reader, report func(lint.Finding)) {
		for _, c := range r.script.Calls {
			switch {
			case c.Program == "kubectl" && c.Word(0) == "port-forward" && !r.Templates && len(r.services) > 0 && !r.outside(c):
				r.forward(c, report)
			case c.Program == "curl":
				r.request(c, report)
			case c.Program == "docker" || c.Program == "docker-compose":
				r.composeCall(c, report)
			}
		}
	},
}

func (r *reader) forward(c *script.Call, report func(lint.Finding)) {
	words := commandWords(c)
	for i, w := range words {
		m := serviceName.FindStringSubmatch(w.Text)
		if m == nil || w.Open {
			continue
		}
		s := r.service(m[1])
		if s == nil {
			if r.names == 0 {
				return
			}
			have := map[string]Place{}
			for _, other := range r.services {
				have[other.name] = other.place
			}
			report(r.at(c, fmt.Sprintf("the repository has no service %s; %s", m[1], places(have)), "use the name of the service"))
			return
		}
		if i+1 < len(words) && !words[i+1].Open {
			if p := forwarded.FindStringSubmatch(words[i+1].Text); p != nil && len(s.ports) > 0 && !s.ports[p[1]] {
				report(r.at(c, fmt.Sprintf("the service %s has no port %s; %s has %s", s.name, p[1], s.place, ports(s.ports)), "use a port of the service"))
			}
		}
		return
	}
}

func (r *reader) service(name string) *service {
	for i := range r.services {
		if r.services[i].name == name {
			return &r.services[i]
		}
	}
	return nil
}

// request judges an address by the name of a service, and not by one that the
// runbook's reader may have on another machine.
func (r *reader) request(c *script.Call, report func(lint.Finding)) {
	for _, a := range c.Args {
		m := hostPort.FindStringSubmatch(a.Text)
		if m == nil {
			continue
		}
		if s := r.service(m[1]); s != nil && len(s.ports) > 0 && !s.ports[m[2]] {
			report(r.at(c, fmt.Sprintf("the service %s has no port %s; %s has %s", s.name, m[2], s.place, ports(s.ports)), "use a port of the service"))
		}
	}
}

// composeCall judges the service that docker compose is told.
func (r *reader) composeCall(c *script.Call, report func(lint.Finding)) {
	if len(r.compose) == 0 || c.Flag("-f", "--file") {
		return
	}
	words := commandWords(c)
	if c.Program == "docker" {
		if len(words) == 0 || words[0].Text != "compose" {
			return
		}
		words = words[1:]
	}
	if len(words) < 2 || words[1].Open {
		return
	}
	switch words[0].Text {
	case "restart", "logs", "stop", "start", "exec", "up":
	default:
		return
	}
	if _, ok := r.compose[words[1].Text]; ok || !name.MatchString(words[1].Text) {
		return
	}
	have := map[string]Place{}
	for n, s := range r.compose {
		have[n] = s.place
	}
	report(r.at(c, fmt.Sprintf("docker compose has no service %s; %s", words[1].Text, places(have)), "use the name of the service"))
}

func ports(m map[string]bool) string {
	var list []string
	for p := range m {
		list = append(list, p)
	}
	sort.Strings(list)
	return strings.Join(list, ", ")
}
