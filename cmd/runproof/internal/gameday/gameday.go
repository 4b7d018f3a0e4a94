// Package gameday is the subcommand that plays scenarios against people: a sealed
// draw, a clock, a console, a score.
//
//	gameday.go     the command and its flags
//	draw.go        draws and seals
//	folder.go      what is on disk of a game
//	book.go        the runbook
//	start.go       plays
//	console.go     the players' page
//	facilitator.go the facilitator's page
//	pages.go       serves both
//	shell.go       the operator's shell
//	webhook.go     calls on-call
//	report.go      writes the reports, and checks the seal
//	bots.go        every scenario, played by every bot
package gameday

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/claimset"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/gameday"
)

// Options are the flags.
type Options struct {
	choose.TargetFlags
	claimset.Files
	Rules      gameday.Rules
	Severities []string
	Seed       uint64
	HasSeed    bool
	Out        string
	Stack      string
	Runbook    string
	Bot        string
	Rate       int
	MaxFailed  int
	MaxLost    int
	Webhooks   []string
	AllowHost  bool

	// list are the scenarios that there are, subject is the service that they are about.
	list    []scenarios.Scenario
	subject string
}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "gameday",
		Short: "Play a sealed fault against people, with a console, a clock and a score",
		Long: "Draws a scenario that nobody sees, publishes the draw's hash, keeps the service running for a while,\n" +
			"breaks it, calls on-call, measures what happens and what people do, and writes a report. Players get the\n" +
			"console's address and \"runproof gameday shell\"; the facilitator's address shows the truth.\n" +
			"Whatever ends a game, everything is healed and removed.",
		Example: "  runproof gameday --players 3 --severity P1,P2 --duration 30m\n" +
			"  runproof gameday --scenario database-refused --duration 10m --speed 10 --bot runbook\n" +
			"  runproof gameday shell",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.HasSeed = cmd.Flags().Changed("seed")
			if err := o.complete(); err != nil {
				return err
			}
			return o.all(cmd.Context(), cmd.OutOrStdout())
		},
	}
	o.drawFlags(cmd)
	o.playFlags(cmd)
	cmd.AddCommand(newPlanCmd(), newStartCmd(), newShellCmd(), newReportCmd(), newCheckCmd(), newBotsCmd())
	return cmd
}

func (o *Options) drawFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.IntVar(&o.Rules.Players, "players", 1, "how many people play")
	flags.StringSliceVar(&o.Severities, "severity", nil, "draw only from these, such as P1,P2 (default: all)")
	flags.StringSliceVar(&o.Rules.Scenarios, "scenario", nil, "draw only from these (default: all)")
	flags.DurationVar(&o.Rules.Duration, "duration", 30*time.Minute, "time limit, on the game's clock")
	flags.Float64Var(&o.Rules.Speed, "speed", 1, "how much faster the game's clock runs: at 10 a response time of 15 minutes is 90 seconds")
	flags.IntVar(&o.Rules.Faults, "faults", 1, "how many faults, 1 or 2")
	flags.IntVar(&o.Rules.Decoys, "decoys", 0, "how many harmless incidents beside them, 0 to 3")
	flags.Uint64Var(&o.Seed, "seed", 0, "repeat the draw of a seed; who sees this command line can draw it, too (default: random)")
	flags.StringVar(&o.Runbook, "runbook", "", "runbook that players get (default: the embedded event-service runbook)")
	o.AddFlags(flags)
	flags.StringVar(&o.Out, "out", "", "write to DIR/<game id>/; earlier games there count (default DIR: in the user's cache directory)")
}

func (o *Options) playFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&o.Stack, "stack", fixtures.Auto, "where Postgres and Redis run: "+strings.Join(fixtures.Kinds(), ", "))
	o.TargetFlags.Add(flags)
	flags.StringVar(&o.Bot, "bot", "", "play without people: "+strings.Join(bots, ", "))
	flags.IntVar(&o.Rate, "rate", 10, "background load in requests a second")
	flags.IntVar(&o.MaxFailed, "max-failed", 0, "abort when so many requests have failed (0: never)")
	flags.IntVar(&o.MaxLost, "max-lost", 0, "abort when so many requests have missed an acknowledged row (0: never)")
	flags.StringArrayVar(&o.Webhooks, "webhook", nil, "send the page to a URL on this machine, as PagerDuty Events v2; slack=URL in Slack's form")
	flags.BoolVar(&o.AllowHost, "allow-host", false, "let --webhook name another machine")
}

var bots = []string{gameday.BotRunbook, gameday.BotIdle, gameday.BotRestart}

// highestRate of the load, in requests a second: the host's two cores would be the
// fault beyond it.
const highestRate = 200

// complete checks the flags and reads what they name.
func (o *Options) complete() error {
	if o.Bot != "" && !slices.Contains(bots, o.Bot) {
		return exit.Usage("--bot %s is none of %s", o.Bot, strings.Join(bots, ", "))
	}
	if o.Stack != "" && !slices.Contains(fixtures.Kinds(), o.Stack) {
		return exit.Usage("--stack %s is none of %s", o.Stack, strings.Join(fixtures.Kinds(), ", "))
	}
	if o.Rate < 0 || o.Rate > highestRate {
		return exit.Usage("--rate %d: want 1 to %d", o.Rate, highestRate)
	}
	if err := o.read(); err != nil {
		return err
	}
	known := []scenarios.Severity{scenarios.P1, scenarios.P2, scenarios.P3, scenarios.P4}
	o.Rules.Severities = nil
	for _, name := range o.Severities {
		s := scenarios.Severity(strings.ToUpper(strings.TrimSpace(name)))
		if !slices.Contains(known, s) {
			return exit.Usage("--severity %s is none of %s", name, strings.Trim(fmt.Sprint(known), "[]"))
		}
		o.Rules.Severities = append(o.Rules.Severities, s)
	}
	for _, hook := range o.Webhooks {
		if _, err := parseWebhook(hook, o.AllowHost); err != nil {
			return err
		}
	}
	return nil
}

// read reads the files of scenarios, where any are named.
func (o *Options) read() error {
	if err := o.Played(o.Runbook); err != nil {
		return err
	}
	set, err := o.Files.Open()
	if err != nil {
		return err
	}
	o.list, o.subject = set.Scenarios, cmp.Or(set.Subject, "service")
	return nil
}
