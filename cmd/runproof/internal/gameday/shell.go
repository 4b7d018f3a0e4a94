package gameday

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/control"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/prompt"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	fixture "github.com/runproof/runproof/fixtures/gameday"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/gameday"
)

const shellHelp = `logs [-f] [TEXT]  the service's log, or its lines with a text; -f goes on until ^C
restart           end the service gracefully and start it
scale N           let N processes of the service share the requests
rollback          go back to the revision before
fallback          flip the switch of the circuit breaker's fallback
escalate NAME     call a contact of the runbook
contacts          who can be called
channel           what was posted, said and done so far
kubectl ...       there is no cluster here: logs, rollout restart, rollout undo and scale stand for the lines above
exit              leave the shell; the game goes on
any other line    runs in the operator's sandbox: psql, redis-cli, curl, jq`

// shellWords begin the lines that are completed.
var shellWords = []string{
	"logs ", "logs -f ", "restart", "scale ", "rollback", "fallback", "escalate ", "contacts", "channel", "help", "exit",
	"psql -c \"", "redis-cli ", "curl -s http://localhost:3003/health/ready | jq",
}

func newShellCmd() *cobra.Command {
	var game, by, line string
	cmd := &cobra.Command{
		Use:   "shell",
		Short: "The operator's shell of a running game",
		Long: "Reads lines and runs each in the operator's sandbox of the running game, where the runbook's addresses\n" +
			"are those of the service and its dependencies.\n\n" + shellHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			send := func(ctx context.Context, line string, out io.Writer) error {
				return control.Send(ctx, "gameday", game, []string{by, line}, out)
			}
			if line != "" {
				return send(cmd.Context(), line, cmd.OutOrStdout())
			}
			return readShell(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), send)
		},
	}
	cmd.Flags().StringVar(&game, "game", "", "id of the game, where several run")
	cmd.Flags().StringVar(&by, "name", "player", "your name in the report")
	cmd.Flags().StringVarP(&line, "command", "c", "", "run one line and end")
	return cmd
}

// readShell reads lines until the end of the input or "exit". ^C ends what a line
// does, and not the shell.
func readShell(ctx context.Context, in io.Reader, out io.Writer, send func(context.Context, string, io.Writer) error) error {
	if err := send(ctx, "help", out); err != nil {
		return err
	}
	var contacts strings.Builder
	if err := send(ctx, "contacts", &contacts); err != nil {
		return err
	}
	words := shellWords
	for row := range strings.Lines(contacts.String()) {
		name, _, _ := strings.Cut(strings.TrimSpace(row), " | ")
		words = append(words, "escalate "+name)
	}
	const mark = "on-call$ "
	lines := prompt.New(in, mark, func(string) []string { return words })
	for {
		if !lines.Interactive {
			fmt.Fprint(out, mark)
		}
		line, err := lines.Next(ctx)
		switch {
		case errors.Is(err, io.EOF):
			fmt.Fprintln(out)
			return nil
		case err != nil:
			return err
		case line == "exit" || line == "quit":
			return nil
		case line == "":
			continue
		}
		doing, stop := signal.NotifyContext(ctx, syscall.SIGINT)
		if err := send(doing, line, out); err != nil && doing.Err() == nil {
			fmt.Fprintln(out, screen.Line(exit.Line(err)))
		}
		stop()
	}
}

// shellCommand carries out a line of a player: who it is, and the line.
func shellCommand(g *fixture.Game) control.Execute {
	return func(ctx context.Context, args []string, out io.Writer) error {
		if len(args) != 2 {
			return exit.Usage("want a name and a line")
		}
		by, line := args[0], instead(strings.TrimSpace(args[1]))
		name, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		switch {
		case name == "help" || name == "?":
			fmt.Fprintln(out, shellHelp)
			return nil
		case name == "logs":
			return logs(ctx, g, rest, out)
		case name == "channel":
			for _, e := range g.View("").Events {
				fmt.Fprintf(out, "%s  %s\n", e.At.Format(time.TimeOnly), sentence(e))
			}
			return nil
		case name == "contacts":
			for _, c := range g.Record().Book.Contacts {
				fmt.Fprintln(out, c.Text)
			}
			return nil
		case name == "restart" && rest == "":
			return done(out, "restarted", g.Restart(ctx, by))
		case name == "rollback" && rest == "":
			return done(out, "rolled back", g.Rollback(by))
		case name == "fallback" && rest == "":
			return done(out, "flipped", g.Fallback(ctx, by))
		case name == "scale":
			n, err := strconv.Atoi(rest)
			if err != nil || n < 1 || n > maxReplicas {
				return exit.Usage("scale %s: want 1 to %d processes", rest, maxReplicas)
			}
			return done(out, fmt.Sprintf("%d processes, each as soon as it is ready", n), g.Scale(ctx, by, n))
		case name == "escalate":
			return done(out, rest+" was called; the answer comes in the channel", g.Escalate(by, rest))
		}
		executions, err := g.Run(ctx, by, line)
		if err != nil {
			return exit.Undecided("%w", err)
		}
		return show(out, executions)
	}
}

// followEvery is the pause between two looks for new lines.
const followEvery = 200 * time.Millisecond

// logs prints lines with a text; with -f those to come as well, until ctx or the
// game ends.
func logs(ctx context.Context, g *fixture.Game, args string, out io.Writer) error {
	filter, follow := strings.CutPrefix(args+" ", "-f ")
	filter = strings.TrimSpace(filter)
	for next := 0; ; {
		var lines []fixture.LogLine
		for lines, next = g.Lines(filter, next); len(lines) > 0; lines = lines[1:] {
			if _, err := fmt.Fprintln(out, lines[0].Text); err != nil {
				return exit.Undecided("%w", err)
			}
		}
		if !follow {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-g.Done():
			return nil
		case <-time.After(followEvery):
		}
	}
}

// kubectl are lines of a runbook that a command of the shell stands for.
var kubectl = []struct {
	line *regexp.Regexp
	is   string
}{
	{regexp.MustCompile(`^kubectl\b.* rollout restart\b`), "restart"},
	{regexp.MustCompile(`^kubectl\b.* rollout undo\b`), "rollback"},
	{regexp.MustCompile(`^kubectl\b.* scale\b.*--replicas[= ](\d+)`), "scale $1"},
	{regexp.MustCompile(`^kubectl\b.* logs\b.* (?:-f|--follow)\b.*`), "logs -f"},
	{regexp.MustCompile(`^kubectl\b.* logs\b`), "logs"},
}

// instead is the command of the shell that a line stands for, or the line. What
// follows in a pipe is not for kubectl alone, and is left to the sandbox.
func instead(line string) string {
	if strings.ContainsAny(line, "|;&<>$`") {
		return line
	}
	for _, k := range kubectl {
		if m := k.line.FindStringSubmatchIndex(line); m != nil {
			return string(k.line.ExpandString(nil, k.is, line, m))
		}
	}
	return line
}

// maxReplicas is how many processes of the service a player may ask for.
const maxReplicas = 8

func done(out io.Writer, text string, err error) error {
	if err != nil {
		return exit.Undecided("%w", err)
	}
	fmt.Fprintln(out, text)
	return nil
}

func show(out io.Writer, executions []scenarios.Execution) error {
	for _, x := range executions {
		switch {
		case x.Unsupported != "" && strings.Contains(x.Command, "kubectl"):
			return errors.New("there is no cluster here: restart, rollback, scale N, fallback and logs stand for it")
		case x.Unsupported != "":
			return fmt.Errorf("not run: %s", x.Unsupported)
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

// sentence says what a public event is.
func sentence(e gameday.Event) string {
	text := e.By + ": " + string(e.Kind)
	switch e.Kind {
	case gameday.Paged:
		return "page: " + e.Text
	case gameday.Posted, gameday.Hinted, gameday.Noted:
		return e.By + ": " + e.Text
	case gameday.Acted:
		text = e.By + ": " + e.Action.Text
		if e.Action.Err != "" {
			text += " (" + e.Action.Err + ")"
		}
		return text
	}
	if e.Severity != "" {
		text += " as " + string(e.Severity)
	}
	if e.Section != "" {
		text += ": " + e.Section
	}
	if e.Text != "" {
		text += ": " + e.Text
	}
	return text
}
