package contract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"pgregory.net/rapid"
)

// value is one field of a body as it is written.
type value struct {
	field string
	raw   string // JSON
}

// details are an event's, field by field, so that a test can change one.
type details []value

// json writes the details as they are.
func (d details) json() string {
	var b strings.Builder
	for i, v := range d {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(text(v.field) + ":" + v.raw)
	}
	return "{" + b.String() + "}"
}

// with is a copy in which one field has another value.
func (d details) with(field, raw string) details {
	changed := slices.Clone(d)
	if i := d.index(field); i >= 0 {
		changed[i].raw = raw
		return changed
	}
	return append(changed, value{field, raw})
}

// without is a copy that lacks one field.
func (d details) without(field string) details {
	return slices.DeleteFunc(slices.Clone(d), func(v value) bool { return v.field == field })
}

func (d details) index(field string) int {
	return slices.IndexFunc(d, func(v value) bool { return v.field == field })
}

// text is a JSON string.
func text(s string) string {
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(raw)
}

// required are the fields that an event cannot be made without.
var required = []string{"venue_id", "name", "starts_at", "ends_at", "capacity", "price_cents", "currency"}

// ordinary are details that any service accepts, of the tenant's own venue.
func (c *client) ordinary() details {
	return details{
		{"venue_id", text(c.venue())},
		{"name", text("Concert")},
		{"description", text("made to be looked at")},
		{"starts_at", text("2030-06-01T18:00:00Z")},
		{"ends_at", text("2030-06-01T20:00:00Z")},
		{"capacity", "100"},
		{"price_cents", "2500"},
		{"currency", text("EUR")},
	}
}

// The bounds of an event's details, as the contract has them.
const (
	longestName        = 200
	longestDescription = 5000
	largestCapacity    = 1_000_000
	highestPrice       = 100_000_000
)

var (
	earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

// readable are the characters of generated texts: letters, digits, signs and
// symbols of any script, and what HTML, SQL and JSON make something of.
var readable = sync.OnceValue(func() *rapid.Generator[rune] {
	return rapid.RuneFrom([]rune(`'"\<>&;-{}$%/ `), unicode.L, unicode.N, unicode.P, unicode.S, unicode.M).
		Filter(func(r rune) bool { return r != unicode.ReplacementChar })
})

// names are valid names of events.
func names() *rapid.Generator[string] {
	return rapid.StringOfN(readable(), 1, longestName, -1).Filter(func(s string) bool { return strings.TrimSpace(s) != "" })
}

// descriptions are valid ones, mostly short.
func descriptions() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringOfN(readable(), 0, 80, -1),
		rapid.Just(strings.Repeat("ü", longestDescription)),
		rapid.Just("two\r\nlines\tand a tab"),
	)
}

// instants are times within an event's bounds, to the microsecond.
func instants(from, to time.Time) *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		seconds := rapid.Int64Range(from.Unix(), to.Unix()-1).Draw(t, "seconds")
		micros := rapid.OneOf(rapid.Just(0), rapid.IntRange(0, 999_999)).Draw(t, "microseconds")
		return time.Unix(seconds, int64(micros)*1000)
	})
}

// written is a time in one of the forms that RFC 3339 allows.
func written(t *rapid.T, at time.Time) string {
	offset := rapid.OneOf(rapid.Just(0), rapid.IntRange(-12*60, 14*60)).Draw(t, "offset in minutes")
	layout := "2006-01-02T15:04:05.999999Z07:00"
	if rapid.Bool().Draw(t, "trailing zeros") {
		layout = "2006-01-02T15:04:05.000000Z07:00"
	}
	s := at.In(time.FixedZone("", offset*60)).Format(layout)
	if rapid.IntRange(0, 9).Draw(t, "small letters") == 9 {
		s = strings.ToLower(s)
	}
	return s
}

// valid generates details that the service must accept.
func (c *client) valid() *rapid.Generator[details] {
	return rapid.Custom(func(t *rapid.T) details {
		starts := instants(earliest.Add(24*time.Hour), latest.Add(-24*time.Hour)).Draw(t, "starts_at")
		ends := starts.Add(rapid.SampledFrom([]time.Duration{time.Microsecond, time.Second, 2 * time.Hour, 23 * time.Hour}).Draw(t, "lasts"))
		d := details{
			{"venue_id", text(c.venue())},
			{"name", text(names().Draw(t, "name"))},
			{"starts_at", text(written(t, starts))},
			{"ends_at", text(written(t, ends))},
			{"capacity", fmt.Sprint(edged(1, largestCapacity).Draw(t, "capacity"))},
			{"price_cents", fmt.Sprint(edged(0, highestPrice).Draw(t, "price_cents"))},
			{"currency", text(rapid.StringMatching(`[A-Z]{3}`).Draw(t, "currency"))},
		}
		if rapid.Bool().Draw(t, "with a description") {
			d = append(d, value{"description", text(descriptions().Draw(t, "description"))})
		}
		return d
	})
}

// edged are numbers of a range, its ends among them more often than by chance.
func edged(low, high int) *rapid.Generator[int] {
	return rapid.OneOf(rapid.IntRange(low, high), rapid.Just(low), rapid.Just(high))
}

// rewritten is the same JSON object in another form: fields in another order,
// spaces between them, characters as escapes.
func rewritten(t *rapid.T, d details) string {
	var b strings.Builder
	space := func() {
		b.WriteString(rapid.SampledFrom([]string{"", " ", "\n\t", "\r\n"}).Draw(t, "space"))
	}
	space()
	b.WriteByte('{')
	for i, v := range rapid.Permutation(d).Draw(t, "order") {
		if i > 0 {
			b.WriteByte(',')
		}
		space()
		b.WriteString(escaped(t, text(v.field)))
		space()
		b.WriteByte(':')
		space()
		b.WriteString(escaped(t, v.raw))
	}
	b.WriteByte('}')
	space()
	return b.String()
}

// escaped writes some plain letters of a JSON string as escapes.
func escaped(t *rapid.T, raw string) string {
	if !strings.HasPrefix(raw, `"`) || strings.Contains(raw, `\`) || len(raw) > 100 {
		return raw
	}
	every := rapid.IntRange(1, 20).Draw(t, "an escape every so many letters")
	var b strings.Builder
	n := 0
	for _, r := range raw {
		if n++; r < 0x10000 && r != '"' && n%every == 0 {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
