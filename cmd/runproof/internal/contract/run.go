package contract

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"
	"github.com/onsi/gomega"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/provenance"
	"github.com/runproof/runproof/fixtures/preflight"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/suites/contract"
)

// runTimeout bounds the whole: a service that hangs lets many promises run into
// their own deadline. What has not been played by then is undecided.
const runTimeout = 30 * time.Minute

// run plays the promises, one after the other, and writes the bundle. Ginkgo catches
// the first ^C and takes down what is open; a second one leaves the rest to the guard.
func (p plan) run(_ context.Context, out io.Writer) error {
	kept, err := bundle.CreateBelow(p.Out, p.id, nil)
	if err != nil {
		return err
	}
	if _, _, err := preflight.Jobs(os.TempDir(), 1); err != nil {
		return exit.Undecided("%w", err)
	}
	began := time.Now()
	say := func(format string, args ...any) {
		fmt.Fprintf(out, "%6.1fs  %s\n", time.Since(began).Seconds(), fmt.Sprintf(format, args...))
	}
	say("run %s, seed %d, %d promises", p.id, p.Seed, len(p.chosen))

	// What is printed may quote the service: it goes out by the command's own writer alone.
	formatter.ColorableStdOut = io.Discard
	gomega.RegisterFailHandler(ginkgo.Fail)
	suite := contract.Specs(contract.Options{
		Stack: p.Stack,
		Find: func(ctx context.Context) (target.Binary, profile.Profile, error) {
			binary, err := p.target.Find(ctx)
			return binary, p.target.Profile, err
		},
		Chosen: func(name string) bool { return slices.Contains(p.chosen, name) },
		LogFile: func(which record.Playing) (string, error) {
			dir, err := kept.Playing(which)
			return filepath.Join(dir, bundle.ServiceLog), err
		},
		Say: func(text string) { say("%s", text) },
	})
	ginkgo.ReportAfterEach(func(spec ginkgo.SpecReport) {
		if o := contract.OutcomeOf(spec); o.Verdict != judge.Unknown {
			say("%-7s %s", o.Verdict, o.Promise)
		}
	})
	var report types.Report
	ginkgo.ReportAfterSuite("result", func(r ginkgo.Report) { report = r })
	config, reporting := ginkgo.GinkgoConfiguration()
	config.RandomSeed, config.RandomizeAllSpecs, config.Timeout = p.Seed, true, runTimeout
	reporting.NoColor = true
	ginkgo.RunSpecs(ignored{}, "contract", config, reporting)

	r := result{
		ID: p.id, Began: began, Took: time.Since(began),
		Outcomes: contract.Outcomes(report), Coverage: strings.Split(strings.TrimSpace(contract.Coverage(report)), "\n"),
		Provenance: record.Provenance{Suite: provenance.Suite(), Seed: p.Seed, Machine: provenance.Machine()},
	}
	r.Provenance.Target, r.Provenance.Stack = suite.Provenance()
	r.Exit = r.exit()
	if err := r.write(kept.Dir(), report); err != nil {
		return exit.Undecided("%w", err)
	}
	r.conclude(out, kept.Dir())
	return exit.With(r.Exit)
}

// ignored is Ginkgo's way to say that something failed; the report has it.
type ignored struct{}

func (ignored) Fail() {}
