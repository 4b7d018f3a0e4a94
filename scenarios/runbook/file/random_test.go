package file

import (
	"reflect"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
)

// awkward are texts that YAML may take for something else.
var awkward = []string{
	"", "503", "true", "null", "~", "- a", "a: b", "#", "{x", "[x", "on", "1e3", "0x1f", "2024-12-31", " leading", "trailing ", "two\nlines", "two\n\nlines\n", "\n",
	"\ttab", "'", `"`, `\`, "é", "\u2028", "\x00", "\x7f", "\ufeff", "a \n b", "*alias", "&anchor", "!tag", "%x", "@x", "`x", "|", ">", "? x", "<<", "yes", "1_000", "12:30:45", "30s",
}

var someText = rapid.OneOf(rapid.SampledFrom(awkward), rapid.String())

var someWords = rapid.StringMatching(`[a-z{][a-zA-Z0-9/{}: .-]{0,20}`)

func someDuration(t *rapid.T) time.Duration {
	return time.Duration(rapid.OneOf(rapid.Int64Range(1, 3600*24).Filter(func(int64) bool { return true }), rapid.Int64Range(1, 1000)).Draw(t, "seconds")) *
		rapid.SampledFrom([]time.Duration{time.Nanosecond, time.Millisecond, time.Second, time.Minute}).Draw(t, "unit")
}

// someArgument is a value for the argument of a word.
func someArgument(t *rapid.T, w word, i int) any {
	switch typ := w.method.Type.In(i); {
	case typ == reflect.TypeFor[time.Duration]():
		return someDuration(t)
	case typ == reflect.TypeFor[scenarios.Caller]():
		return callers[rapid.SampledFrom(namesOf(callers)).Draw(t, "caller")]
	case typ.Kind() == reflect.Int:
		return rapid.IntRange(0, 599).Draw(t, "number")
	case typ == reflect.TypeFor[[]int]():
		return rapid.SliceOfN(rapid.IntRange(100, 599), 1, 3).Draw(t, "numbers")
	case typ == reflect.TypeFor[[]string]():
		return rapid.SliceOfN(rapid.SampledFrom([]string{"a.b", "a.c", "b.d"}), 1, 2).Draw(t, "claims")
	case typ.Kind() == reflect.Interface:
		return rapid.OneOf(rapid.Just[any](true), rapid.Just[any](false), rapid.Map(rapid.Float64Range(-1e18, 1e18), func(f float64) any { return f }),
			rapid.Map(rapid.IntRange(-5, 500), func(n int) any { return float64(n) }), rapid.Map(someText, func(s string) any { return s })).Draw(t, "value")
	case w.name == "matching" && i == 2:
		return regexp.QuoteMeta(someText.Draw(t, "pattern"))
	case i == 1 && w.shape == fieldsShape, w.shape == namedShape:
		return someWords.Draw(t, "name")
	}
	return someText.Filter(func(s string) bool { return s != "" || w.shape != textShape }).Draw(t, "text")
}

// someExpectation says some words of some kind; what the vocabulary refuses is unsaid.
func someExpectation(t *rapid.T) scenarios.Expectation {
	k := rapid.SampledFrom(kinds).Draw(t, "kind")
	what := someWords.Draw(t, "what")
	if k.name == "calls" {
		what = rapid.SampledFrom(namesOf(dependencies)).Draw(t, "dependency")
	}
	e := k.of(what)
	if k.name == "POST" || k.name == "PUT" {
		e = withBody(k.name, what, scenarios.Body(someText.Draw(t, "body")))
	}
	all := words(e)
	for range rapid.IntRange(1, 8).Draw(t, "words") {
		w := all[rapid.SampledFrom(namesOf(all)).Draw(t, "word")]
		var arguments []any
		for i := 1; i < w.method.Type.NumIn(); i++ {
			arguments = append(arguments, someArgument(t, w, i))
		}
		if said := w.say(e, arguments...); !slices.ContainsFunc([]string{"twice", "there is one"}, func(s string) bool {
			err := said.Spec().Validate()
			return err != nil && regexp.MustCompile(s).MatchString(err.Error())
		}) {
			e = said
		}
	}
	return e
}

func someFault(t *rapid.T) fault.Fault {
	w := rapid.SampledFrom(faultWords).Draw(t, "fault")
	f := w.like
	for _, a := range w.arguments {
		switch a.of {
		case onDependency:
			f.On = dependencies[rapid.SampledFrom(namesOf(dependencies)).Draw(t, "on")]
		case delay:
			f.Delay = someDuration(t)
		case jitter:
			f.Jitter = rapid.SampledFrom([]time.Duration{0, f.Delay / 2}).Draw(t, "jitter")
		case amount:
			f.Amount = rapid.SampledFrom([]int64{1, 404, 429, 503, 1000, 64000}).Draw(t, "amount")
		case detail:
			f.Detail = rapid.OneOf(someText, rapid.Just("A=b"), rapid.Just("28P01")).Draw(t, "detail")
		case variables:
			f.Detail = rapid.SampledFrom([]string{"A", "A B"}).Draw(t, "variables")
		}
	}
	if f.Validate() != nil {
		return fault.Refuse(fault.Postgres)
	}
	return f
}

// someScenario is one that the vocabulary allows: whatever it rejects is left out again.
func someScenario(t *rapid.T) scenarios.Scenario {
	ready := scenarios.GET("/ready").Answers(200)
	s := scenarios.Scenario{
		ID: "some-scenario", Title: "t" + someText.Draw(t, "title"), Section: "s" + someText.Draw(t, "section"),
		Severity: scenarios.Severity(rapid.SampledFrom(severities).Draw(t, "severity")), Budget: 200000 * time.Hour,
		Steady: []scenarios.Expectation{ready}, Fault: someFault(t),
		During: []scenarios.Expectation{scenarios.GET("/ready").Answers(503).Proves("a.b")}, After: []scenarios.Expectation{ready},
	}
	try := func(change func(*scenarios.Scenario)) {
		before := s
		s.Steady, s.Always, s.During, s.After = slices.Clone(s.Steady), slices.Clone(s.Always), slices.Clone(s.During), slices.Clone(s.After)
		if change(&s); s.Validate() != nil {
			s = before
		}
	}
	for range rapid.IntRange(1, 6).Draw(t, "expectations") {
		e := someExpectation(t)
		list := rapid.SampledFrom([]func(*scenarios.Scenario) *[]scenarios.Expectation{
			func(s *scenarios.Scenario) *[]scenarios.Expectation { return &s.Steady },
			func(s *scenarios.Scenario) *[]scenarios.Expectation { return &s.Always },
			func(s *scenarios.Scenario) *[]scenarios.Expectation { return &s.During },
			func(s *scenarios.Scenario) *[]scenarios.Expectation { return &s.After },
		}).Draw(t, "phase")
		try(func(s *scenarios.Scenario) { *list(s) = append(*list(s), e) })
	}
	try(func(s *scenarios.Scenario) { s.Pods = rapid.IntRange(0, 3).Draw(t, "pods") })
	try(func(s *scenarios.Scenario) { s.Repeat = rapid.IntRange(0, 3).Draw(t, "repeat") })
	try(func(s *scenarios.Scenario) { s.Load.Rate = rapid.IntRange(0, 30).Draw(t, "rate") })
	try(func(s *scenarios.Scenario) { s.Load.ReadsOnly = rapid.Bool().Draw(t, "reads only") })
	try(func(s *scenarios.Scenario) {
		s.Escalates = []scenarios.Stage{{Fault: someFault(t), During: s.During[:1]}}
	})
	try(func(s *scenarios.Scenario) {
		s.Diagnosis = []scenarios.Step{scenarios.Sh("a.b", someText.Draw(t, "command")).Shows(someText.Draw(t, "shows")).ShowsUnderFault("x")}
	})
	try(func(s *scenarios.Scenario) {
		s.Remedy = []scenarios.Remedy{scenarios.Restart("a.b"), scenarios.Scale("a.c", 3), scenarios.AsPrinted("a.b", someText.Draw(t, "command")), scenarios.Fallback("a.b")}
	})
	return s
}

// TestRandomScenariosAreReadBackAsTheyAre: by hand, write a text without its quotes.
func TestRandomScenariosAreReadBackAsTheyAre(t *testing.T) {
	expectations := 0
	rapid.Check(t, func(t *rapid.T) {
		want := someScenario(t)
		expectations += len(want.Expectations())
		text, err := WriteScenarios([]scenarios.Scenario{want}, Notes{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(nil, []Source{{"s.yaml", text}})
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(want, got.Scenarios[0],
			cmp.Transformer("spec", func(e scenarios.Expectation) scenarios.ExpectationSpec { return e.Spec() }),
			cmpopts.IgnoreUnexported(scenarios.ExpectationSpec{}, scenarios.Scenario{}), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s\n%s", diff, text)
		}
	})
	t.Logf("%d expectations", expectations)
}

// TestRandomClaimsAreReadBackAsTheyAre.
func TestRandomClaimsAreReadBackAsTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := func(name string) string { return "x" + someText.Draw(t, name) }
		list := func(name string) []string { return rapid.SliceOfN(someText, 1, 3).Draw(t, name) }
		c := binding.Claim{Claim: ledger.Claim{ID: "a.b-c", Section: some("section"), Text: some("text"), Untestable: someText.Draw(t, "untestable")}}
		switch c.Class = binding.Class(rapid.IntRange(0, 2).Draw(t, "class")); c.Class {
		case binding.Command:
			c.Forms = list("forms")
		case binding.Field:
			c.Facts = []string{some("key"), someText.Draw(t, "value")}
		default:
			c.Facts, c.Words = list("facts"), list("words")
		}
		want := Content{Subject: someText.Draw(t, "subject"), Claims: []binding.Claim{c}}
		text, err := WriteClaims(want, Notes{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read([]Source{{"c.yaml", text}}, nil)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s\n%s", diff, text)
		}
	})
}

// FuzzRead: whatever a file has, it is read or there is an error that says where.
func FuzzRead(f *testing.F) {
	for _, text := range slices.Concat(awkward, []string{"scenarios:\n  - id: a\n    fault: {refuse: postgres}\n    during:\n      - GET: /\n        showing: {a: 1}\n", "claims:\n  - id: a.b\n    facts: [x]\n"}) {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, read := range []func() (Content, error){
			func() (Content, error) { return Read(nil, []Source{{"s.yaml", text}}) },
			func() (Content, error) { return Read([]Source{{"c.yaml", text}}, nil) },
		} {
			c, err := read()
			if err == nil && len(c.Claims)+len(c.Scenarios) == 0 {
				t.Fatalf("nothing was read, and nothing is wrong: %q", text)
			}
		}
	})
}
