package lint

import (
	"fmt"
	"regexp"
)

var barePath = regexp.MustCompile(`^/[a-z][\w./{}?=&-]*$`)

// fileOptions are those of curl that a file follows.
var fileOptions = map[string]bool{"-o": true, "-T": true, "-K": true, "-E": true, "-b": true, "-c": true, "-D": true, "--output": true, "--cacert": true, "--cert": true, "--key": true, "--unix-socket": true, "--config": true}

var commandHost = Rule{
	ID: "command-host", Title: "a request names its host", Severity: Error,
	Why: "the command cannot run as printed: it asks no host",
	Find: func(in Input, report func(Finding)) {
		known := hostOf(in)
		for _, c := range in.Commands() {
			for _, call := range c.Calls {
				for i, a := range call.Args {
					if call.Program != "curl" || !barePath.MatchString(a) || i > 0 && fileOptions[call.Args[i-1]] {
						continue
					}
					f := c.at(in, fmt.Sprintf("curl is given %s without a host", a), "write "+known+a)
					if known != noHost && c.Statement >= 0 {
						f = f.withFix(c.Line, a, known+a)
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
func hostOf(in Input) string {
	count := map[string]int{}
	best := noHost
	for _, c := range in.Commands() {
		for _, call := range c.Calls {
			if call.Program != "curl" {
				continue
			}
			for _, a := range call.Args {
				m := hostPart.FindStringSubmatch(a)
				if m == nil {
					continue
				}
				if count[m[1]]++; count[m[1]] > count[best] {
					best = m[1]
				}
			}
		}
	}
	return best
}
