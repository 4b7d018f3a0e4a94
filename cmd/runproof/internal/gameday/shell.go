package gameday

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/control"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	fixture "github.com/runproof/runproof/fixtures/gameday"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/gameday"
)

const shellHelp = `any other line  runs in the operator's sandbox: psql, redis-cli, curl, jq
logs [TEXT]     the service's log, or its lines with a text
restart         end the service gracefully and start it
scale N         let N processes of the service share the requests
fallback        flip the switch of the circuit breaker's fallback
escalate NAME   call a contact of the runbook
contacts        who can be called
channel         what was posted, said and done so far
exit            leave the shell; the game goes on`

func newShellCmd() *cobra.Command {
	var game, by, line string
	cmd := &cobra.Command{
		Use:   "shell",
		Short: "The operator's shell of a running game",
		Long: "Reads lines and runs each in the operator's sandbox of the running game, where the runbook's addresses\n" +
			"are those of the service and its dependencies.\n\n" + shellHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			send := func(line string) error {
				return control.Send(cmd.Context(), "gameday", game, []string{by, line}, cmd.OutOrStdout())
			}
			if line != "" {
				return send(line)
			}
			return readShell(cmd.InOrStdin(), cmd.OutOrStdout(), send)
		},
	}
	cmd.Flags().StringVar(&game, "game", "", "id of the game, where several run")
	cmd.Flags().StringVar(&by, "name", "player", "your name in the report")
	cmd.Flags().StringVarP(&line, "command", "c", "", "run one line and end")
	return cmd
}

// readShell reads lines until the end of the input or "exit".
func readShell(in io.Reader, out io.Writer, send func(string) error) error {
	if err := send("help"); err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	for {
		fmt.Fprint(out, "on-call$ ")
		if !lines.Scan() {
			fmt.Fprintln(out)
			return lines.Err()
		}
		line := strings.TrimSpace(lines.Text())
		switch line {
		case "":
			continue
		case "exit", "quit":
			return nil
		}
		if err := send(line); err != nil {
			fmt.Fprintln(out, screen.Line(exit.Line(err)))
		}
	}
}

// shellCommand carries out a line of a player: who it is, and the line.
func shellCommand(g *fixture.Game) control.Execute {
	return func(ctx context.Context, args []string, out io.Writer) error {
		if len(args) != 2 {
			return exit.Usage("want a name and a line")
		}
		by, line := args[0], strings.TrimSpace(args[1])
		name, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		switch {
		case name == "help" || name == "?":
			fmt.Fprintln(out, shellHelp)
			return nil
		case name == "logs":
			for _, l := range g.Lines(rest) {
				fmt.Fprintln(out, l.Text)
			}
			return nil
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
			return errors.New("there is no cluster here: restart, scale N, fallback and logs stand for it")
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
