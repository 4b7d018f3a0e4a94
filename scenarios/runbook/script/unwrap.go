package script

import "strings"

// wrapper says how a program hands on a command: the options of its own that
// take a value, and how many words stand before the command.
type wrapper struct {
	valued string // short options with a value
	long   []string
	words  int
	// script tells that the words are joined and read by a shell.
	script bool
}

var wrappers = map[string]wrapper{
	"sudo":    {valued: "ugCDhpRrTt"},
	"time":    {},
	"nohup":   {},
	"nice":    {valued: "n"},
	"env":     {valued: "uC"},
	"command": {},
	"exec":    {},
	"timeout": {valued: "ks", words: 1},
	"watch":   {valued: "n", long: []string{"--interval"}, script: true},
	"xargs":   {valued: "aEIdLnPs", long: []string{"--max-args", "--max-procs", "--delimiter", "--arg-file"}},
	"ssh":     {valued: "BbcDEeFIiJLlmOopQRSWw", words: 1, script: true},
}

// unwrap reads the command that a call hands on.
func (r *reader) unwrap(c *Call) {
	if len(r.via) >= maxWrapped {
		return
	}
	rest, script, via := handed(c)
	if len(rest) == 0 {
		return
	}
	inner := reader{statement: r.statement, line: c.Line, column: c.Column, via: append(append([]string(nil), r.via...), via)}
	if script {
		var texts []string
		for _, w := range rest {
			texts = append(texts, w.Text)
		}
		inner.read(strings.Join(texts, " "))
		for _, i := range inner.calls {
			i.Line, i.Column = c.Line, c.Column
		}
	} else {
		call := &Call{Statement: c.Statement, Line: c.Line, Column: c.Column, Args: rest[1:], Via: inner.via, Guarded: c.Guarded, Background: c.Background, Redirects: c.Redirects, Input: c.Input, Document: c.Document}
		if !rest[0].Open {
			call.Program = base(rest[0].Text)
		}
		inner.calls = append(inner.calls, call)
		inner.unwrap(call)
	}
	r.calls = append(r.calls, inner.calls...)
}

// handed are the words that a call hands on, whether a shell reads them, and
// what the call is called as a wrapper.
func handed(c *Call) (rest []Word, script bool, via string) {
	switch c.Program {
	case "kubectl", "oc":
		if c.Word(0) != "exec" && c.Word(0) != "debug" && c.Word(0) != "run" && !c.Has("exec") {
			return nil, false, ""
		}
		for i, a := range c.Args {
			if a.Text == "--" {
				return c.Args[i+1:], false, "kubectl exec"
			}
		}
		return nil, false, ""
	case "docker", "podman", "docker-compose":
		return inContainer(c)
	case "bash", "sh", "zsh", "ash":
		for i, a := range c.Args {
			if cluster(a.Text) && strings.HasSuffix(a.Text, "c") && i+1 < len(c.Args) {
				return c.Args[i+1 : i+2], true, "sh -c"
			}
		}
		return nil, false, ""
	case "su":
		if script, ok := c.Value("-c"); ok {
			return []Word{script}, true, "su"
		}
		return nil, false, ""
	}
	w, ok := wrappers[c.Program]
	if !ok {
		return nil, false, ""
	}
	words := w.words
	for i := 0; i < len(c.Args); i++ {
		text := c.Args[i].Text
		switch {
		case text == "--":
			return c.Args[i+1:], w.script, c.Program
		case strings.HasPrefix(text, "--"):
			for _, long := range w.long {
				if text == long {
					i++
				}
			}
		case strings.HasPrefix(text, "-") && len(text) > 1:
			if strings.ContainsRune(w.valued, rune(text[len(text)-1])) && (len(text) == 2 || cluster(text)) {
				i++
			}
		case c.Program == "env" && strings.Contains(text, "="), c.Program == "sudo" && strings.Contains(text, "=") && !strings.HasPrefix(text, "/"):
		case words > 0:
			words--
		default:
			return c.Args[i:], w.script, c.Program
		}
	}
	return nil, false, ""
}

var containerValued = map[string]bool{
	"-u": true, "--user": true, "-w": true, "--workdir": true, "-e": true, "--env": true, "--env-file": true, "--index": true,
	"-f": true, "--file": true, "-p": true, "--project-name": true, "--profile": true, "--detach-keys": true,
}

// inContainer reads "docker exec CONTAINER CMD" and "docker compose exec SERVICE CMD".
func inContainer(c *Call) ([]Word, bool, string) {
	words := 0 // words that are no options
	exec := false
	for i := 0; i < len(c.Args); i++ {
		text := c.Args[i].Text
		switch {
		case containerValued[text]:
			i++
		case strings.HasPrefix(text, "-"):
		case !exec && (text == "exec"):
			exec, words = true, 1
		case !exec && (text == "compose" || text == "container"):
		case !exec:
			return nil, false, ""
		case words > 0:
			words--
		default:
			return c.Args[i:], false, "docker exec"
		}
	}
	return nil, false, ""
}
