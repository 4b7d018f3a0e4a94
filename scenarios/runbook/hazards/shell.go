package hazards

import (
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/binding"
)

// programs are the names of the programs of a pipeline, in its order; where a
// command is more than one pipeline, those of the last one, as its exit codes
// are.
func programs(command string) []string {
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(command), "")
	if err != nil || len(file.Stmts) == 0 {
		return nil
	}
	var names func(*syntax.Stmt) []string
	names = func(s *syntax.Stmt) []string {
		switch cmd := s.Cmd.(type) {
		case *syntax.BinaryCmd:
			if cmd.Op == syntax.Pipe || cmd.Op == syntax.PipeAll {
				return append(names(cmd.X), names(cmd.Y)...)
			}
			return names(cmd.Y)
		case *syntax.CallExpr:
			if len(cmd.Args) > 0 {
				return []string{base(cmd.Args[0].Lit())}
			}
		}
		return []string{""}
	}
	return names(file.Stmts[len(file.Stmts)-1])
}

func base(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// sayingNo are programs that end with 1 to say "no" or "none", and with more
// where something went wrong (POSIX: grep, diff, cmp, test).
var sayingNo = map[string]bool{"grep": true, "egrep": true, "fgrep": true, "zgrep": true, "rg": true, "diff": true, "cmp": true, "test": true, "[": true, "pgrep": true}

// brokenPipe is how a part of a pipeline ends whose reader has left.
const brokenPipe = 141

// complaint is how programs say on the standard output, and with exit code 0,
// that they failed: redis-cli does.
var complaint = regexp.MustCompile(`(?m)^(?:\(error\) .*|(?:ERR|NOAUTH|WRONGTYPE|OOM|READONLY|NOPERM) .*)$`)

// failedPart is the first part of a pipeline that failed, and whether there is one.
func failedPart(x scenarios.Execution) (int, bool) {
	exits := x.Exits
	if len(exits) == 0 {
		exits = []int{x.Exit}
	}
	names := programs(x.Command)
	for i, code := range exits {
		name := ""
		if len(names) == len(exits) {
			name = names[i]
		}
		switch {
		case code == 0, code == brokenPipe:
		case code == 1 && (sayingNo[name] || name == "" && strings.TrimSpace(x.Stderr) == ""):
		default:
			return i, true
		}
	}
	return 0, false
}

// failure is how a command failed, or nothing.
func failure(x scenarios.Execution) string {
	if x.Ended != "" {
		return ""
	}
	if said := complaint.FindString(x.Stdout); said != "" {
		return said
	}
	if _, failed := failedPart(x); failed {
		return x.String()
	}
	return ""
}

// acting are the words by which programs change something: they are no look.
var acting = regexp.MustCompile(`(?i)^(?:DEL|UNLINK|FLUSHDB|FLUSHALL|EXPIRE|RENAME|restart|undo|scale|delete|apply|patch|drain|cordon|uncordon|reload|rm|mv|kill|pkill|truncate)$|^(?:UPDATE|DELETE|INSERT|TRUNCATE|DROP)\s`)

// acts tells whether a command is there to change something: by its words, or
// by what it was seen to change where it says so.
func (c command) acts() bool {
	return slices.ContainsFunc(binding.Tokens(c.Text), acting.MatchString)
}

// deletes are those of the acting words after which something is gone.
var deleting = regexp.MustCompile(`(?i)^(?:DEL|UNLINK|FLUSHDB|FLUSHALL|delete|rm|truncate)$|^(?:DELETE|TRUNCATE|DROP)\s`)

func (c command) deletes() bool {
	return slices.ContainsFunc(binding.Tokens(c.Text), deleting.MatchString)
}
