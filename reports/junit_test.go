package reports_test

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// hostile has everything that has ever broken a report: markup of each format,
// ends of CDATA and of fences, control characters, half a rune, a terminal
// sequence, a reversal of the direction of writing, and what no XML may have.
const hostile = "]]>&lt;<script>alert(1)</script>\x00\x0b\x1b[31mred\x1b[0m\x1b]8;;http://x/\x07\xff\xfe\xed\xa0\x80" +
	"\uFFFE\uFFFF\u202Egnp\u2028a | b \\| c \\\\| `x` ``` ````\n| x | y |\n|---|---|\n# title\r\n</details>\n" +
	"~~~\n```\n[l](javascript:x) ![i](http://x/y.png) www.example.test @someone $x$ {{.}} </td></pre><!--"

// junit is the report as a consumer reads it.
type junit struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Suites   []struct {
		Name      string `xml:"name,attr"`
		Timestamp string `xml:"timestamp,attr"`
		Tests     int    `xml:"tests,attr"`
		Skipped   int    `xml:"skipped,attr"`
		Cases     []struct {
			Name    string  `xml:"name,attr"`
			Failure *string `xml:"failure"`
			Error   *string `xml:"error"`
			Skipped *struct {
				Message string `xml:"message,attr"`
			} `xml:"skipped"`
			Out string `xml:"system-out"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

// attributes are those that Jenkins' junit-10.xsd allows; its plugin refuses a file with
// others. By hand: give a case the line of the runbook as an attribute.
var attributes = map[string][]string{
	"testsuites": {"name", "time", "tests", "failures", "errors"},
	"testsuite":  {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "file"},
	"testcase":   {"name", "time", "classname"},
	"property":   {"name", "value"},
	"failure":    {"type", "message"}, "error": {"type", "message"}, "skipped": {"type", "message"},
}

func readJUnit(t *testing.T, r ledger.RunResult) junit {
	t.Helper()
	text, err := reports.JUnit(r)
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(text) {
		t.Fatalf("no UTF-8: %q", text)
	}
	// Strict by default: the whole document must be well-formed, to its end.
	dec := xml.NewDecoder(strings.NewReader(string(text)))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in:\n%s", err, text)
		}
		if element, ok := token.(xml.StartElement); ok {
			for _, a := range element.Attr {
				if !slices.Contains(attributes[element.Name.Local], a.Name.Local) {
					t.Errorf("<%s> may have no %s", element.Name.Local, a.Name.Local)
				}
			}
		}
	}
	var j junit
	if err := xml.Unmarshal(text, &j); err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	return j
}

func TestJUnitVerdicts(t *testing.T) {
	j := readJUnit(t, mixed())
	if j.Tests != 6 || j.Failures != 1 || j.Errors != 3 {
		t.Errorf("tests %d, failures %d, errors %d", j.Tests, j.Failures, j.Errors)
	}
	moment := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$`)
	got := map[string]string{}
	for _, s := range j.Suites {
		if !moment.MatchString(s.Timestamp) {
			t.Errorf("timestamp %q has a zone or a fraction", s.Timestamp)
		}
		for _, c := range s.Cases {
			switch {
			case c.Failure != nil:
				got[c.Name] = "failure"
			case c.Error != nil:
				got[c.Name] = "error"
			case c.Skipped != nil:
				got[c.Name] = "skipped: " + c.Skipped.Message
			default:
				got[c.Name] = "green"
			}
		}
	}
	for name, want := range map[string]string{
		"database-refused": "green", "database-slow": "failure", "venue-down": "error", "venue-slow": "error",
		"venue-frozen": "skipped: the target cannot be sent signals", "venue-unjudged": "error",
	} {
		if got[name] != want {
			t.Errorf("%s: %s, not %s", name, got[name], want)
		}
	}
	if !strings.Contains(j.Suites[0].Cases[0].Out, "witness during: present; open connection: unexpected EOF") {
		t.Errorf("no witness in %q", j.Suites[0].Cases[0].Out)
	}
}

// TestJUnitIsNeverGreenerThanTheRun: none of these runs passed, and none of
// their cases says so by itself.
func TestJUnitIsNeverGreenerThanTheRun(t *testing.T) {
	tooFew := run(passed())
	tooFew.Exit = judge.ExitUndecided
	for name, r := range map[string]ledger.RunResult{
		"empty":       run(),
		"zero":        {},
		"all skipped": run(bare("venue-frozen", judge.Unsupported, "no signals")),
		"too few":     tooFew,
	} {
		if j := readJUnit(t, r); j.Errors != 1 {
			t.Errorf("%s: %d errors, not 1", name, j.Errors)
		}
	}
	if j := readJUnit(t, run(passed())); j.Errors+j.Failures != 0 || j.Tests != 1 {
		t.Errorf("a run that passed has %d errors, %d failures", j.Errors, j.Failures)
	}
}

// FuzzJUnit puts anything wherever a text from outside can stand.
func FuzzJUnit(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		if j := readJUnit(t, everywhere(s)); j.Tests != 3 || j.Failures != 1 || j.Errors != 1 {
			t.Errorf("tests %d, failures %d, errors %d", j.Tests, j.Failures, j.Errors)
		}
	})
}

func seed(f *testing.F) {
	for _, s := range []string{"", "plain", hostile, "]]>", "\x1b", "\x1b\x1b[0m[0m", "\x00", "\\", "|", "`", "```\n", "\r", "\u0085", "<", "&#124;", "\xff"} {
		f.Add(s)
	}
}

// everywhere is a run with s in every text that comes from outside.
func everywhere(s string) ledger.RunResult {
	bad := failed(s)
	bad.Title, bad.Faults, bad.Advice = s, []string{s, s}, []string{s}
	bad.WitnessReports = []judge.WitnessCheck{{Want: record.Active, Report: record.WitnessReport{Old: s, New: s}}}
	bad.Outcomes[1].Reason, bad.Outcomes[1].Observations = s, 1
	bad.Outcomes[1].Last = scenarios.Observation{Lines: []string{s}, Exchanges: []scenarios.Exchange{{Method: s, Path: s, Tenant: 1, Canaries: []int{2}, Breaches: []string{s}}}, Err: s, Hopeless: s}
	broken := bare("venue-down", judge.Broken, s)
	r := run(bad, broken, bare("venue-frozen", judge.Unsupported, s))
	r.Provenance.Target = record.TargetInfo{ID: s, Version: s, Digest: s}
	r.Provenance.Runbook.Name = s
	r.Provenance.Stack.Services = []record.ServerInfo{{Name: s, Version: s, Image: s}}
	r.Ledger[0].Text, r.Ledger[0].CounterExample = s, s
	return r
}
