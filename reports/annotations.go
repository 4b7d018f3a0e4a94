package reports

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/ledger"
)

// Annotations renders what is wrong as workflow commands of GitHub Actions, one a
// line: printed by a job, they stand beside the lines of the runbook.
func Annotations(r ledger.RunResult) []byte {
	var b bytes.Buffer
	for _, p := range problems(r) {
		level := "warning"
		if p.failing {
			level = "error"
		}
		var at string
		if p.line > 0 {
			at = fmt.Sprintf("file=%s,line=%d,", property.Replace(line(r.Provenance.Runbook.Name)), p.line)
		}
		fmt.Fprintf(&b, "::%s %stitle=%s::%s\n", level, at, property.Replace(line(p.subject+": "+p.rule)), message.Replace(clip(line(p.text), maxCell)))
	}
	return b.Bytes()
}

// What has a meaning in a message and in a property of a workflow command
// (actions/toolkit, packages/core/src/command.ts).
var (
	message  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
