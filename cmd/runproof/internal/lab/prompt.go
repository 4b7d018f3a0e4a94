package lab

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/term"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/fixtures/lab"
)

// prompt reads commands until "quit", the end of a terminal's input, or ctx's end.
// Where the input is no terminal its lines are carried out, and the lab stays for
// other terminals.
func prompt(ctx context.Context, l *lab.Lab, in io.Reader, out io.Writer) error {
	read := plain(in)
	file, isFile := in.(*os.File)
	interactive := isFile && term.IsTerminal(int(file.Fd()))
	if interactive {
		fmt.Fprintln(out, "\n\"help\" lists the commands; ^D heals everything and ends the lab")
		read = edited(file, l)
	}
	for {
		line, err := next(ctx, read)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, io.EOF) && interactive:
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

// next is the next line, or nothing once ctx has ended. A read that nobody waits
// for any more ends with the process.
func next(ctx context.Context, read func() (string, error)) (string, error) {
	type result struct {
		line string
		err  error
	}
	got := make(chan result, 1)
	go func() {
		line, err := read()
		got <- result{line, err}
	}()
	select {
	case r := <-got:
		return r.line, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func plain(in io.Reader) func() (string, error) {
	lines := bufio.NewScanner(in)
	return func() (string, error) {
		if lines.Scan() {
			return lines.Text(), nil
		}
		if err := lines.Err(); err != nil {
			return "", err
		}
		return "", io.EOF
	}
}

// edited reads lines from a terminal, which is raw only meanwhile: ^C is to reach
// the command that runs.
func edited(tty *os.File, l *lab.Lab) func() (string, error) {
	editor := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{tty, tty}, "lab> ")
	editor.AutoCompleteCallback = func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' || pos != len(line) {
			return "", 0, false
		}
		completed, candidates := complete(l, line)
		if len(candidates) > 1 && completed == line {
			fmt.Fprintln(editor, strings.Join(candidates, "  "))
		}
		return completed, len(completed), true
	}
	return func() (string, error) {
		state, err := term.MakeRaw(int(tty.Fd()))
		if err != nil {
			return "", err
		}
		line, err := editor.ReadLine()
		return line, errors.Join(err, term.Restore(int(tty.Fd()), state))
	}
}

// complete is the line as far as it is clear how it goes on, and how it may.
func complete(l *lab.Lab, line string) (completed string, candidates []string) {
	words := strings.Fields(line)
	if len(words) == 0 || strings.HasSuffix(line, " ") {
		words = append(words, "")
	}
	last := words[len(words)-1]
	for _, word := range possible(l, words) {
		if strings.HasPrefix(word, last) {
			candidates = append(candidates, word)
		}
	}
	slices.Sort(candidates)
	candidates = slices.Compact(candidates)
	if len(candidates) == 0 {
		return line, nil
	}
	common := candidates[0]
	for _, word := range candidates[1:] {
		for !strings.HasPrefix(word, common) {
			common = common[:len(common)-1]
		}
	}
	completed = line[:len(line)-len(last)] + common
	if len(candidates) == 1 {
		completed += " "
	}
	return completed, candidates
}

// possible are the words that can stand in the place of the last one.
func possible(l *lab.Lab, words []string) (list []string) {
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
