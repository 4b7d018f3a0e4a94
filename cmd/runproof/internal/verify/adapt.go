package verify

import (
	"fmt"
	"slices"

	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/running"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
)

// adapt leaves out of the scenarios what the service lacks by its profile.
func (p *plan) adapt() {
	for i, s := range p.chosen {
		played, handshake := p.adapted(s)
		p.chosen[i] = played
		p.handshakes = append(p.handshakes, handshake)
	}
}

func (p *plan) adapted(s scenarios.Scenario) (scenarios.Scenario, lane.Handshake) {
	if p.target.Running != nil {
		return running.Adapt(p.target.Profile, *p.target.Running, s)
	}
	return lane.Adapt(p.target.Profile, s)
}

// supported says in a line what the service supports of the scenarios, and, of a
// service that the scenarios were not written for, what is not asked of it at all.
func (p plan) supported() []string {
	count := map[lane.Support]int{}
	for _, h := range p.handshakes {
		count[h.Support]++
	}
	lines := []string{fmt.Sprintf("target %s: %d scenarios supported, %d in part, %d not (runproof doctor --profile shows why)",
		p.target.Profile.Name, count[lane.Supported], count[lane.Partial], count[lane.Unsupported])}
	return append(lines, lane.NotAsked)
}

// deviations prints what of the service is otherwise than the runbook has it, before
// anything is broken, and what was not asked.
func (p plan) deviations(out *screen.Terminal, r ledger.RunResult) {
	if list := reports.HealthyDeviations(r); len(list) > 0 {
		out.Prose(fmt.Sprintf("\n%s (%d):\n", reports.DeviationsHeading, len(list)))
		for _, text := range list {
			out.Prose("  " + text + "\n")
		}
	}
	parts := slices.DeleteFunc(slices.Clone(p.handshakes), func(h lane.Handshake) bool { return h.Support != lane.Partial })
	if len(parts) > 0 {
		out.Prose(fmt.Sprintf("\nPlayed in part (%d):\n", len(parts)))
		for _, h := range parts {
			out.Prose(fmt.Sprintf("  %s without %s\n", h.Scenario, h.Reason()))
		}
	}
	if p.target.Profile.Foreign() {
		out.Prose("\n" + lane.NotAsked + "\n")
	}
}
