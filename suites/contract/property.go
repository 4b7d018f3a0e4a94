package contract

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"
)

const (
	// many is how often an ordinary property is tried, few one whose single
	// try is a sequence. RAPID_CHECKS replaces both.
	many = 60
	few  = 6
	// shrinkTime bounds the search for a smaller counter-example.
	// RAPID_SHRINKTIME replaces it.
	shrinkTime = "10s"
)

// setUpRapid makes what is generated follow Ginkgo's seed, and leaves no files.
func setUpRapid() {
	GinkgoHelper()
	if !flag.Parsed() {
		// rapid asks the test's flags, which are there in a test alone.
		testing.Init()
		Expect(flag.CommandLine.Parse(nil)).To(Succeed())
	}
	set("rapid.nofailfile", "true")
	if os.Getenv("RAPID_SEED") == "" {
		set("rapid.seed", fmt.Sprint(GinkgoRandomSeed()))
	}
}

func set(name, value string) {
	GinkgoHelper()
	Expect(flag.Set(name, value)).To(Succeed())
}

// holds tries a property with generated values. Where it does not hold, the
// smallest counter-example that was found is the failure.
func (c *client) holds(times int, property func(g *generated)) {
	GinkgoHelper()
	set("rapid.shrinktime", cmp.Or(c.shrinkTime, os.Getenv("RAPID_SHRINKTIME"), shrinkTime))
	if os.Getenv("RAPID_CHECKS") == "" {
		set("rapid.checks", fmt.Sprint(times))
	}
	out := &outcome{name: CurrentSpecReport().LeafNodeText}
	last := ""
	rapid.Check(out, func(t *rapid.T) {
		g := &generated{T: t, client: c}
		defer func() { last = g.wrong }()
		property(g)
	})
	Expect(out.failed).To(BeFalse(), "counter-example, shrunk (RAPID_SEED=%s):\n%s\n\n%s", flag.Lookup("rapid.seed").Value, last, out.said())
}

// generated is one try of a property.
type generated struct {
	*rapid.T
	*client
	trail []string // the calls so far, for a sequence
	wrong string   // what broke the property, so that it can be done again
}

// ask makes a call whose answer must keep the contract and have one of these
// statuses. The failure's first line is the same whatever was generated, which
// is how a smaller example is known to be one of the same thing.
func (g *generated) ask(it call, statuses ...int) reply {
	got := g.try(it)
	g.trail = append(g.trail, got.sent.Curl())
	if broken := got.broken(statuses...); broken != "" {
		g.breaks(got, broken)
	}
	return got
}

// breaks ends the try: the reply is not what was promised.
func (g *generated) breaks(got reply, rule string) {
	before := g.trail[:max(0, len(g.trail)-1)]
	if len(before) > 0 {
		g.wrong = "after:\n" + strings.Join(before, "\n") + "\n"
	}
	g.wrong += got.String() + "\n" + rule
	g.Fatalf("%s", rule)
}

// outcome is what rapid says of a property.
type outcome struct {
	name   string
	failed bool
	text   strings.Builder
}

// saidShown bounds how much of it is shown, in bytes; a sequence has many draws.
const saidShown = 3000

// said leaves out how "go test" would do it again: the seed is above.
func (o *outcome) said() string {
	var lines []string
	for line := range strings.Lines(o.text.String()) {
		if !strings.HasPrefix(line, "To reproduce") {
			lines = append(lines, line)
		}
	}
	text := strings.Join(lines, "")
	return text[:min(len(text), saidShown)]
}

var _ rapid.TB = (*outcome)(nil)

func (o *outcome) Helper()      {}
func (o *outcome) Name() string { return o.name }

func (o *outcome) Logf(format string, args ...any) { fmt.Fprintf(&o.text, format+"\n", args...) }
func (o *outcome) Log(args ...any)                 { fmt.Fprintln(&o.text, args...) }

func (o *outcome) Errorf(format string, args ...any) { o.Logf(format, args...); o.Fail() }
func (o *outcome) Error(args ...any)                 { o.Log(args...); o.Fail() }
func (o *outcome) Fatalf(format string, args ...any) { o.Errorf(format, args...) }
func (o *outcome) Fatal(args ...any)                 { o.Error(args...) }
func (o *outcome) Fail()                             { o.failed = true }
func (o *outcome) FailNow()                          { o.Fail() }
func (o *outcome) Failed() bool                      { return o.failed }

func (o *outcome) Skipf(format string, args ...any) { o.Errorf("skipped: "+format, args...) }
func (o *outcome) Skip(args ...any)                 { o.Error(append([]any{"skipped:"}, args...)...) }
func (o *outcome) SkipNow()                         { o.Error("skipped") }
