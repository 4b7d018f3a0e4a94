// Package exit carries an exit code with an error, so that codes are decided
// where the cause is known and used in one place.
package exit

import (
	"errors"
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/judge"
)

// Error is an error with the exit code that it asks for. An empty message is
// not printed: what there was to say has been said.
type Error struct {
	Code int
	Err  error
}

func (e *Error) Error() string {
	if e.Err == nil {
		return ""
	}
	return e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// Usage is a command line, a file or a configuration that is wrong: exit 2.
func Usage(format string, args ...any) error {
	return &Error{Code: judge.ExitUsage, Err: fmt.Errorf(format, args...)}
}

// Undecided is a harness or a machine that cannot do its work: exit 3.
func Undecided(format string, args ...any) error {
	return &Error{Code: judge.ExitUndecided, Err: fmt.Errorf(format, args...)}
}

// With ends with a code and says nothing more. With(0) is nil.
func With(code int) error {
	if code == judge.ExitPassed {
		return nil
	}
	return &Error{Code: code}
}

// Code is the exit code of an error. One that carries none is something that
// nobody has foreseen, and decides nothing.
func Code(err error) int {
	var e *Error
	switch {
	case err == nil:
		return judge.ExitPassed
	case errors.As(err, &e):
		return e.Code
	}
	return judge.ExitUndecided
}

// Line is an error as one line, whatever it was joined from.
func Line(err error) string {
	return strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}
