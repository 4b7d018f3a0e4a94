package gameday

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"slices"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/lab"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/gameday"
	"github.com/runproof/runproof/scenarios/symptoms"
)

func newBotsCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "bots",
		Short: "Let every bot play every scenario, and list what the runbook alone does",
		Long: "Plays each scenario three times, with the bots runbook, idle and restart, each in a lab of its own, and\n" +
			"prints who ended the fault and when. The times of the bot runbook are the par of later games in the same\n" +
			"--out directory. Exit codes: 0 every game was played, 3 one could not be.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.complete(); err != nil {
				return err
			}
			return o.table(cmd.Context(), cmd.OutOrStdout())
		},
	}
	o.drawFlags(cmd)
	o.playFlags(cmd)
	return cmd
}

// table plays all and prints as it goes.
func (o Options) table(ctx context.Context, out io.Writer) (err error) {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	home, err := folderOf(o.Out)
	if err != nil {
		return err
	}
	from := candidates(symptoms.All(), nil)
	if _, err := o.draw(home, from); err != nil {
		return err // nothing is left to be played
	}
	var list []scenarios.Scenario
	for _, s := range symptoms.All() {
		if o.drawn(s) {
			list = append(list, s)
		}
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SCENARIO\tBOT\tOUTCOME\tFAULT ENDED\tBY\tSCORE")
	var findings []string
	var errs []error
	for _, s := range list {
		o.Rules.Scenarios = []string{s.ID}
		points := map[string]int{}
		for _, bot := range bots {
			o.Bot = bot
			r, err := o.once(ctx, home)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s, bot %s: %w", s.ID, bot, err))
				fmt.Fprintf(w, "%s\t%s\tnot played\t\t\t\n", s.ID, bot)
				continue
			}
			sum := reports.Summarize(r, nil)
			points[bot] = sum.Points
			gone := "never"
			if sum.Gone > 0 && endedBy(r) != "" {
				gone = sum.Gone.Round(10 * time.Millisecond).String()
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d of %d\n", s.ID, bot, sum.Outcome, gone, endedBy(r), sum.Points, sum.Of)
			if bot == gameday.BotRunbook {
				for _, f := range r.Findings() {
					findings = append(findings, s.ID+": "+f)
				}
			}
		}
		if len(s.Remedy) > 0 && points[gameday.BotRunbook] < points[gameday.BotIdle] {
			findings = append(findings, s.ID+": following the runbook scores less than doing nothing")
		}
		if err := w.Flush(); err != nil {
			return exit.Undecided("%w", err)
		}
	}
	for _, f := range findings {
		fmt.Fprintf(out, "FINDING  %s\n", f)
	}
	if len(errs) > 0 {
		return exit.Undecided("%w", errors.Join(errs...))
	}
	return nil
}

// drawn says whether a scenario is one of those that may be drawn.
func (o Options) drawn(s scenarios.Scenario) bool {
	return !s.Fault.IsZero() &&
		(len(o.Rules.Scenarios) == 0 || slices.Contains(o.Rules.Scenarios, s.ID)) &&
		(len(o.Rules.Severities) == 0 || slices.Contains(o.Rules.Severities, s.Severity))
}

// endedBy is the action that ended the fault, or "" where none did.
func endedBy(r gameday.Record) string {
	for _, e := range r.Effects() {
		if e.Change == gameday.Heals {
			return e.Event.Action.Text
		}
	}
	for _, e := range r.Events {
		if e.Kind == gameday.Gone {
			return "itself"
		}
	}
	return ""
}

// once plays one game in a lab of its own.
func (o Options) once(ctx context.Context, home home) (r gameday.Record, err error) {
	list := symptoms.All()
	opened, closeAll, err := lab.Open(ctx, "gameday", o.Stack, o.TargetFlags, list, func(string) {})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	sealed, err := o.draw(home, candidates(list, opened.Catalogue))
	if err != nil {
		return r, err
	}
	key, err := token()
	if err != nil {
		return r, err
	}
	f, err := home.create(opened.ID, sealed, key)
	if err != nil {
		return r, err
	}
	r, err = o.play(ctx, io.Discard, opened, list, f, sealed, key)
	if err != nil {
		return r, err
	}
	if r.Outcome == gameday.Aborted {
		return r, errors.New(r.Reason)
	}
	return r, finish(f, r, io.Discard)
}
