package gameday

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/lab"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/gameday"
)

func newBotsCmd() *cobra.Command {
	var o Options
	var jobs int
	var missing bool
	cmd := &cobra.Command{
		Use:   "bots",
		Short: "Let every bot play every scenario, and list what the runbook alone does",
		Long: "Plays each scenario three times, with the bots runbook, idle and restart, each in a lab of its own, and\n" +
			"prints who ended the fault and when. bots.md and bots.json in the --out directory are the table of all games\n" +
			"there, with what the runbook heals, makes worse, or does no better than doing nothing. With --missing a run\n" +
			"that was ended goes on. The times of the bot runbook are the par of later games in the same directory.\n" +
			"Exit codes: 0 every game was played, 3 one could not be.",
		Example: "  runproof gameday bots --duration 20m --speed 30 --jobs 4 --out DIR\n" +
			"  runproof gameday bots --duration 20m --speed 30 --jobs 4 --out DIR --missing",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.complete(); err != nil {
				return err
			}
			if jobs < 1 || jobs > maxJobs {
				return exit.Usage("--jobs %d: want 1 to %d", jobs, maxJobs)
			}
			return o.table(cmd.Context(), cmd.OutOrStdout(), jobs, missing)
		},
	}
	o.drawFlags(cmd)
	o.playFlags(cmd)
	cmd.Flags().IntVar(&jobs, "jobs", 1, "games at once, 1 to 8; each has servers of its own")
	cmd.Flags().BoolVar(&missing, "missing", false, "play only what no bot has played yet in the --out directory")
	return cmd
}

// maxJobs is how many games are played at once: two cores carry no more.
const maxJobs = 8

// task is one game of a bot.
type task struct {
	scenario scenarios.Scenario
	bot      string
}

// table plays all, prints as it goes, and writes the table of all that was played.
func (o Options) table(ctx context.Context, out io.Writer, jobs int, missing bool) (err error) {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	home, err := folderOf(o.Out)
	if err != nil {
		return err
	}
	if _, err := o.draw(home, candidates(o.list, nil)); err != nil {
		return err // nothing is left to be played
	}
	before, err := home.records()
	if err != nil {
		return err
	}
	var list []scenarios.Scenario
	var tasks []task
	for _, s := range o.list {
		if !o.drawn(s) {
			continue
		}
		list = append(list, s)
		for _, bot := range bots {
			if !missing || !played(before, s.ID, bot) {
				tasks = append(tasks, task{s, bot})
			}
		}
	}
	errs := o.playAll(ctx, home, tasks, jobs, out)
	if ctx.Err() != nil {
		errs = append(errs, errors.New("interrupted; --missing plays the rest"))
	}
	if err := writeTable(home, list, out); err != nil {
		return err
	}
	if len(errs) > 0 {
		return exit.Undecided("%w", errors.Join(errs...))
	}
	return nil
}

func played(records []gameday.Record, scenario, bot string) bool {
	return slices.ContainsFunc(records, func(r gameday.Record) bool {
		return r.Scenario() == scenario && r.Bot == bot && r.BotFinished()
	})
}

// playAll plays so many games at once until all are played or ctx ends.
func (o Options) playAll(ctx context.Context, home home, tasks []task, jobs int, out io.Writer) (errs []error) {
	due := make(chan task)
	var mu sync.Mutex
	var playing sync.WaitGroup
	for range jobs {
		playing.Go(func() {
			for t := range due {
				text := "not played"
				r, err := o.once(ctx, home, t)
				if err == nil && !r.BotFinished() {
					err = errors.New("the game was over before the fault was in effect, or before the bot had done all it does: give it a longer --duration")
				}
				if err == nil {
					text = reports.BotSentence(r)
				}
				mu.Lock()
				if err != nil {
					text += ": " + exit.Line(err)
				}
				fmt.Fprintf(out, "%-32s %-8s %s\n", t.scenario.ID, t.bot, text)
				if err != nil && ctx.Err() == nil {
					errs = append(errs, fmt.Errorf("%s, bot %s: %w", t.scenario.ID, t.bot, err))
				}
				mu.Unlock()
			}
		})
	}
	for _, t := range tasks {
		if ctx.Err() != nil {
			break
		}
		select {
		case due <- t:
		case <-ctx.Done():
		}
	}
	close(due)
	playing.Wait()
	return errs
}

// writeTable writes the table of all games in the directory, and prints what was found.
func writeTable(home home, list []scenarios.Scenario, out io.Writer) error {
	all, err := home.records()
	if err != nil {
		return err
	}
	table := reports.NewBotTable(list, all)
	text, err := table.JSON()
	if err != nil {
		return exit.Undecided("%w", err)
	}
	for name, text := range map[string][]byte{"bots.json": text, "bots.md": table.Markdown()} {
		if err := os.WriteFile(filepath.Join(home.dir, name), text, 0o600); err != nil {
			return exit.Undecided("table of the bots: %w", err)
		}
	}
	fmt.Fprintln(out)
	for _, r := range table.Rows {
		if r.Summary != "" {
			fmt.Fprintf(out, "%-32s %s\n", r.Scenario, r.Summary)
		}
	}
	for _, r := range table.Rows {
		for _, f := range r.Findings {
			fmt.Fprintf(out, "FINDING  %s: %s\n", r.Scenario, f)
		}
	}
	fmt.Fprintf(out, "table  %s\n", filepath.Join(home.dir, "bots.md"))
	return nil
}

// drawn says whether a scenario is one of those that may be drawn.
func (o Options) drawn(s scenarios.Scenario) bool {
	return !s.Fault.IsZero() &&
		(len(o.Rules.Scenarios) == 0 || slices.Contains(o.Rules.Scenarios, s.ID)) &&
		(len(o.Rules.Severities) == 0 || slices.Contains(o.Rules.Severities, s.Severity))
}

// once plays one game in a lab of its own.
func (o Options) once(ctx context.Context, home home, t task) (r gameday.Record, err error) {
	o.Rules.Scenarios, o.Bot = []string{t.scenario.ID}, t.bot
	opened, closeAll, err := lab.Open(ctx, "gameday", o.Stack, o.TargetFlags, o.list, func(string) {})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	sealed, err := o.draw(home, candidates(o.list, opened.Catalogue))
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
	r, err = o.play(ctx, io.Discard, opened, f, sealed, key)
	if err != nil {
		return r, err
	}
	if r.Outcome == gameday.Aborted {
		return r, errors.New(r.Reason)
	}
	return r, finish(f, r, io.Discard)
}
