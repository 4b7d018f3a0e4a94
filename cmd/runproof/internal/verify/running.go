package verify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/progress"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/preflight"
	"github.com/runproof/runproof/fixtures/redact"
	"github.com/runproof/runproof/fixtures/running"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// askable rejects what cannot be done with a service that somebody else runs.
func (p plan) askable() error {
	if p.target.Running == nil {
		return nil
	}
	for flag, given := range map[string]bool{"--control": p.Control, "--arms": p.Arms, "--baseline": p.Baseline != "", "--lock": p.Lock} {
		if given {
			return exit.Usage("%s and --target %s cannot be combined: nothing is broken, healed or started there", flag, p.Target)
		}
	}
	return nil
}

// playRunning plays the scenarios with a service that runs already: no stack is opened,
// and no guard is needed, since nothing is started.
func (p plan) playRunning(ctx context.Context, kept bundles, say *progress.Progress) (out outcome, err error) {
	began, access := time.Now(), *p.target.Running
	redact.Remember(access.Token)
	service, err := running.Open(p.target.Profile, access)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, service.Close()) }()
	if err := service.Reached(ctx); err != nil {
		return out, fmt.Errorf("--target %s does not answer: %w", p.Target, err)
	}
	count := map[lane.Support]int{}
	for _, h := range p.handshakes {
		count[h.Support]++
	}
	say.Line("target %s: %d scenarios supported, %d in part, %d not (--dry-run shows why)",
		access.URL, count[lane.Supported], count[lane.Partial], count[lane.Unsupported])
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	go func() {
		if err := preflight.Exhausted(ctx); err != nil {
			end(&world.EndedError{What: err.Error(), At: time.Now()})
		}
	}()
	played, _ := p.repeat(ctx, sides{candidate: service}, p.options(kept, say), say)
	about := p.about(began)
	about.Provenance.Target, about.Provenance.Stack = service.Target(), record.StackInfo{Kind: "none"}
	out.candidate = conclude.Run(p.set.Set, about, played)
	return out, p.ended(ctx, played.Repetitions[0])
}

// dryRun prints what would be asked of a service that somebody runs, and asks nothing.
func dryRun(o Options, out io.Writer) error {
	p, err := o.understand()
	if err != nil {
		return err
	}
	access, terminal := p.target.Running, screen.Of(out)
	changes := "read only"
	if access.Changes {
		changes = "with requests that change it (--allow-destructive)"
	}
	terminal.Prose(fmt.Sprintf("Dry run: nothing is asked.\n\nOf %s, %s, on behalf of %s:\n", access.URL, changes, cmp.Or(access.Tenant, "nobody")))
	var not []lane.Handshake
	for i, h := range p.handshakes {
		if h.Support == lane.Unsupported {
			not = append(not, h)
			continue
		}
		terminal.Prose("  " + h.Scenario + "\n")
		for _, text := range p.requests(p.chosen[i]) {
			terminal.Prose("    " + text + "\n")
		}
		for _, text := range h.LeftOut {
			terminal.Prose("    not: " + text + "\n")
		}
	}
	if len(not) == len(p.handshakes) {
		terminal.Prose("  nothing\n")
	}
	if len(not) > 0 {
		terminal.Prose(fmt.Sprintf("\nNot played (%d):\n", len(not)))
	}
	var reasons []string
	by := map[string][]string{}
	for _, h := range not {
		if by[h.Reason()] == nil {
			reasons = append(reasons, h.Reason())
		}
		by[h.Reason()] = append(by[h.Reason()], h.Scenario)
	}
	for _, reason := range reasons {
		terminal.Prose(fmt.Sprintf("  %s:\n    %s\n", reason, strings.Join(by[reason], ", ")))
	}
	return nil
}

// requests are those of a scenario as the service gets them, each once.
func (p plan) requests(s scenarios.Scenario) []string {
	var list []string
	for _, e := range s.Expectations() {
		method, path, _ := p.target.Profile.Route(e.Probe.Method, e.Probe.Path)
		text := method + " " + path
		if printed := e.Probe.Method + " " + e.Probe.Path; text != printed && !p.target.Profile.OfAPI(e.Probe.Path) {
			text = printed + ", or " + text + " where there is none"
		}
		if !e.Probe.Safe() {
			text += ", which changes the service: what it creates stays"
		}
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}
