package document

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

func itoa(n int) string { return strconv.Itoa(n) }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

var (
	comments = regexp.MustCompile(`(?s)<!--.*?-->`)
	links    = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)`)
	tags     = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	emphasis = regexp.MustCompile(`(^|[\s("'])([*_])([^*_\s](?:[^*_]*[^*_\s])?)([*_])($|[\s).,:;"'!?])`)
	escapes  = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
)

// plain is Markdown without emphasis, comments and tags. Code spans are kept
// with their backticks: what stands in them is literal.
func plain(markdown string) string {
	if strings.Contains(markdown, "<!--") {
		markdown = comments.ReplaceAllString(markdown, "")
	}
	var b strings.Builder
	for markdown != "" {
		before, rest, found := strings.Cut(markdown, "`")
		b.WriteString(unmarked(before))
		if !found {
			break
		}
		span, after, closed := strings.Cut(rest, "`")
		if !closed {
			b.WriteString("`" + unmarked(rest))
			break
		}
		b.WriteString("`" + strings.ReplaceAll(span, `\|`, `|`) + "`")
		markdown = after
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func unmarked(s string) string {
	if strings.Contains(s, "](") {
		s = links.ReplaceAllString(s, "$1")
	}
	if strings.Contains(s, "<") {
		s = tags.ReplaceAllString(s, "")
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "**", ""), "__", "")
	if strings.ContainsAny(s, "*_") {
		s = emphasis.ReplaceAllString(s, "$1$3$5")
	}
	if strings.Contains(s, `\`) {
		s = escapes.ReplaceAllString(s, "$1")
	}
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	return s
}

var numbering = regexp.MustCompile(`^(?i:(?:step\s+)?\(?\d{1,3}(?:\.\d{1,3})*[.):](?:\s+|$)|step\s+\d{1,3}\s*[-–—]\s*)`)

// unnumbered is text without the number of a step in front of it.
func unnumbered(s string) string { return strings.TrimSpace(numbering.ReplaceAllString(s, "")) }

// sentence is a part of a paragraph and where it begins in it.
type sentence struct {
	text string
	at   int
}

// sentences splits a paragraph after full stops, exclamation and question
// marks; inside a code span or a quotation nothing ends.
func sentences(raw string) []sentence {
	var list []sentence
	begin, quoted, code := 0, false, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '`':
			code = !code
		case c == '"' && !code:
			quoted = !quoted
		case (c == '.' || c == '!' || c == '?') && !code && !quoted:
			rest := raw[i+1:]
			if rest == "" || !startsSentence(rest) {
				continue
			}
			list = append(list, sentence{raw[begin : i+1], begin})
			begin = i + 1
		}
	}
	return append(list, sentence{raw[begin:], begin})
}

// startsSentence tells whether what follows a full stop is a new sentence: a
// space and a capital letter, a mark, or a code span.
func startsSentence(rest string) bool {
	trimmed := strings.TrimLeft(rest, " \n\t")
	if len(trimmed) == len(rest) || trimmed == "" {
		return false
	}
	first := []rune(trimmed[:min(len(trimmed), 4)])[0]
	return unicode.IsUpper(first) || strings.ContainsRune("`\"*[(<", first)
}

var roleWords = []struct {
	role  Role
	words []string
}{
	{RoleSymptom, []string{"symptom", "sign", "you see", "you will see", "seen", "notice", "observ", "indicat"}},
	{RoleOutput, []string{"expected", "output", "prints", "answers", "response"}},
	{RoleResolution, []string{"resol", "fix", "remed", "what to do", "to do", "step", "mitigat", "recover", "action", "diagnos", "procedure"}},
}

// roleOf is the role that a label gives to what follows it.
func roleOf(label string) Role {
	label = strings.ToLower(label)
	for _, r := range roleWords {
		for _, w := range r.words {
			if at := strings.Index(label, w); at == 0 || at > 0 && !isWord(rune(label[at-1])) {
				return r.role
			}
		}
	}
	return NoRole
}

var roleHeadings = regexp.MustCompile(`^(?i:symptoms?|signs|resolutions?|fix|remedy|remediation|steps|actions?|diagnosis|mitigation|expected output|what (?:do )?you (?:will )?see|what to do)[:.]?$`)
