package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"strings"
	"syscall"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/prompt"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/fixtures/lab"
)

// readCommands reads commands until "quit", the end of a terminal's input, or ctx's
// end. Where the input is no terminal its lines are carried out, and the lab stays
// for other terminals.
func readCommands(ctx context.Context, l *lab.Lab, in io.Reader, out io.Writer) error {
	lines := prompt.New(in, "lab> ", func(line string) []string { return possible(l, line) })
	if lines.Interactive {
		fmt.Fprintln(out, "\n\"help\" lists the commands; ^D heals everything and ends the lab")
	}
	for {
		line, err := lines.Next(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, io.EOF) && lines.Interactive:
			return nil
		case errors.Is(err, io.EOF):
			<-ctx.Done()
			return nil
		case err != nil:
			return exit.Undecided("standard input: %w", err)
		}
		args := strings.Fields(line)
		if len(args) == 0 {
			continue
		}
		err = one(ctx, l, args, out)
		if errors.Is(err, errQuit) {
			return nil
		}
		if err != nil {
			fmt.Fprintln(out, screen.Line(exit.Line(err)))
		}
	}
}

// one carries out a command that ^C ends, and not the lab.
func one(ctx context.Context, l *lab.Lab, args []string, out io.Writer) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT)
	defer stop()
	return execute(ctx, l, args, out)
}

// possible are the lines that a line may become: its last word is one of those that
// can stand there.
func possible(l *lab.Lab, line string) (list []string) {
	words := strings.Fields(line)
	if len(words) == 0 || strings.HasSuffix(line, " ") {
		words = append(words, "")
	}
	head := strings.TrimSuffix(line, words[len(words)-1])
	for _, word := range lastWords(l, words) {
		list = append(list, head+word)
	}
	return list
}

// lastWords are the words that can stand in the place of the last one.
func lastWords(l *lab.Lab, words []string) (list []string) {
	switch {
	case len(words) == 1:
		for _, c := range commands {
			list = append(list, c.name)
		}
	case words[0] == "inject" && len(words) == 2:
		list = l.Catalogue.Kinds()
		for _, o := range l.Catalogue {
			list = append(list, o.Scenario)
		}
	case words[0] == "inject":
		for _, o := range l.Catalogue {
			list = append(list, string(o.Fault.On))
		}
	case words[0] == "heal" && len(words) == 2:
		for _, a := range l.Active() {
			list = append(list, fmt.Sprint(a.ID))
		}
	case words[0] == "logs" && len(words) == 2:
		list = []string{"-f"}
	}
	return list
}
