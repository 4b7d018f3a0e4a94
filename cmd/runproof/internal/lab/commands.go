package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/lab"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/scenarios/record"
)

// command is something that can be done in a lab.
type command struct {
	name, args, short string
	// least and most are how many arguments it takes; most below zero: any number.
	least, most int
	run         func(ctx context.Context, l *lab.Lab, args []string, out io.Writer) error
}

// errQuit ends the lab.
var errQuit = errors.New("quit")

// commands are all of them, in the order in which help lists them.
var commands []command

func init() { // the help lists the commands, itself among them
	commands = []command{
		{"info", "", "addresses, tokens, and lines to copy", 0, 0, info},
		{"status", "", "health, process, faults in force, load", 0, 0, status},
		{"faults", "", "every fault that can be injected, and why others cannot", 0, 0, faults},
		{"inject", "FAULT", "inject the fault of a scenario, or a kind: inject latency redis 300ms", 1, -1, inject},
		{"witness", "", "ask the witness of each fault in force", 0, 0, witness},
		{"heal", "[ID]", "heal one fault, or all", 0, 1, heal},
		{"load", "RATE", "background load in requests a second (20/s); 0 ends it", 1, 1, traffic},
		{"logs", "[-f]", "what the service has logged; -f follows", 0, 1, logs},
		{"run", "COMMAND", "run a command in the operator's sandbox", 1, -1, operate},
		{"restart", "", "restart the service", 0, 0, restart},
		{"scale", "N", "let N processes of the service share the requests", 1, 1, scale},
		{"fallback", "", "flip the switch of the venue-service's fallback", 0, 0, fallback},
		{"open", "", "the address of a page that shows the lab and breaks it", 0, 0, open},
		{"history", "", "what was done so far", 0, 0, history},
		{"record", "NAME", "print what was done as the skeleton of a scenario", 1, 1, skeleton},
		{"quit", "", "heal everything and end the lab", 0, 0, func(context.Context, *lab.Lab, []string, io.Writer) error { return errQuit }},
		{"help", "", "this list", 0, 0, help},
	}
}

// summary lists the commands.
func summary() string {
	var b strings.Builder
	b.WriteString("Commands:\n")
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, c := range commands {
		fmt.Fprintf(table, "  %s %s\t%s\n", c.name, c.args, c.short)
	}
	_ = table.Flush() // a builder takes everything
	return strings.TrimRight(b.String(), "\n")
}

func help(_ context.Context, _ *lab.Lab, _ []string, out io.Writer) error {
	_, err := fmt.Fprintln(out, summary())
	return err
}

// execute runs one command line.
func execute(ctx context.Context, l *lab.Lab, args []string, out io.Writer) error {
	name := args[0]
	if name == "?" {
		name = "help"
	}
	for _, c := range commands {
		if c.name != name {
			continue
		}
		if n := len(args) - 1; n < c.least || c.most >= 0 && n > c.most {
			return exit.Usage("usage: %s", strings.TrimSpace(c.name+" "+c.args))
		}
		return c.run(ctx, l, args[1:], out)
	}
	return exit.Usage("no such command %q; \"help\" lists them", name)
}

func info(_ context.Context, l *lab.Lab, _ []string, out io.Writer) error {
	i, err := l.Info()
	if err != nil {
		return exit.Undecided("%w", err)
	}
	fmt.Fprintf(out, "service        %s\npostgres       %s\nredis          %s\nvenue-service  %s\n\n", i.Service, i.Postgres, i.Redis, i.Venue)
	for _, tenant := range slices.Sorted(maps.Keys(i.Tokens)) {
		fmt.Fprintf(out, "token of tenant %s\n  %s\n", tenant, i.Tokens[tenant])
	}
	fmt.Fprintf(out, "\ncurl -s %s/health/ready\npsql '%s'\nredis-cli -u '%s'\n", i.Service, i.Postgres, i.Redis)
	if l.Console != "" {
		fmt.Fprintf(out, "\nconsole        %s\n", l.Console)
	}
	return nil
}

func status(ctx context.Context, l *lab.Lab, _ []string, out io.Writer) error {
	s := l.Status(ctx)
	process, err := json.Marshal(s.Process)
	if err != nil {
		return exit.Undecided("%w", err)
	}
	fmt.Fprintf(out, "live     %s\nready    %s\nprocess  %s\n", s.Live, s.Ready, process)
	for _, a := range l.Active() {
		fmt.Fprintf(out, "fault    %d  %s, for %s\n", a.ID, a.Fault, time.Since(a.Injected).Round(time.Second))
	}
	fmt.Fprintf(out, "load     %s\n", describe(l.Traffic()))
	return nil
}

// describe says what became of the load, in one line.
func describe(t lab.Traffic) string {
	if t.Rate == 0 {
		return "none"
	}
	took := make([]time.Duration, 0, len(t.Recent))
	failed := 0
	for _, h := range t.Recent {
		if took = append(took, h.Took()); h.Failed {
			failed++
		}
	}
	slices.Sort(took)
	text := fmt.Sprintf("%d/s; %d sent, %d failed; last 10 s: %d ended, %d failed", t.Rate, t.Sent, t.Failed, len(took), failed)
	if len(took) > 0 {
		text += fmt.Sprintf(", median %s, 95th percentile %s", took[len(took)/2].Round(time.Millisecond), took[len(took)*95/100].Round(time.Millisecond))
	}
	if t.Err != "" {
		text += "; ended: " + t.Err
	}
	return text
}

func faults(_ context.Context, l *lab.Lab, _ []string, out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, o := range l.Catalogue {
		text := o.Fault.String()
		if o.Lacking != "" {
			text = "not here: " + o.Lacking
		}
		fmt.Fprintf(table, "%s\t%s %s\t%s\n", o.Scenario, o.Fault.Kind, o.Fault.On, text)
	}
	return table.Flush()
}

func inject(ctx context.Context, l *lab.Lab, args []string, out io.Writer) error {
	f, err := l.Catalogue.Find(args...)
	if err != nil {
		return exit.Usage("%w", err)
	}
	a, err := l.Inject(ctx, f)
	if err != nil {
		return exit.Undecided("%w", err)
	}
	fmt.Fprintf(out, "%d  %s; witnessed after %s\n", a.ID, a.Fault, a.Witnessed.Sub(a.Injected).Round(time.Millisecond))
	return nil
}

func witness(ctx context.Context, l *lab.Lab, _ []string, out io.Writer) error {
	seen := l.Witness(ctx)
	if len(seen) == 0 {
		fmt.Fprintln(out, "no fault is in force")
	}
	for _, a := range l.Active() {
		if report, asked := seen[a.ID]; asked {
			fmt.Fprintf(out, "%d  %s: %s\n", a.ID, a.Fault, named(report))
		}
	}
	return nil
}

func named(r record.WitnessReport) string {
	if r.Presence == record.Unknown {
		return "unknown: " + r.String()
	}
	return r.String()
}

func heal(ctx context.Context, l *lab.Lab, args []string, out io.Writer) error {
	if len(args) == 0 {
		n := len(l.Active())
		if err := l.HealAll(ctx); err != nil {
			return exit.Undecided("%w", err)
		}
		fmt.Fprintf(out, "%d healed\n", n)
		return nil
	}
	id, err := strconv.Atoi(args[0])
	if err != nil {
		return exit.Usage("heal %s: want the id of a fault in force, as \"status\" lists them", args[0])
	}
	if err := l.Heal(ctx, id); err != nil {
		return exit.Undecided("%w", err)
	}
	fmt.Fprintf(out, "%d healed\n", id)
	return nil
}

// highestRate of a load by hand, in requests a second: the host's two cores would
// be the fault beyond it.
const highestRate = 200

func traffic(_ context.Context, l *lab.Lab, args []string, out io.Writer) error {
	rate, err := strconv.Atoi(strings.TrimSuffix(args[0], "/s"))
	if err != nil || rate < 0 || rate > highestRate {
		return exit.Usage("load %s: want requests a second, from 0 to %d", args[0], highestRate)
	}
	if rate == 0 {
		l.StopLoad()
		fmt.Fprintln(out, "no load")
		return nil
	}
	if err := l.StartLoad(rate); err != nil {
		return exit.Undecided("%w", err)
	}
	fmt.Fprintf(out, "%d requests a second\n", rate)
	return nil
}

// followEvery is the pause between two looks for new lines.
const followEvery = 100 * time.Millisecond

func logs(ctx context.Context, l *lab.Lab, args []string, out io.Writer) error {
	if len(args) == 1 && args[0] != "-f" {
		return exit.Usage("logs %s: it takes -f alone", args[0])
	}
	var seen time.Time
	for {
		var lines []target.Line
		lines, seen = l.Logs(seen)
		for _, line := range lines {
			if _, err := fmt.Fprintln(out, line.Text); err != nil {
				return err
			}
		}
		if len(args) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(followEvery):
		}
	}
}

func operate(ctx context.Context, l *lab.Lab, args []string, out io.Writer) error {
	executions, err := l.Run(ctx, strings.Join(args, " "))
	if err != nil {
		return exit.Undecided("%w", err)
	}
	for _, x := range executions {
		switch {
		case x.Unsupported != "":
			return exit.Undecided("not run: %s", x.Unsupported)
		case len(executions) > 1:
			fmt.Fprintf(out, "as %s:\n", x.As)
		}
		fmt.Fprint(out, x.Stdout, x.Stderr)
		if x.Ended != "" {
			fmt.Fprintf(out, "ended by %s\n", x.Ended)
		} else if x.Exit != 0 {
			fmt.Fprintf(out, "exit code %d\n", x.Exit)
		}
	}
	return nil
}

func restart(ctx context.Context, l *lab.Lab, _ []string, out io.Writer) error {
	return done(out, "restarted", l.Restart(ctx))
}

func scale(ctx context.Context, l *lab.Lab, args []string, out io.Writer) error {
	n, err := strconv.Atoi(args[0])
	if err != nil || n < 1 || n > 8 {
		return exit.Usage("scale %s: want 1 to 8 processes", args[0])
	}
	return done(out, fmt.Sprintf("%d processes, each as soon as it is ready", n), l.Scale(ctx, n))
}

func fallback(ctx context.Context, l *lab.Lab, _ []string, out io.Writer) error {
	return done(out, "flipped", l.Fallback(ctx))
}

func done(out io.Writer, text string, err error) error {
	if err != nil {
		return exit.Undecided("%w", err)
	}
	fmt.Fprintln(out, text)
	return nil
}
