package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/runproof/runproof/scenarios/judge"
)

// terminal opens a pseudo-terminal of that many columns; what is written to the file
// comes out of the function, once the file is closed.
func terminal(t *testing.T, columns uint16) (*os.File, func() string) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(int(master.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Col: columns, Row: 24}); err != nil {
		t.Fatal(err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	written := make(chan string)
	go func() {
		text, _ := io.ReadAll(master) // ends with an error when the last writer has closed
		written <- strings.ReplaceAll(string(text), "\r\n", "\n")
	}()
	return slave, func() string {
		closed := slave.Close()
		text := <-written
		if err := errors.Join(closed, master.Close()); err != nil {
			t.Error(err)
		}
		return text
	}
}

// By hand: let New take a terminal for a pipe, or leave out NO_COLOR or TERM.
func TestATerminalsWidthAndColours(t *testing.T) {
	for _, c := range []struct {
		name, term, noColor string
		columns             uint16
		colours             bool
	}{
		{"80 columns", "xterm-256color", "", 80, true},
		{"120 columns", "xterm-256color", "", 120, true},
		{"NO_COLOR", "xterm-256color", "1", 80, false},
		{"dumb", "dumb", "", 80, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("TERM", c.term)
			t.Setenv("NO_COLOR", c.noColor)
			t.Setenv("COLUMNS", "")
			file, text := terminal(t, c.columns)
			code := Run([]string{"list", "claims"}, file, io.Discard)
			got := text()
			if code != judge.ExitPassed || !strings.Contains(got, "database.symptom.503") {
				t.Fatalf("exit %d: %.300s", code, got)
			}
			if colours := strings.Contains(got, "\x1b["); colours != c.colours {
				t.Errorf("colours: %v, want %v", colours, c.colours)
			}
			plain := strings.NewReplacer("\x1b[1m", "", "\x1b[2m", "", "\x1b[0m", "").Replace(got)
			widest := 0
			for line := range strings.Lines(plain) {
				widest = max(widest, len([]rune(strings.TrimSuffix(line, "\n"))))
			}
			if widest > int(c.columns) || widest < int(c.columns)-20 {
				t.Errorf("the widest line has %d columns of %d", widest, c.columns)
			}
		})
	}
}
