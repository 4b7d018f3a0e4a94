// Package prompt reads command lines: from a terminal with editing, history and
// completion, from anything else as they come.
package prompt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"
)

// Reader reads lines.
type Reader struct {
	// Interactive says that a person types them.
	Interactive bool

	read func() (string, error)
}

// New reads from in. On a terminal it prompts, and the tabulator completes a line
// to one of those that possible gives for it.
func New(in io.Reader, prompt string, possible func(line string) []string) *Reader {
	if file, isFile := in.(*os.File); isFile && term.IsTerminal(int(file.Fd())) {
		return &Reader{Interactive: true, read: edited(file, prompt, possible)}
	}
	return &Reader{read: plain(in)}
}

// Next is the next line, without blanks around it, or nothing once ctx has ended;
// io.EOF at the end. A read that nobody waits for any more ends with the process.
func (r *Reader) Next(ctx context.Context) (string, error) {
	type result struct {
		line string
		err  error
	}
	got := make(chan result, 1)
	go func() {
		line, err := r.read()
		got <- result{strings.TrimSpace(line), err}
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
func edited(tty *os.File, prompt string, possible func(string) []string) func() (string, error) {
	editor := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{tty, tty}, prompt)
	editor.AutoCompleteCallback = func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' || pos != len(line) {
			return "", 0, false
		}
		completed, candidates := Complete(line, possible(line))
		if len(candidates) > 1 && completed == line {
			head := strings.LastIndexByte(line, ' ') + 1
			for i := range candidates {
				candidates[i] = candidates[i][head:]
			}
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

// Complete is a line as far as it is clear how it goes on, and the possible lines
// that begin with it.
func Complete(line string, possible []string) (completed string, candidates []string) {
	for _, p := range possible {
		if strings.HasPrefix(p, line) {
			candidates = append(candidates, p)
		}
	}
	slices.Sort(candidates)
	candidates = slices.Compact(candidates)
	if len(candidates) == 0 {
		return line, nil
	}
	common := candidates[0]
	for _, p := range candidates[1:] {
		for !strings.HasPrefix(p, common) {
			common = common[:len(common)-1]
		}
	}
	if len(candidates) == 1 && !strings.HasSuffix(common, " ") {
		common += " "
	}
	return common, candidates
}
