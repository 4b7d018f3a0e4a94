package contract

import (
	"context"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/suites/testbed"
)

// redShrinkTime is enough where nobody reads the counter-example.
const redShrinkTime = "200ms"

// red is one way to change the service's answers, and the promises that must be
// seen broken by it, each for the right reason: a part of what the failure says.
type red struct {
	name    string
	change  func() change // made anew for each promise: some keep count
	breaks  []string
	message string
}

// reds are all of them; the files below add theirs.
var reds []red

// mutatedBy adds one that keeps nothing in mind.
func mutatedBy(name string, c change, message string, breaks ...string) bool {
	return mutatedByNew(name, func() change { return c }, message, breaks...)
}

func mutatedByNew(name string, c func() change, message string, breaks ...string) bool {
	reds = append(reds, red{name, c, breaks, message})
	return true
}

// A promise that cannot be seen broken proves nothing by being kept.
var _ = Describe("A service with one thing wrong", Label("red"), func() {
	It("has broken each promise at least once", func() {
		broken := map[string]bool{}
		for _, r := range reds {
			for _, name := range r.breaks {
				Expect(promiseOf(name)).NotTo(BeNil(), "there is no promise %q", name)
				broken[name] = true
			}
		}
		for _, p := range promises() {
			Expect(broken).To(HaveKey(p.fullName()), "nothing shows that it can be seen broken")
		}
	})
	// suites/defects tells which defect breaks which promise, by name.
	It("has no promise in the table of the defects that is none", func() {
		text, err := os.ReadFile("../defects/CONTRACT.md")
		Expect(err).NotTo(HaveOccurred())
		names := regexp.MustCompile(`(?:\| |<br>)([a-z]+: [^|<]*[^|< ])`).FindAllStringSubmatch(string(text), -1)
		Expect(names).NotTo(BeEmpty())
		for _, name := range names {
			Expect(promiseOf(name[1])).NotTo(BeNil(), name[1])
		}
	})
	for _, r := range reds {
		for _, name := range r.breaks {
			It("is caught: "+r.name+": "+name, SpecTimeout(specTimeout), func(ctx SpecContext) {
				c := mutatedClient(ctx, r.change())
				failure := InterceptGomegaFailure(func() { promiseOf(name).keep(c) })
				Expect(failure).To(HaveOccurred(), "the promise was kept")
				Expect(failure.Error()).To(ContainSubstring(r.message))
			})
		}
	}
})

// promiseOf finds a promise by area and name.
func promiseOf(name string) *promise {
	for _, p := range promises() {
		if p.fullName() == name {
			return &p
		}
	}
	return nil
}

// mutatedLane is the lane of the process whose answers are changed, one way at a time.
var mutatedLane struct {
	*lane.Lane
	mu     sync.Mutex // around each change: some keep count
	change change
}

// mutatedClient is a client whose answers are changed until the spec ends.
func mutatedClient(ctx context.Context, by change) *client {
	GinkgoHelper()
	l := &mutatedLane
	rewrite := testbed.RewriteResponses(func(r *http.Response) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.change(r)
	})
	set := func(by change) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.change = by
	}
	set(untouched)
	DeferCleanup(func() { set(untouched) })
	if l.Lane == nil {
		l.Lane = suite.open(ctx, "contract-red", rewrite)
	}
	c := suite.newClient(ctx, l.Lane)
	c.different = []testbed.Option{rewrite}
	c.shrinkTime = redShrinkTime
	set(by)
	return c
}

func untouched(*http.Response) error { return nil }

// areaOf lists the promises of one area whose names have a part.
func areaOf(area, part string) []string {
	var list []string
	for _, p := range promises() {
		if p.area == area && strings.Contains(p.name, part) {
			list = append(list, p.fullName())
		}
	}
	return list
}
