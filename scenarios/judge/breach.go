package judge

import (
	"crypto/sha256"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/contract"
)

// promised is the contract that answers are judged by.
var promised = contract.Own

// promises remembers which answers keep the contract: most of a load are like others
// but for the moment and the id of the request.
type promises struct{ kept map[[sha256.Size]byte]bool }

// breach is what of an answer breaks the contract, the first of it. An answer whose body
// was not recorded was judged when it came.
func (p promises) breach(a response) string {
	if len(a.Exchanges) != 1 || !a.Exchanges[0].Contract {
		return ""
	}
	e := a.Exchanges[0]
	if e.Partial {
		if len(e.Breaches) > 0 {
			return e.Breaches[0]
		}
		return ""
	}
	key := likeness(a, e)
	if p.kept[key] {
		return ""
	}
	answer := contract.Answer{Status: a.Status, Header: make(http.Header, len(a.Header)), Body: []byte(a.Body)}
	for name, value := range a.Header {
		answer.Header[name] = []string{value}
	}
	if found := promised().Judge(contract.Request{Method: e.Method, Path: e.Path}, answer); len(found) > 0 {
		return found[0].String()
	}
	p.kept[key] = true
	return ""
}

// What differs from answer to answer: a moment, and an id, which may stand in the body.
const (
	dateHeader = "Date"
	idHeader   = "X-Request-Id"
)

// anyID is an id as the harness and most services make them.
var anyID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// likeness is the same of two answers of which both or none keep the contract.
func likeness(a response, e scenarios.Exchange) [sha256.Size]byte {
	id := a.Header[idHeader]
	if !anyID.MatchString(id) {
		id = ""
	}
	var text strings.Builder
	for _, part := range []string{strconv.Itoa(a.Status), e.Method, e.Path} {
		text.WriteString(part + "\n")
	}
	for _, name := range slices.Sorted(maps.Keys(a.Header)) {
		value := a.Header[name]
		if name == dateHeader {
			if _, err := http.ParseTime(value); err == nil {
				value = ""
			}
		}
		text.WriteString(name + ": " + value + "\n") // no header has a line's end in it
	}
	text.WriteString("\n" + a.Body)
	whole := text.String()
	if id != "" {
		whole = strings.ReplaceAll(whole, id, "\x00") // no JSON has one
	}
	return sha256.Sum256([]byte(whole))
}
