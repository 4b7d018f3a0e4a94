package contract

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2/reporters"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/suites/contract"
)

// result is what a run leaves as result.json.
type result struct {
	ID         string             `json:"id"`
	Began      time.Time          `json:"began"`
	Took       time.Duration      `json:"took"`
	Exit       int                `json:"exit"`
	Provenance record.Provenance  `json:"provenance"`
	Outcomes   []contract.Outcome `json:"promises"`
	// Coverage is the table of what was seen of the contract, by line.
	Coverage []string `json:"coverage"`
}

// exit is the exit code: that of a scenario with the same verdicts.
func (r result) exit() int {
	var list []judge.Verdict
	for _, o := range r.Outcomes {
		list = append(list, o.Verdict)
	}
	return judge.ExitCode(list)
}

// write writes result.json and junit.xml.
func (r result) write(dir string, report types.Report) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("result.json: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "result.json"), append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("result.json: %w", err)
	}
	if err := reporters.GenerateJUnitReportWithConfig(attributed(report), filepath.Join(dir, "junit.xml"), reporters.JunitReportConfig{
		OmitTimelinesForSpecState: types.SpecStatePassed, OmitSpecLabels: true,
	}); err != nil {
		return fmt.Errorf("junit.xml: %w", err)
	}
	return nil
}

// attributed is a report in which a failure is the service's: in junit.xml what is
// not is an error, as in that of verify.
func attributed(report types.Report) types.Report {
	specs := make(types.SpecReports, 0, len(report.SpecReports))
	for _, spec := range report.SpecReports {
		if o := contract.OutcomeOf(spec); o.Verdict == judge.Broken {
			spec.State, spec.Failure.Message = types.SpecStateAborted, o.Reason
		}
		specs = append(specs, spec)
	}
	report.SpecReports = specs
	return report
}

// reasonLimit bounds what the terminal shows of one promise, in bytes; result.json has all.
const reasonLimit = 3000

// conclude prints what a person wants to know at the end.
func (r result) conclude(out io.Writer, dir string) {
	count := map[judge.Verdict]int{}
	for _, o := range r.Outcomes {
		count[o.Verdict]++
		if o.Verdict == judge.Failed || o.Verdict == judge.Broken {
			reason := o.Reason[:min(len(o.Reason), reasonLimit)]
			fmt.Fprintf(out, "\n%s: %s\n  %s\n", o.Promise, o.Verdict, strings.ReplaceAll(reason, "\n", "\n  "))
		}
	}
	fmt.Fprintf(out, "\npromises: %d Passed", count[judge.Passed])
	for _, v := range []judge.Verdict{judge.Failed, judge.Broken, judge.Unknown} {
		if count[v] > 0 {
			fmt.Fprintf(out, ", %d %s", count[v], named(v))
		}
	}
	fmt.Fprintf(out, "\nreport  %s\n", filepath.Join(dir, "junit.xml"))
}

// named is a verdict as a word.
func named(v judge.Verdict) string {
	if v == judge.Unknown {
		return "not played"
	}
	return string(v)
}
