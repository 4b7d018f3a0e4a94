package gameday

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/livepage"
	"github.com/runproof/runproof/fixtures/lab"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/gameday"
)

func newPlanCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Draw and seal a game that is played later",
		Long: "Draws, encrypts the draw, and prints its hash (for everybody) and the key (for the facilitator).\n" +
			"\"gameday start\" asks for the key.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.HasSeed = cmd.Flags().Changed("seed")
			if err := o.complete(); err != nil {
				return err
			}
			return o.plan(cmd.OutOrStdout())
		},
	}
	o.drawFlags(cmd)
	return cmd
}

// plan draws for later.
func (o Options) plan(out io.Writer) error {
	home, err := folderOf(o.Out)
	if err != nil {
		return err
	}
	id, err := newID()
	if err != nil {
		return err
	}
	key, err := token()
	if err != nil {
		return err
	}
	sealed, err := o.draw(home, candidates(o.list, nil))
	if err != nil {
		return err
	}
	f, err := home.create(id, sealed, key)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "planned    %s\nhash       %s\nkey        %s (for the facilitator alone)\nstart      runproof gameday start %s\n", f.dir, f.plan.Published, key, f.dir)
	return nil
}

// draw draws from the candidates, weighed by the games before.
func (o Options) draw(home home, from []gameday.Candidate) (gameday.Sealed, error) {
	for _, name := range o.Rules.Scenarios {
		if !slices.ContainsFunc(from, func(c gameday.Candidate) bool { return c.Scenario == name }) {
			return gameday.Sealed{}, exit.Usage("--scenario %s cannot be drawn: there is none of this name that breaks something here", name)
		}
	}
	seed := o.Seed
	if !o.HasSeed {
		var random [8]byte
		if _, err := rand.Read(random[:]); err != nil {
			return gameday.Sealed{}, exit.Undecided("random bytes: %w", err)
		}
		seed = binary.LittleEndian.Uint64(random[:])
	}
	before, err := home.records()
	if err != nil {
		return gameday.Sealed{}, err
	}
	draw, err := gameday.NewDraw(seed, o.Rules, gameday.Weigh(from, before))
	if err != nil {
		return gameday.Sealed{}, exit.Usage("%w", err)
	}
	salt, err := token()
	return gameday.Sealed{Draw: draw, Salt: salt}, err
}

// candidates are the scenarios that break something, but for those that cannot be
// injected; a nil catalogue means that nobody knows yet.
func candidates(list []scenarios.Scenario, offers lab.Catalogue) (from []gameday.Candidate) {
	lacking := map[string]bool{}
	for _, o := range offers {
		lacking[o.Scenario] = o.Lacking != ""
	}
	for _, s := range list {
		if !s.Fault.IsZero() && !lacking[s.ID] {
			from = append(from, gameday.Candidate{Scenario: s.ID, Title: s.Title, Section: s.Section, Severity: s.Severity, Fault: s.Fault})
		}
	}
	return from
}

// token is what nobody can guess: 32 random bytes in hexadecimal.
func token() (string, error) {
	random, err := livepage.Token()
	if err != nil {
		return "", exit.Undecided("random bytes: %w", err)
	}
	return random, nil
}

func newID() (string, error) {
	random, err := token()
	if err != nil {
		return "", err
	}
	return "gameday-" + time.Now().UTC().Format("20060102T150405Z") + "-" + random[:4], nil
}
