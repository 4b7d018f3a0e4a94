package blocks

import (
	"regexp"
	"strings"
)

var (
	fileName  = regexp.MustCompile(`^[\w./~-]+\.(?:conf|ya?ml|json|md|txt|log|ini|cfg|rb|py|go|js|ts|sh|sql|env|toml|xml|properties|service|timer)$`)
	imperfect = regexp.MustCompile(`^(?:[\w-]+ )?(?:\.\.\.|…)|(?:\.\.\.|…)$`)
)

// Span tells what a code span is. Only a whole command counts as one: a
// program's name alone is a name.
func Span(text string) Piece {
	t := strings.TrimSpace(text)
	p := Piece{Kind: Other, Confidence: Likely, To: 1, Text: text}
	if t == "" || len(t) > maxPromptLine || fileName.MatchString(t) {
		return p
	}
	fields := strings.Fields(t)
	switch {
	case sqlStart.MatchString(t) && (strings.ToUpper(fields[0]) == fields[0] || strings.HasSuffix(t, ";")) && len(fields) > 1 && !redisLine(t):
		p.Kind, p.Language, p.Confidence = SQL, dialect(t, ""), Likely
		if strings.Contains(t, ";") || fields[0] == "SELECT" && strings.Contains(strings.ToUpper(t), " FROM ") {
			p.Confidence = Sure
		}
	case len(fields) > 1 && redisLine(t):
		p.Kind, p.Language = Console, "redis"
	case cmdlet.MatchString(t) && len(fields) > 1:
		p.Kind, p.Confidence = PowerShell, Sure
	case logql.MatchString(t):
		p.Kind, p.Language, p.Confidence = Query, "logql", Sure
	case promql.MatchString(t) && promStrong.MatchString(t) && strings.ContainsAny(t, "{[(<>="):
		p.Kind, p.Language, p.Confidence = Query, "promql", Sure
	case len(fields) > 1 && evidence(t) >= 3 && (!keywords[fields[0]] || strings.Contains(t, ";")) && !isSentence(t) && !imperfect.MatchString(t):
		p.Kind = Shell
		word := fields[0]
		if len(fields) == 2 && !strings.ContainsAny(t, "-/$|") {
			break // "kubectl debug" is a name of a command as often
		}
		if programs[word] && !wordsOfCode[word] && !keywords[word] || word == "sudo" || strings.HasPrefix(word, "./") || strings.HasPrefix(word, "/") || option.MatchString(t) || assignment.MatchString(t) {
			p.Confidence = Sure
		}
	}
	return p
}
