package lint

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

var barePath = regexp.MustCompile(`^/[a-z][\w./{}?=&-]*$`)

// fileOptions are those of curl that a file follows.
var fileOptions = map[string]bool{"-o": true, "-T": true, "-K": true, "-E": true, "-b": true, "-c": true, "-D": true, "--output": true, "--cacert": true, "--cert": true, "--key": true, "--unix-socket": true, "--config": true}

var commandHost = Rule{
	ID: "command-host", Title: "a request names its host", Severity: Error,
	Why: "the command cannot run as printed: it asks no host",
	Find: func(in Input, report func(Finding)) {
		known := hostOf(in.Document)
		for _, s := range in.Document.Statements {
			if s.Kind != document.Command {
				continue
			}
			tokens := binding.Tokens(s.Text)
			for i, t := range tokens {
				if i > 0 && hasProgram(tokens[:i], "curl") && !hasProgram(tokens[:i], "|") && barePath.MatchString(t) && !fileOptions[tokens[i-1]] {
					f := at(s, fmt.Sprintf("curl is given %s without a host", t), "write "+known+t)
					if known != noHost {
						f = f.withFix(s.Line, t, known+t)
					}
					report(f)
				}
			}
		}
	},
}

// noHost stands where no request names a host.
const noHost = "http://HOST:PORT"

// hostPart is the host of a request, or the variable that stands for it.
var hostPart = regexp.MustCompile(`^(https?://[^/]+|\$\{?\w+\}?)/`)

// hostOf is the host that most of a document's requests name.
func hostOf(d *document.Document) string {
	count := map[string]int{}
	best := noHost
	for _, s := range d.Statements {
		if s.Kind != document.Command {
			continue
		}
		for _, t := range binding.Tokens(s.Text) {
			m := hostPart.FindStringSubmatch(t)
			if m == nil {
				continue
			}
			host := m[1]
			if count[host]++; count[host] > count[best] {
				best = host
			}
		}
	}
	return best
}
