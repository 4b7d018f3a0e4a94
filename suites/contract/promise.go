package contract

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

func (p promise) fullName() string { return p.area + ": " + p.name }

// register adds a promise.
type register func(area, name string, keep func(*client))

// promises are all of them, in the order of the files.
func promises() (list []promise) {
	promised := func(area, name string, keep func(*client)) {
		list = append(list, promise{area, name, types.NewCodeLocation(1), keep})
	}
	for _, add := range []func(register){
		authPromises, documentPromises, idempotencyPromises, invalidPromises, limitsPromises,
		modelPromises, pagingPromises, requestsPromises, sequencesPromises, validPromises,
	} {
		add(promised)
	}
	return list
}

// Names lists the promises, each with its area before it.
func Names() (list []string) {
	for _, p := range promises() {
		list = append(list, p.fullName())
	}
	return list
}

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

// reportTable reports last what was looked at, for silence proves nothing by itself.
func reportTable(r Report) {
	AddReportEntry("coverage table", Coverage(r), ReportEntryVisibilityAlways)
}

// Coverage is the table of what the specs of a report have seen of the contract.
func Coverage(r types.Report) string {
	seen := contract.Coverage{}
	for _, spec := range r.SpecReports {
		var part contract.Coverage
		if json.Unmarshal([]byte(reported(spec, coverageEntry)), &part) == nil {
			seen.Add(part)
		}
	}
	return contract.Own().Report(seen).String()
}
