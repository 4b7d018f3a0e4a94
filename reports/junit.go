package reports

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// The elements of a JUnit report, as Jenkins' junit-10.xsd has them. The order
// of the fields is the order of the elements.
type (
	junitRun struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string          `xml:"name,attr"`
		Tests      int             `xml:"tests,attr"`
		Failures   int             `xml:"failures,attr"`
		Errors     int             `xml:"errors,attr"`
		Skipped    int             `xml:"skipped,attr"`
		Time       string          `xml:"time,attr"`
		Timestamp  string          `xml:"timestamp,attr,omitempty"`
		File       string          `xml:"file,attr,omitempty"`
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitCase struct {
		ClassName string       `xml:"classname,attr"`
		Name      string       `xml:"name,attr"`
		Time      string       `xml:"time,attr"`
		Skipped   *junitReason `xml:"skipped"`
		Error     *junitReason `xml:"error"`
		Failure   *junitReason `xml:"failure"`
		Out       *junitText   `xml:"system-out"`
	}
	junitReason struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",cdata"`
	}
	junitText struct {
		Text string `xml:",cdata"`
	}
)

// junitTime is how the schema wants a moment: no zone, and UTC by convention.
const junitTime = "2006-01-02T15:04:05"

// JUnit renders the result as junit.xml: a suite for each section of the
// runbook, a case for each scenario. Failed is a failure; Broken, Inconclusive
// and Unknown are errors; Unsupported, and what is accepted, is skipped. A run that did not pass
// though none of its cases says so (nothing was played, everything was
// skipped, too little was decided) gets a case of its own that is an error.
func JUnit(r ledger.RunResult) ([]byte, error) {
	doc := junitRun{Name: "runproof " + line(r.ID), Time: seconds(r.Took)}
	index := map[string]int{}
	for _, res := range r.Results {
		name := line(res.Section)
		at, ok := index[name]
		if !ok {
			at = len(doc.Suites)
			index[name] = at
			doc.Suites = append(doc.Suites, junitSuite{Name: name})
		}
		doc.Suites[at].Cases = append(doc.Suites[at].Cases, testCase(r, res))
	}
	if !red(doc.Suites) && exit(r) != judge.ExitPassed {
		doc.Suites = append(doc.Suites, junitSuite{Name: "runproof", Cases: []junitCase{{
			ClassName: "runproof", Name: "the run as a whole", Time: "0.000",
			Error: &junitReason{Message: headline(r), Type: outcome(r), Text: headline(r)},
		}}})
	}
	for i := range doc.Suites {
		count(&doc.Suites[i], r)
		doc.Tests += doc.Suites[i].Tests
		doc.Failures += doc.Suites[i].Failures
		doc.Errors += doc.Suites[i].Errors
	}
	text, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("junit.xml: %w", err)
	}
	return append([]byte(xml.Header), append(text, '\n')...), nil
}

// testCase is one scenario. One that failed only by what is known and accepted is
// skipped, with its reason: it neither fails a build nor passes.
func testCase(r ledger.RunResult, res judge.Result) junitCase {
	c := junitCase{
		ClassName: line(res.Section), Name: line(res.Scenario), Time: seconds(res.Took),
		Out: &junitText{Text: evidence(res)},
	}
	why := &junitReason{
		Message: clip(reason(res), maxCell), Type: verdict(res.Verdict), Text: "\n" + Failure(res, r),
	}
	switch res.Verdict {
	case judge.Passed:
	case judge.Failed:
		if d := r.Known().Result(res, r.Strict); d != nil {
			c.Skipped = &junitReason{Message: clip(line(fmt.Sprintf("accepted until %s: %s; %s", d.Until, d.Reason, why.Message)), maxCell)}
			c.Out.Text += why.Text
			return c
		}
		c.Failure = why
	case judge.Unsupported:
		c.Skipped = &junitReason{Message: why.Message}
	default:
		c.Error = why
	}
	return c
}

// evidence lists the claims and the witness's words of one scenario, then the
// answers to the runbook's own commands and the advice.
func evidence(res judge.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\ndetect: %s, recover: %s\n", maybe(res.Detect), maybe(res.Recover))
	if res.Discarded != nil {
		fmt.Fprintf(&b, "second attempt; the host was overloaded during the first: %s\n", discarded(res))
	}
	for _, c := range res.Claims {
		fmt.Fprintf(&b, "claim %s: %s", line(c.Claim), line(string(c.State)))
		if c.Reason != "" {
			fmt.Fprintf(&b, ": %s", line(c.Reason))
		}
		b.WriteByte('\n')
	}
	for _, t := range res.WitnessReports {
		fmt.Fprintf(&b, "witness %s: %s\n", phase(res, t.Phase, t.Stage), line(t.Report.String()))
	}
	for _, a := range res.Answers {
		fmt.Fprintf(&b, "answer %s: %s: %s\n", line(string(a.Phase)), line(a.Step.Command), line(a.Text()))
	}
	for _, a := range res.Advice {
		fmt.Fprintf(&b, "advice: %s\n", line(a))
	}
	return b.String()
}

// red reports whether some case is a failure or an error.
func red(suites []junitSuite) bool {
	for _, s := range suites {
		for _, c := range s.Cases {
			if c.Failure != nil || c.Error != nil {
				return true
			}
		}
	}
	return false
}

// count fills what a suite says of its cases as a whole, and where it was run.
func count(s *junitSuite, r ledger.RunResult) {
	s.Tests = len(s.Cases)
	for _, c := range s.Cases {
		switch {
		case c.Failure != nil:
			s.Failures++
		case c.Error != nil:
			s.Errors++
		case c.Skipped != nil:
			s.Skipped++
		}
	}
	var took time.Duration
	began := r.Began
	first := true
	for _, res := range r.Results {
		if line(res.Section) != s.Name {
			continue
		}
		took += res.Took
		if !res.Began.IsZero() && (first || res.Began.Before(began)) {
			began, first = res.Began, false
		}
	}
	s.Time = seconds(took)
	if !began.IsZero() {
		s.Timestamp = began.UTC().Format(junitTime)
	}
	s.File = line(r.Provenance.Runbook.Name)
	for _, f := range provenance(r) {
		s.Properties = append(s.Properties, junitProperty(f))
	}
}

func seconds(d time.Duration) string { return strconv.FormatFloat(max(d, 0).Seconds(), 'f', 3, 64) }
