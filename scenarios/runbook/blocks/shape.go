package blocks

import (
	"regexp"
	"strings"
	"unicode"

	"mvdan.cc/sh/v3/syntax"

	"github.com/runproof/runproof/scenarios/runbook/shell"
)

var (
	assignment  = regexp.MustCompile(`^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=(?:\S|$)`)
	programWord = regexp.MustCompile(`^[a-z][a-z0-9_.+-]*$`)
	programPath = regexp.MustCompile(`^(?:\.{1,2}/|~/|/|\$\{?\w+\}?/|[A-Za-z][\w.-]*/)[\w./${}<>-]*$`)
	option      = regexp.MustCompile(`(?:^|\s)(?:-[A-Za-z]{1,6}|--[a-z][\w-]*)(?:[=\s]|$)`)
	expansion   = regexp.MustCompile(`\$\(|\$\{\w|\$[A-Za-z_]`)
	pipeline    = regexp.MustCompile(`\s(?:\||\|\||&&|>>?|2>&1|<)\s|\s&&|;\s*(?:do|then)\b`)
	cells       = regexp.MustCompile(`\s\|\s+-?\d`)
	columns     = regexp.MustCompile(`\S(?: {2,}|\t+)\S.*(?: {2,}|\t+)\S`)
	headerRow   = regexp.MustCompile(`^\s*[A-Z][A-Z0-9_()/%-]+(?:\s+[A-Z0-9_()/%:-]+)+\s*$`)
	tableRule   = regexp.MustCompile(`^\s*[-=+|]{3,}[-=+| ]*$`)
	tableRow    = regexp.MustCompile(`^\s*\|.*\|\s*$`)
	stamped     = regexp.MustCompile(`^\s*\[?(?:\d{4}[-/]\d\d[-/]\d\d|\d\d:\d\d:\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\d)`)
	levelled    = regexp.MustCompile(`^\s*(?:\[?(?:ERROR|WARN|WARNING|INFO|DEBUG|FATAL|PANIC|LOG|NOTICE|HINT|DETAIL|CRITICAL)\]?:?\s|(?:[Ee]rror|[Ww]arning|fatal|panic|E\d{4})[:\s]|level=|time=|ts=)`)
	keyValue    = regexp.MustCompile(`^\s*"?[A-Za-z][\w ./()-]*"?\s*:(?:\s|$)`)
	redisReply  = regexp.MustCompile(`^\s*(?:\d+\)\s|\((?:integer|nil|empty|error)\b|OK$|PONG$)`)
	counted     = regexp.MustCompile(`^\s*\(\d+ rows?\)`)
	ending      = regexp.MustCompile(`[.!?:]["')]?$`)
	proseWord   = regexp.MustCompile(`(?i)\b(?:the|a|an|is|are|be|to|of|and|or|this|that|if|it|you|your|we|should|will|with|from|when|then|not|in|on|for|all|any)\b`)
)

// evidence is how much speaks for a line being a command of a shell: 3 and
// more is enough, 0 nothing.
func evidence(line string) int {
	text := strings.TrimSpace(line)
	if text == "" {
		return 0
	}
	word := firstWord(text)
	n := 0
	switch {
	case assignment.MatchString(text):
		n = 2
		if strings.Contains(text, "$(") || pipeline.MatchString(text) {
			n = 3
		}
		if rest := strings.TrimSpace(text[len(word):]); rest != "" && evidence(rest) >= 3 {
			n = 3
		}
		return n
	case keywords[word]:
		n = 3
		if isSentence(text) {
			n = 0 // "if the pod is down then restart it."
		}
	case programs[word]:
		n = 3
		if isSentence(text) && !option.MatchString(text) {
			n = 0
		}
	case strings.HasPrefix(word, "sudo"):
		n = 3
	case programPath.MatchString(word):
		n = 2
		if strings.HasPrefix(word, "./") || option.MatchString(text) || strings.HasSuffix(word, ".sh") || strings.HasSuffix(word, ".py") || strings.Contains(word, "/bin/") {
			n = 3
		} else if strings.HasPrefix(word, "/") && len(strings.Fields(text)) == 1 {
			n = 1
		}
	case strings.HasSuffix(word, ".sh") || strings.HasSuffix(word, ".py"):
		n = 3
	case programWord.MatchString(word) && !isSentence(text):
		if option.MatchString(text) {
			n += 3
		}
		if expansion.MatchString(text) || pipeline.MatchString(text) {
			n += 2
		}
	}
	if n > 0 && n < 3 && (columns.MatchString(text) || strings.HasSuffix(word, ":")) {
		n = 0
	}
	return n
}

// isSentence tells whether a line is words for a reader.
func isSentence(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text, "$|`={};") || strings.Contains(text, " -") {
		return false
	}
	fields := strings.Fields(text)
	if len(fields) < 3 {
		return false
	}
	words := len(proseWord.FindAllString(text, -1))
	first := []rune(fields[0])[0]
	switch {
	case unicode.IsUpper(first) && len(fields) > 3 && (words > 0 || ending.MatchString(text)):
		return true
	case words >= 3 && words*3 >= len(fields):
		return true
	case words >= 2 && ending.MatchString(text):
		return true
	}
	return first > 0x2fff && len(fields) < 3 || isWide(text)
}

// isWide tells whether a text is mostly of letters beyond Latin: sentences in
// a language that parts its words differently.
func isWide(text string) bool {
	wide, all := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			all++
			if r > 0x24f {
				wide++
			}
		}
	}
	return wide*2 > all && all > 0
}

// printed tells whether a line looks like something that a program shows.
func printed(line string) bool {
	text := strings.TrimSpace(line)
	return tableRule.MatchString(line) || tableRow.MatchString(line) || headerRow.MatchString(line) && len(text) > 5 && columns.MatchString(line+"  ") || stamped.MatchString(line) || levelled.MatchString(line) ||
		redisReply.MatchString(line) || counted.MatchString(line) ||
		columns.MatchString(line) && !option.MatchString(text) && !expansion.MatchString(text) && !programs[firstWord(text)]
}

// openShell tells whether a text is the beginning of a command that goes on.
func openShell(text string) bool {
	trimmed := strings.TrimRight(text, " \t")
	if strings.HasSuffix(trimmed, `\`) || strings.HasSuffix(trimmed, "|") || strings.HasSuffix(trimmed, "&&") {
		return true
	}
	if !strings.ContainsAny(text, "'\"(`{<") && !blockWord.MatchString(text) {
		return false
	}
	if len(text) > maxJudged {
		return false
	}
	if m := hereDocument.FindStringSubmatch(text); m != nil {
		return !strings.Contains(strings.ReplaceAll(text, "\t", "")+"\n", "\n"+m[1]+"\n")
	}
	_, err := parseShell(text)
	return err != nil && syntax.IsIncomplete(err)
}

// hereDocument is the beginning of a here-document, with its end mark.
var hereDocument = regexp.MustCompile(`(?:^|[^<])<<-?\s*['"\\]?([A-Za-z_]\w*)['"]?`)

var blockWord = regexp.MustCompile(`(?m)^\s*(?:if|for|while|until|case|do|then)\b`)

// parseShell parses a text as bash; a parser that gives up is an error.
func parseShell(text string) (file *syntax.File, err error) {
	if !shell.Parsable(text) {
		return nil, errGaveUp
	}
	defer func() {
		if recover() != nil {
			file, err = nil, errGaveUp
		}
	}()
	return syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), "")
}

type gaveUp struct{}

func (gaveUp) Error() string { return "the shell parser gave up" }

var errGaveUp = gaveUp{}
