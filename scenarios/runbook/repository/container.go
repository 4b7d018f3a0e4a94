package repository

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var containerRule = rule{
	id: "repository-container", title: "containers are those of the compose files", severity: lint.Error,
	why: "docker finds no container under the name, in the middle of an incident",
	find: func(r *reader, report func(lint.Finding)) {
		if len(r.containers) == 0 {
			return
		}
		for _, c := range r.script.Calls {
			name := containerOf(c)
			if name == "" || r.hasContainer(name) {
				continue
			}
			have := map[string]Place{}
			for container, of := range r.containers {
				if segment(name, of.service) {
					have[container] = of.place
				}
			}
			if len(have) > 0 {
				report(r.at(c, fmt.Sprintf("no container is called %s: %s", name, places(have)), "write the name of the container, or use docker compose exec with the service"))
			}
		}
	},
}

// named is a container that a compose file gives a name.
type named struct {
	service string
	place   Place
}

// containerOf is the container that a command of docker names, or empty.
func containerOf(c *script.Call) string {
	if c.Program != "docker" || !ofContainer[c.Word(0)] || c.Through("ssh") {
		return ""
	}
	for i := 1; i < len(c.Args); i++ {
		switch text := c.Args[i].Text; {
		case containerValued[text]:
			i++
		case strings.HasPrefix(text, "-"):
		default:
			if c.Args[i].Open || !name.MatchString(strings.ReplaceAll(text, "_", "-")) {
				return ""
			}
			return text
		}
	}
	return ""
}

// ofContainer are the commands of docker that take a container's name first.
var ofContainer = map[string]bool{"exec": true, "logs": true, "restart": true, "stop": true, "start": true, "kill": true, "stats": true, "top": true}

var containerValued = map[string]bool{"-u": true, "--user": true, "-w": true, "--workdir": true, "-e": true, "--env": true, "--tail": true, "-n": true, "--since": true, "--until": true, "--format": true}

// hasContainer tells whether a container may have the name: one is given it, or
// docker compose makes it of a service without one.
func (r *reader) hasContainer(name string) bool {
	if _, ok := r.containers[name]; ok {
		return true
	}
	for service := range r.unnamed {
		if segment(name, service) {
			return true
		}
	}
	return false
}

var parts = regexp.MustCompile(`[-_]`)

// segment tells whether the words of a name have those of a service among them,
// in their order.
func segment(name, service string) bool {
	joined := "-" + parts.ReplaceAllString(name, "-") + "-"
	return strings.Contains(joined, "-"+parts.ReplaceAllString(service, "-")+"-")
}
