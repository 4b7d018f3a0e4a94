package lab

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"text/template"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/lab"
	"github.com/runproof/runproof/scenarios/fault"
)

var scenarioIDs = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// skeletonText is a scenario file in which its author still has to say what must be seen.
var skeletonText = template.Must(template.New("scenario").Funcs(template.FuncMap{"literal": literal}).Parse(`package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// {{.Name}} plays: {{range $i, $f := .Faults}}{{if $i}}, then {{end}}{{$f}}{{end}}.
func {{.Name}}() Scenario {
	return Scenario{
		ID:       "{{.ID}}",
		Title:    "{{index .Faults 0}}",
		Section:  "", // of the runbook
		Severity: P2,
		Budget:   2 * time.Minute,

		Fault: {{literal (index .Faults 0)}},

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(15 * time.Second),
		},
		During: []Expectation{}, // what the runbook promises
{{- if gt (len .Faults) 1}}
		Escalates: []Stage{
{{- range $i, $f := .Faults}}{{if $i}}
			{Fault: {{literal $f}}, During: []Expectation{}},
{{- end}}{{end}}
		},
{{- end}}
		After: []Expectation{
			GET("/health/ready").Answers(200).By(30 * time.Second),
		},
{{- if .Remedies}}
		// Tried: {{.Remedies}}. Those that the runbook prescribes become Remedy.
{{- end}}
	}
}
`))

// skeleton prints what was done as the beginning of a scenario.
func skeleton(_ context.Context, l *lab.Lab, args []string, out io.Writer) error {
	id := args[0]
	if !scenarioIDs.MatchString(id) {
		return exit.Usage("record %s: want a name like database-refused", id)
	}
	var faults []fault.Fault
	var remedies []string
	for _, e := range l.History() {
		switch e.What {
		case "inject":
			faults = append(faults, e.Fault)
		case "restart", "scale", "fallback":
			remedies = append(remedies, strings.TrimSpace(e.What+" "+e.Text))
		}
	}
	if len(faults) == 0 {
		return exit.Usage("record %s: no fault was injected yet", id)
	}
	var name strings.Builder
	for word := range strings.SplitSeq(id, "-") {
		name.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return skeletonText.Execute(out, map[string]any{
		"ID": id, "Name": name.String(), "Faults": faults, "Remedies": strings.Join(remedies, ", "),
	})
}

// literal is a fault as Go has it. Its constructor says more, and is not known here.
func literal(f fault.Fault) string {
	fields := []string{"Kind: " + strconv.Quote(string(f.Kind)), "On: " + strconv.Quote(string(f.On))}
	if f.Delay > 0 {
		fields = append(fields, fmt.Sprintf("Delay: %d * time.Millisecond", f.Delay.Milliseconds()))
	}
	if f.Jitter > 0 {
		fields = append(fields, fmt.Sprintf("Jitter: %d * time.Millisecond", f.Jitter.Milliseconds()))
	}
	if f.Amount != 0 {
		fields = append(fields, fmt.Sprintf("Amount: %d", f.Amount))
	}
	if f.Detail != "" {
		fields = append(fields, "Detail: "+strconv.Quote(f.Detail))
	}
	return "Fault{" + strings.Join(fields, ", ") + "}"
}

// history prints what was done so far.
func history(_ context.Context, l *lab.Lab, _ []string, out io.Writer) error {
	for _, e := range l.History() {
		fmt.Fprintf(out, "%s  %s\n", e.At.Format("15:04:05.000"), strings.TrimSpace(e.What+" "+e.Text))
	}
	return nil
}
