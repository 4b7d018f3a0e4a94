package contract

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Request is what was asked.
type Request struct {
	Method string `json:"method"`
	Path   string `json:"path"` // escaped, with its query, as it went over the wire
	// Header nil means that nobody knows what was sent: nothing is then judged
	// that depends on it, or on Body.
	Header http.Header `json:"header,omitempty"`
	Body   []byte      `json:"body,omitempty"`
}

// Answer is what came back, whole.
type Answer struct {
	Status int         `json:"status"`
	Header http.Header `json:"header"`
	Body   []byte      `json:"body,omitempty"`
}

// bodyShown bounds how much of a request's body a curl line repeats, in bytes.
const bodyShown = 8 << 10

// token is what a JWT looks like. It is of a key that dies with its lane, and
// long; $TOKEN stands for it.
var token = regexp.MustCompile(`eyJ[\w-]{8,}\.[\w-]+\.[\w-]*`)

// Curl is the request as a line for bash, which makes it again. The service's
// base URL is $URL, a token $TOKEN.
func (r Request) Curl() string {
	var line strings.Builder
	line.WriteString("curl -i")
	if r.Method == http.MethodHead {
		line.WriteString(" --head")
	} else {
		line.WriteString(" -X " + r.Method)
	}
	fmt.Fprintf(&line, ` "$URL"%s`, quoted(r.Path))
	names := make([]string, 0, len(r.Header))
	for name := range r.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range r.Header[name] {
			text := quoted(name + ": " + value)
			if token.MatchString(value) {
				text = `"` + name + ": " + token.ReplaceAllLiteralString(value, "$TOKEN") + `"`
			}
			line.WriteString(" -H " + text)
		}
	}
	if r.Body != nil {
		body, cut := r.Body, ""
		if len(body) > bodyShown {
			body, cut = body[:bodyShown], fmt.Sprintf(" # the first %d bytes of %d", bodyShown, len(body))
		}
		line.WriteString(" --data-binary " + quoted(string(body)) + cut)
	}
	return line.String()
}

// quoted is a word for bash. What is not plain text is written in its $'...'
// form, byte by byte.
func quoted(s string) string {
	plain := utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
	if plain && !strings.Contains(s, "'") {
		return "'" + s + "'"
	}
	var word strings.Builder
	word.WriteString("$'")
	for i := range len(s) {
		switch b := s[i]; {
		case b == '\'' || b == '\\':
			word.WriteByte('\\')
			word.WriteByte(b)
		case b < ' ' || b > '~':
			fmt.Fprintf(&word, `\x%02x`, b)
		default:
			word.WriteByte(b)
		}
	}
	word.WriteByte('\'')
	return word.String()
}
