package scenarios

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Worlds in which a command is executed, beside those that a fault names.
const (
	// WorldHealthy is the steady state: nothing is broken yet.
	WorldHealthy = "healthy"
	// WorldHealed is after the last fault was lifted.
	WorldHealed = "healed"
	// WorldEmpty is healthy and holds no data, WorldLarge holds much, and the
	// names in WorldOdd have spaces and quotes in them.
	WorldEmpty = "no data"
	WorldLarge = "much data"
	WorldOdd   = "odd names"
	// WorldNoTenant has an event that belongs to no tenant.
	WorldNoTenant = "an event without a tenant"
)

// Execution is one run of a command, as printed, in an operator's shell. It is
// plain data: whatever a judge or a hazard rule may ask for is in it.
type Execution struct {
	// Command is the text that was run, untouched.
	Command string `json:"command"`
	// Claim and Statement are the ids of what it belongs to, where there are any.
	Claim     string `json:"claim,omitempty"`
	Statement string `json:"statement,omitempty"`

	// World says what was broken at that time: WorldHealthy, WorldHealed, or the
	// fault in words, as [Fault.String] has it.
	World string `json:"world"`
	// Phase is the part of a scenario's course; empty in a trial of the document.
	Phase Phase `json:"phase,omitempty"`
	// As is who a database client connects as, where the command has one:
	// "service" or "administrator". What the two are shown may differ.
	As string `json:"as,omitempty"`

	At   time.Time     `json:"at"`
	Took time.Duration `json:"took"`
	// Exit is the shell's exit code, -1 where it was ended by a bound.
	Exit int `json:"exit"`
	// Exits are the exit codes of the parts of a pipeline, the first part's
	// first. A pipeline's own exit code is the last one's, and hides the others.
	// Empty where the shell never came to its end.
	Exits []int `json:"exits,omitempty"`
	// Stdout and Stderr are what it printed; Cut says that it printed more.
	Stdout    string `json:"stdout,omitempty"`
	Stderr    string `json:"stderr,omitempty"`
	Truncated bool   `json:"truncated,omitempty"`
	// Ended names the bound that ended a command which did not end by itself.
	Ended string `json:"ended,omitempty"`

	// Shims lists the variables that were set for the command and that it
	// needs. Nothing else about the command was changed.
	Shims []Shim `json:"shims,omitempty"`
	// Before and After are the state around the command where that was counted:
	// how many keys of each kind there are, rows, settings. A name begins with
	// whose it is: "redis receipt:*", "postgres charges".
	Before map[string]string `json:"before,omitempty"`
	After  map[string]string `json:"after,omitempty"`
	// Stalled is the longest that another client of the same server waited for
	// an answer while the command ran. Zero where nobody asked.
	Stalled time.Duration `json:"stalled,omitempty"`

	// Unsupported says why it was not run: a tool that this machine lacks, say.
	// There is then no exit code and no output.
	Unsupported string `json:"unsupported,omitempty"`
}

// Shim is a variable that was set for a command and that the command
// needs.
type Shim struct {
	// What is its name: "PGUSER".
	What string `json:"what"`
	// Without is what the command shows when it is not set: the proof that it is
	// needed. Empty where that was not tried, since the command writes.
	Without string `json:"without,omitempty"`
}

// brokenPipe is the exit code of a part of a pipeline whose reader left early,
// as "head" does: 128 and SIGPIPE.
const brokenPipe = 141

// Ran reports whether every part of the command succeeded. One that was ended
// by its bound ran if it had shown something by then.
func (x Execution) Ran() bool {
	switch {
	case x.Unsupported != "":
		return false
	case x.Ended != "":
		return x.Stdout != ""
	case x.Exit != 0:
		return false
	}
	last := len(x.Exits) - 1
	return !slices.ContainsFunc(x.Exits[:max(last, 0)], func(code int) bool { return code != 0 && code != brokenPipe })
}

// Ending says in a few words how it ended, without what it printed.
func (x Execution) Ending() string {
	if x.Unsupported != "" {
		return "not run: " + x.Unsupported
	}
	how := fmt.Sprintf("exit %d", x.Exit)
	switch {
	case x.Ended != "":
		how = "ended by " + x.Ended
	case len(x.Exits) > 1:
		how = "exit " + strings.Trim(strings.ReplaceAll(fmt.Sprint(x.Exits), " ", " | "), "[]")
	}
	how += " after " + x.Took.Round(time.Millisecond).String()
	if x.As != "" {
		how += " as " + x.As
	}
	return how
}

// String says in one line how it ended and what it printed.
func (x Execution) String() string {
	switch {
	case x.Unsupported != "":
		return x.Ending()
	case strings.TrimSpace(x.Stdout) != "":
		return x.Ending() + ": " + Shorten(x.Stdout)
	case strings.TrimSpace(x.Stderr) != "" && !x.Ran() && x.Ended == "":
		return x.Ending() + ": " + Shorten(complains(strings.TrimSpace(x.Stderr)))
	}
	return x.Ending() + ": prints nothing"
}

var complaint = regexp.MustCompile(`(?i)\berr(?:or)?\b|failed|fatal|refused|not found|unknown`)

// complains is the line of a standard error that says what went wrong: the
// first that sounds like it, else the last. Around it curl draws its progress
// and psql gives hints.
func complains(stderr string) string {
	lines := strings.FieldsFunc(stderr, func(r rune) bool { return r == '\n' || r == '\r' })
	for _, line := range lines {
		if complaint.MatchString(line) {
			return line
		}
	}
	return lines[len(lines)-1]
}
