package doctor

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/claimset"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/fixtures/lane"
)

// handshake prints which scenarios a service can be asked for, by its profile. It starts
// nothing.
func handshake(out io.Writer, under choose.TargetFlags, its claimset.Files, output string) error {
	t, err := under.Under()
	if err != nil {
		return err
	}
	if len(its.Claims) == 0 != (len(its.Scenarios) == 0) {
		return exit.Usage("--claims and --scenarios go together")
	}
	set, err := its.Open()
	if err != nil {
		return err
	}
	var list []lane.Handshake
	count := map[lane.Support]int{}
	for _, s := range set.Scenarios {
		_, h := lane.Adapt(t.Profile, s)
		list = append(list, h)
		count[h.Support]++
	}
	if output == "json" {
		text, err := json.MarshalIndent(list, "", "  ")
		if err != nil {
			return exit.Undecided("doctor: %w", err)
		}
		fmt.Fprintf(out, "%s\n", text)
	} else if err := handshakes(screen.Of(out), t, list); err != nil {
		return exit.Undecided("doctor: %w", err)
	}
	if count[lane.Supported]+count[lane.Partial] == 0 {
		return exit.Undecided("doctor: no scenario can be played with %s", t.Profile.Name)
	}
	return nil
}

func handshakes(out *screen.Terminal, t choose.Target, list []lane.Handshake) error {
	table := screen.NewTable(screen.Column{Name: "SCENARIO"}, screen.Column{Name: t.Profile.Name}, screen.Column{Name: "LEFT OUT, AND WHY", Flexible: true})
	styles := map[lane.Support]screen.Style{lane.Supported: screen.Good, lane.Unsupported: screen.Bad}
	for _, h := range list {
		table.Row(screen.P(h.Scenario), screen.Span{Text: string(h.Support), Style: styles[h.Support]}, screen.P(h.Reason()))
	}
	if err := table.Print(out); err != nil {
		return err
	}
	if t.Profile.Foreign() {
		out.Prose("\n" + lane.NotAsked + "\n")
	}
	return nil
}
