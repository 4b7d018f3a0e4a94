package contract_test

import (
	"encoding/json"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/runproof/runproof/scenarios/contract"
)

// promise is one thing that callers may rely on. It is played against the
// service as it is, where it must hold, and against changed answers, where it
// must not (see red_test.go).
type promise struct {
	area, name string
	where      types.CodeLocation
	keep       func(*client)
}

// promises are all of them, in the order of the files.
var promises []promise

// promised adds one. It returns a value so that it can stand at package level.
func promised(area, name string, keep func(*client)) bool {
	promises = append(promises, promise{area, name, types.NewCodeLocation(1), keep})
	return true
}

var _ = Describe("The contract", func() {
	for _, p := range promises {
		It(p.area+": "+p.name, Label(p.area), p.where, SpecTimeout(specTimeout), func(ctx SpecContext) {
			c := newClient(ctx, service)
			defer reportCoverage(c)
			p.keep(c)
		})
	}
})

// coverageEntry is the name under which a spec reports what it saw.
const coverageEntry = "coverage"

// reportCoverage hands on what a client saw, as text: that survives the way
// from one of several processes.
func reportCoverage(c *client) {
	text, err := json.Marshal(c.seen)
	if err != nil {
		Fail(err.Error())
	}
	AddReportEntry(coverageEntry, string(text), ReportEntryVisibilityNever)
}

// The last word is what was looked at, for silence proves nothing by itself.
var _ = ReportAfterSuite("coverage of the contract", func(r Report) {
	seen := contract.Coverage{}
	for _, spec := range r.SpecReports {
		for _, entry := range spec.ReportEntries {
			var part contract.Coverage
			if text, ok := entry.GetRawValue().(string); ok && entry.Name == coverageEntry && json.Unmarshal([]byte(text), &part) == nil {
				seen.Add(part)
			}
		}
	}
	AddReportEntry("coverage table", contract.Own().Report(seen).String(), ReportEntryVisibilityAlways)
})
