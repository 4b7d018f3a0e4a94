package lint

import (
	"fmt"
	"net"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/shell"
)

// scope is a program that is told where to look.
type scope struct {
	program string
	options [][]string // names of each option, the usual one first
	what    string
}

var scopes = []scope{
	{"kubectl", [][]string{{"-n", "--namespace"}}, "a namespace"},
	{"oc", [][]string{{"-n", "--namespace"}}, "a namespace"},
	{"helm", [][]string{{"-n", "--namespace"}}, "a namespace"},
	{"psql", [][]string{{"-h", "--host"}, {"-U", "--username"}, {"-d", "--dbname"}}, "a server"},
	{"redis-cli", [][]string{{"-h"}}, "a server"},
	{"mysql", [][]string{{"-h", "--host"}}, "a server"},
}

var commandScope = Rule{
	ID: "command-scope", Title: "every command says where", Severity: Warning,
	Why: "without it the command meets what the shell happens to point at: another namespace, another server, or none",
	Find: func(in Input, report func(Finding)) {
		for _, s := range scopes {
			s.check(in, report)
		}
	},
}

// scoped is a command of a program, and what it is told.
type scoped struct {
	command Command
	call    shell.Call
	lacking []int // options, by index
	values  map[int]string
}

// check holds the commands of one program against each other: what some are
// told and others are not is one finding.
func (s scope) check(in Input, report func(Finding)) {
	var list []scoped
	for _, c := range in.Commands() {
		for _, call := range c.Calls {
			if call.Program != s.program {
				continue
			}
			if s.preset(call) {
				return // the place is set for all of them
			}
			if s.exempt(call) {
				continue
			}
			if c.Block < 0 && len(call.Words()) < 3 && len(call.Args) < 4 {
				continue // a sentence names the command, and not what it is for
			}
			one := scoped{command: c, call: call, values: map[int]string{}}
			for n, names := range s.options {
				if value, found := call.Option(names...); found {
					one.values[n] = value
				} else {
					one.lacking = append(one.lacking, n)
				}
			}
			list = append(list, one)
		}
	}
	// What any of them is told; of several values the most frequent.
	count := map[int]map[string]int{}
	for _, one := range list {
		for n, v := range one.values {
			if count[n] == nil {
				count[n] = map[string]int{}
			}
			count[n][v]++
		}
	}
	if len(count) == 0 {
		return
	}
	var without []scoped
	for _, one := range list {
		var lacking []int
		for _, n := range one.lacking {
			if len(count[n]) > 0 {
				lacking = append(lacking, n)
			}
		}
		if one.lacking = lacking; len(lacking) > 0 {
			without = append(without, one)
		}
	}
	// Most are not told, and those that are disagree: that is no rule.
	if len(without) > len(list)-len(without) && !agreed(count) {
		return
	}
	if len(without) > 0 {
		report(s.finding(in, list, without, count))
	}
}

func (s scope) finding(in Input, list, without []scoped, count map[int]map[string]int) Finding {
	first := without[0]
	with := len(list) - len(without)
	usual := s.usual(first.lacking, count)
	var text string
	if with >= len(without) {
		text = fmt.Sprintf("%d of %d %s commands are not told %s, as the others are", len(without), len(list), s.program, usual)
		if len(without) == 1 {
			text = fmt.Sprintf("this %s command is not told %s, as the others are", s.program, usual)
		}
	} else {
		text = fmt.Sprintf("%d of %d %s commands do not say where: %s is told elsewhere in this runbook, and not here", len(without), len(list), s.program, usual)
	}
	f := first.command.at(in, text, fmt.Sprintf("add %s, or set it once for all and say so", usual))
	for _, one := range without {
		f.Others = append(f.Others, one.command.Line)
	}
	if with < len(without) && with*4 < len(list) {
		f.Severity = Info
	}
	// It is sure only where all others agree, and where the command begins so.
	line, _, _ := strings.Cut(first.command.Text, "\n")
	rest, begins := strings.CutPrefix(line, s.program+" ")
	if len(without) == 1 && with > 1 && begins && first.command.Statement >= 0 && unanimous(first.lacking, count) {
		f = f.withFix(first.command.Line, line, s.program+" "+usual+" "+rest)
	}
	return f
}

// usual are the options that are lacking, with their usual values.
func (s scope) usual(lacking []int, count map[int]map[string]int) string {
	var parts []string
	for _, n := range lacking {
		best := ""
		for v, c := range count[n] {
			if c > count[n][best] || c == count[n][best] && v < best {
				best = v
			}
		}
		parts = append(parts, strings.TrimSpace(s.options[n][0]+" "+best))
	}
	return strings.Join(parts, " ")
}

// agreed tells whether every option has one value, and no address of an example.
func agreed(count map[int]map[string]int) bool {
	for _, values := range count {
		for v := range values {
			if len(values) > 1 || net.ParseIP(v) != nil {
				return false
			}
		}
	}
	return true
}

func unanimous(lacking []int, count map[int]map[string]int) bool {
	for _, n := range lacking {
		if len(count[n]) != 1 {
			return false
		}
	}
	return true
}

// preset tells whether a command sets the place for those that follow.
func (s scope) preset(c shell.Call) bool {
	return (s.program == "kubectl" || s.program == "oc") && (c.Has("set-context") && strings.Contains(strings.Join(c.Args, " "), "--namespace") || s.program == "oc" && c.Has("project"))
}

// ofNoRelease are the commands of helm that ask no namespace.
var ofNoRelease = regexp.MustCompile(`^(?:repo|search|plugin|env|pull|package|dependency|lint|template|create|version|show|completion|registry)$`)

// namespaced are the kinds of Kubernetes and OpenShift that live in a
// namespace. What is not among them may be of the cluster's own.
var namespaced = regexp.MustCompile(`^(?i:po|pods?|deploy|deployments?|sts|statefulsets?|ds|daemonsets?|rs|replicasets?|rc|replicationcontrollers?|svc|services?|cm|configmaps?|secrets?|jobs?|cj|cronjobs?|ing|ingress(?:es)?|pvc|persistentvolumeclaims?|ep|endpoints|endpointslices?|ev|events?|hpa|horizontalpodautoscalers?|sa|serviceaccounts?|roles?|rolebindings?|netpol|networkpolic(?:y|ies)|pdb|poddisruptionbudgets?|quota|resourcequotas?|limits|limitranges?|leases?|routes?|dc|deploymentconfigs?|builds?|bc|buildconfigs?|all)$`)

// inNamespace tells whether a command of kubectl is about something in a
// namespace: by what it does, or by the kind that it names.
func inNamespace(words []string) bool {
	switch words[0] {
	case "logs", "exec", "port-forward", "rollout", "scale", "attach", "cp", "run", "expose", "autoscale", "set", "rsh":
		return true
	case "get", "describe", "delete", "edit", "patch", "annotate", "label", "wait", "top":
		if len(words) < 2 {
			return false
		}
		for _, kind := range strings.Split(words[1], ",") {
			kind, _, _ = strings.Cut(kind, "/")
			if !namespaced.MatchString(kind) {
				return false
			}
		}
		return true
	}
	return false
}

func (s scope) exempt(c shell.Call) bool {
	if c.Has("--help", "-h", "--version", "version", "help") && s.program != "psql" && s.program != "redis-cli" && s.program != "mysql" {
		return true
	}
	switch s.program {
	case "kubectl", "oc":
		words := c.Words()
		if len(words) == 0 || c.Has("-A", "--all-namespaces") {
			return true
		}
		if _, file := c.Option("-f", "--filename", "-k", "--kustomize"); file && (words[0] == "apply" || words[0] == "create" || words[0] == "delete" || words[0] == "replace") {
			return true // the manifest says where
		}
		return !inNamespace(words)
	case "helm":
		words := c.Words()
		return len(words) == 0 || c.Has("-A", "--all-namespaces") || ofNoRelease.MatchString(words[0])
	}
	// A client beside its server needs no address; an address in full has all.
	if c.Place != shell.Here {
		return true
	}
	for _, via := range c.Via {
		if via == "su" || via == "sudo" || via == "runuser" {
			return true
		}
	}
	for _, a := range append(append([]string(nil), c.Args...), c.Assigns...) {
		if strings.Contains(a, "://") || strings.HasPrefix(a, "service=") || strings.Contains(a, "host=") || strings.HasPrefix(a, "PGHOST=") || strings.HasPrefix(a, "PGSERVICE=") || strings.HasPrefix(a, "$") && strings.HasSuffix(a, "URL") {
			return true
		}
	}
	if s.program == "redis-cli" {
		return c.Has("-s", "-u", "--cluster", "--help", "-v")
	}
	return c.Has("-V", "-?", "-l") && len(c.Args) < 2
}
