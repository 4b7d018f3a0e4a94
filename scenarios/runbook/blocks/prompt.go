package blocks

import (
	"regexp"
	"strings"
)

// prompt is a way in which a program asks for input.
type prompt struct {
	shape    *regexp.Regexp // the first group is the prompt
	kind     Kind
	language string
	// weak prompts look like something else as well: a line of comment, a
	// redirection. They count where a block has no other reading.
	weak bool
}

var prompts = []prompt{
	{shape: regexp.MustCompile(`^(\s*PS(?: [A-Za-z]:[^>]*| /[^>]*)?>\s?)\S`), kind: PowerShell},
	{shape: regexp.MustCompile(`^(\s*[A-Z]:\\[^>|]*>\s?)\S`), kind: Batch},
	{shape: regexp.MustCompile(`^(\s*(?:\([\w.-]+\) ?)?(?:\[[\w.-]+@[^\]]*\]|[\w.-]+@[\w.-]+(?:[: ][^\s#$%>]*)?)\s?[$#%>]\s)\S`), kind: Shell},
	{shape: regexp.MustCompile(`^(\s*\[[\w ./:~|-]{1,40}\][$#]\s)\S`), kind: Shell},
	{shape: regexp.MustCompile(`^(\s*(?:~|(?:bash|sh|zsh)-[\d.]+|\([\w.-]+\)) ?[$#]\s+)\S`), kind: Shell},
	{shape: regexp.MustCompile(`^(\s*/[\w/.-]*\s[#$]\s)\S`), kind: Shell},
	{shape: regexp.MustCompile(`^(\s*[a-z][\w.]*-[\w.-]+ [#$]\s)\S`), kind: Shell, weak: true},
	{shape: regexp.MustCompile(`^(\s*\w+#\s)(?i:select|show|alter|create|update|delete|insert|explain|set|vacuum|\\)`), kind: SQL, language: "postgres"},
	{shape: regexp.MustCompile(`^(\s*[\w.-]{2,30}[$#]\s)\S`), kind: Shell, weak: true},
	{shape: regexp.MustCompile(`^(\s*(?:\d{1,3}(?:\.\d{1,3}){3}|[A-Za-z][\w.-]*):\d{2,5}(?:\[\d+\])?>\s?)\S`), kind: Console, language: "redis"},
	{shape: regexp.MustCompile(`^(\s*(?:redis[\w.-]*|sentinel)(?:\[\d+\])?>\s)\S`), kind: Console, language: "redis"},
	{shape: regexp.MustCompile(`^(\s*(?:mysql|MySQL \[[^\]]*\]|MariaDB \[[^\]]*\]|mariadb)>\s)\S`), kind: SQL, language: "mysql"},
	{shape: regexp.MustCompile(`^(\s*SQL>\s)\S`), kind: SQL, language: "oracle"},
	{shape: regexp.MustCompile(`^(\s*(?:sqlite|cqlsh(?::\w+)?|ksql|trino(?::\w+)?|presto(?::\w+)?|hive|clickhouse)>\s)\S`), kind: SQL, language: "other"},
	{shape: regexp.MustCompile(`^(\s*[\w.@:/-]*[\w"](?:=|-|\()[*!]?[#>]\s)\S`), kind: SQL, language: "postgres"},
	{shape: regexp.MustCompile(`^(\s*(?:>>>|\.\.\.)\s)\S`), kind: Code, language: "python"},
	{shape: regexp.MustCompile(`^(\s*(?:irb|\[\d+\] pry|pry)\([^)]*\)(?::\d+:\d+|:\d+)?[>*]\s?)\S`), kind: Code, language: "ruby"},
	{shape: regexp.MustCompile(`^(\s*iex(?:\([^)]*\))?>\s)\S`), kind: Code, language: "elixir"},
	{shape: regexp.MustCompile(`^(\s*(?:rs\d*:[A-Z]+|mongo(?:sh|s)?|[\w-]+:(?:PRIMARY|SECONDARY)|(?:Atlas )?[\w -]*\[[a-z]+\] \w+)>\s)\S`), kind: Console, language: "mongo"},
	{shape: regexp.MustCompile(`^(\s*\((?:gdb|lldb|pdb|Pdb|dlv|ipdb)\)\s)\S`), kind: Console, language: "debugger"},
	{shape: regexp.MustCompile(`^(\s*(?:[\w.-]+(?:\[\w+\])?|[\w.-]+\([\w.-]*\))>\s)\S`), kind: Console, weak: true},
	{shape: regexp.MustCompile(`^(\s*[$%➜❯]\s+)\S`), kind: Shell},
	{shape: regexp.MustCompile(`^(\s*\$)(?:sudo|kubectl|docker|cd|curl|git|ssh)\s`), kind: Shell},
	{shape: regexp.MustCompile(`^(\s*>\s)\S`), kind: Console, weak: true},
}

// rootPrompt is the mark of a root shell, which is that of a comment as well.
var rootPrompt = regexp.MustCompile(`^(\s*#\s)(\S+)`)

// promptOf is the prompt that a line begins with.
func promptOf(line string) (p prompt, at int) {
	if !strings.ContainsAny(line, "$#%>❯➜.") || len(line) > maxPromptLine {
		return prompt{}, 0
	}
	for _, p := range prompts {
		if m := p.shape.FindStringSubmatchIndex(line); m != nil {
			return p, m[3]
		}
	}
	return prompt{}, 0
}

// maxPromptLine bounds a line, in bytes, that can be typed at a prompt.
const maxPromptLine = 4000

// session splits a transcript: what stands behind a prompt is typed, what
// follows is printed. It returns nothing where the block is none.
func (s *splitter) session() []Piece {
	switch s.label.kind {
	case "", Shell, Console, SQL, Output, PowerShell, Batch, Code:
	default:
		return nil
	}
	if s.label.kind == Code && s.label.language != "python" && s.label.language != "ruby" && s.label.language != "elixir" && s.label.language != "rb" && s.label.language != "py" {
		return nil
	}
	found := make([]int, len(s.lines)) // width of the prompt, 0 without one
	kinds := make([]prompt, len(s.lines))
	strong, weak, first := 0, 0, -1
	for i, line := range s.lines {
		p, width := promptOf(line)
		if width == 0 || p.shape == nil {
			continue
		}
		if p.weak && !s.plausible(p, line[width:], i) {
			continue
		}
		found[i], kinds[i] = width, p
		if first < 0 {
			first = i
		}
		if p.weak {
			weak++
		} else {
			strong++
		}
	}
	if strong == 0 && weak == 0 {
		if s.label.session {
			return s.rootSession()
		}
		return nil
	}
	if strong == 0 && !s.beginsWith(first) {
		return nil // a quotation or a redirection somewhere inside
	}
	if strong > 0 && weak > 0 && !kinds[first].weak && kinds[first].kind == Shell {
		s.continued(found, kinds)
	}
	return s.transcript(found, kinds)
}

// continued takes the mark of a shell's second line, "> ", for what it is.
func (s *splitter) continued(found []int, kinds []prompt) {
	for i := 1; i < len(s.lines); i++ {
		if found[i] > 0 && kinds[i].weak && strings.TrimSpace(s.lines[i][:found[i]]) == ">" && found[i-1] > 0 && kinds[i-1].kind == Shell {
			kinds[i] = prompt{kind: Shell, shape: kinds[i].shape}
		}
	}
}

// beginsWith tells whether nothing but comments stands above a line.
func (s *splitter) beginsWith(first int) bool {
	for _, line := range s.lines[:max(first, 0)] {
		if t := strings.TrimSpace(line); t != "" && !strings.HasPrefix(t, "#") && !strings.HasPrefix(t, "--") && !strings.HasPrefix(t, "//") {
			return false
		}
	}
	return true
}

// plausible tells whether what stands behind a weak prompt is typed.
func (s *splitter) plausible(p prompt, rest string, line int) bool {
	trimmed := strings.TrimSpace(rest)
	word := firstWord(trimmed)
	name, _, _ := strings.Cut(s.lines[line], ">")
	name = firstWord(name)
	switch {
	case p.kind == Shell: // "host# command", "name$ command"
		return programs[word] || keywords[word] || strings.HasPrefix(word, "/") || strings.HasPrefix(word, "./")
	case name != "":
		// "name> words": not a redirection of a program's output.
		if programs[name] {
			return false
		}
		return !strings.HasPrefix(trimmed, "/") && !strings.HasPrefix(trimmed, "&")
	}
	// "> words": a quotation where sentences stand.
	return !isSentence(trimmed)
}

// rootSession takes "# command" for what is typed, where the label says that
// the block is a transcript and most such lines are commands.
func (s *splitter) rootSession() []Piece {
	found := make([]int, len(s.lines))
	kinds := make([]prompt, len(s.lines))
	typed, said := 0, 0
	for i, line := range s.lines {
		m := rootPrompt.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if evidence(line[len(m[1]):]) >= 3 {
			found[i], kinds[i] = len(m[1]), prompt{kind: Shell}
			typed++
		} else {
			said++
		}
	}
	if typed == 0 || typed < said {
		return nil
	}
	return s.transcript(found, kinds)
}

// transcript makes pieces of lines of which some have a prompt.
func (s *splitter) transcript(found []int, kinds []prompt) []Piece {
	var list []Piece
	lastTyped := len(s.lines)
	for lastTyped > 0 && found[lastTyped-1] == 0 {
		lastTyped--
	}
	for i := 0; i < len(s.lines); {
		line := s.lines[i]
		switch {
		case strings.TrimSpace(line) == "":
			i++
		case found[i] > 0:
			end := s.typed(found, kinds, i)
			list = append(list, s.typedPiece(found, kinds[i], i, end))
			i = end
		case s.remark(found, i):
			i++
		default:
			end := i + 1
			for end < len(s.lines) && found[end] == 0 && !s.remark(found, end) {
				end++
			}
			kind, confidence := Output, Sure
			if len(list) == 0 && i < lastTyped && evidence(line) >= 3 {
				// A command without the prompt that later ones have.
				kind, confidence = Shell, Likely
			}
			list = append(list, s.run(kind, "", confidence, i, end))
			i = end
		}
	}
	return list
}

// remark tells whether a line without a prompt is a comment on what is typed
// next, and not something that was printed.
func (s *splitter) remark(found []int, i int) bool {
	if !strings.HasPrefix(strings.TrimSpace(s.lines[i]), "# ") {
		return false
	}
	for j := i + 1; j < len(s.lines); j++ {
		t := strings.TrimSpace(s.lines[j])
		switch {
		case found[j] > 0:
			return true
		case t == "" || strings.HasPrefix(t, "#"):
		default:
			return false
		}
	}
	// The last lines: a comment on what was typed before.
	return i > 0 && (found[i-1] > 0 || strings.HasPrefix(strings.TrimSpace(s.lines[i-1]), "#"))
}

// typed is the end of what is typed at line i: lines that continue it have the
// same prompt's second form, or none while the command is not complete.
func (s *splitter) typed(found []int, kinds []prompt, i int) int {
	text := s.lines[i][found[i]:]
	end := i + 1
	for end < len(s.lines) && end-i < maxTyped {
		incomplete := false
		switch kinds[i].kind {
		case Shell:
			incomplete = openShell(text)
		case SQL:
			t := strings.TrimSpace(text)
			incomplete = !strings.HasPrefix(t, `\`) && !strings.HasSuffix(t, ";") && !strings.HasSuffix(t, `\G`) && !strings.HasSuffix(t, `\gx`) && sqlStart.MatchString(t) &&
				(found[end] > 0 && continuesQuery.MatchString(s.lines[end][:found[end]]) || found[end] == 0 && s.endsQuery(found, end))
		case PowerShell:
			incomplete = strings.HasSuffix(strings.TrimRight(text, " "), "`") || strings.HasSuffix(strings.TrimRight(text, " "), "|")
		case Batch:
			incomplete = strings.HasSuffix(text, "^")
		}
		if !incomplete {
			break
		}
		text += "\n" + s.lines[end][found[end]:]
		end++
	}
	return end
}

// maxTyped bounds the lines of one command in a transcript.
const maxTyped = 60

var continuesQuery = regexp.MustCompile(`(?:[-('"][*!]?[#>]|^\s*(?:->|'>|">|\d+)\s?)\s*$`)

// endsQuery tells whether a semicolon follows before the next prompt or an
// empty line.
func (s *splitter) endsQuery(found []int, from int) bool {
	for i := from; i < len(s.lines) && i < from+maxTyped && found[i] == 0 && strings.TrimSpace(s.lines[i]) != ""; i++ {
		if strings.HasSuffix(strings.TrimSpace(s.lines[i]), ";") {
			return true
		}
		if tableRule.MatchString(s.lines[i]) {
			return false
		}
	}
	return false
}

func (s *splitter) typedPiece(found []int, p prompt, from, to int) Piece {
	piece := s.run(p.kind, p.language, Sure, from, to)
	piece.Prompt = strings.TrimSpace(s.lines[from][:found[from]])
	var b strings.Builder
	for i := from; i < to; i++ {
		b.WriteString(strings.Repeat(" ", found[i]) + s.lines[i][found[i]:] + "\n")
	}
	piece.Text = b.String()
	if p.weak && p.kind == Console {
		piece.Confidence = Likely
		word := firstWord(s.lines[from][found[from]:])
		switch rest := strings.TrimSpace(s.lines[from][found[from]:]); {
		case sqlStart.MatchString(rest) && !redisLine(rest):
			piece.Kind, piece.Language, piece.Confidence = SQL, dialect(piece.Text, ""), Likely
		case redisCommands[strings.ToUpper(word)]:
			piece.Language, piece.Confidence = "redis", Sure
		case strings.HasPrefix(word, "db.") || strings.HasPrefix(word, "rs.") || strings.HasPrefix(word, "sh."):
			piece.Language, piece.Confidence = "mongo", Sure
		case evidence(rest) >= 3:
			piece.Kind = Shell // "host> command" of another shell
		}
	}
	if piece.Kind == SQL {
		piece.Language = dialect(piece.Text, piece.Language)
	}
	piece.Purpose = s.above(found, from)
	return piece
}

// above is the comment right above a line.
func (s *splitter) above(found []int, line int) string {
	var words []string
	for i := line - 1; i >= 0; i-- {
		t := strings.TrimSpace(s.lines[i])
		if found != nil && found[i] > 0 || !strings.HasPrefix(t, "#") && !strings.HasPrefix(t, "-- ") {
			break
		}
		words = append([]string{strings.TrimSpace(strings.TrimLeft(t, "#-"))}, words...)
	}
	return strings.Join(words, " ")
}
