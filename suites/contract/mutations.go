package contract

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// mutated is a body with one thing wrong, and how it must be refused: 400 for
// what cannot be parsed, 422 for what breaks a rule.
type mutated struct {
	body     string
	field    string // that the answer must name; empty: any
	statuses []int
}

// mutation changes a valid body in one way.
type mutation struct {
	name   string
	mutate func(t *rapid.T, d details) mutated
}

var (
	texts   = []string{"venue_id", "name", "description", "starts_at", "ends_at", "currency"}
	numbers = []string{"capacity", "price_cents"}
)

// drawn picks one of a list; its name is what a counter-example shows.
func drawn[T any](t *rapid.T, name string, list ...T) T { return rapid.SampledFrom(list).Draw(t, name) }

// mutations are all ways of it.
var mutations = []mutation{
	{"a field is missing", func(t *rapid.T, d details) mutated {
		field := drawn(t, "field", required...)
		return mutated{d.without(field).json(), field, []int{422}}
	}},
	{"a text is of another type", func(t *rapid.T, d details) mutated {
		field := drawn(t, "field", texts...)
		raw := drawn(t, "value", "null", "1", "true", "[]", "{}", `["x"]`, "1.5", `{"x":"y"}`)
		return mutated{d.with(field, raw).json(), field, []int{400}}
	}},
	{"a number is of another type", func(t *rapid.T, d details) mutated {
		field := drawn(t, "field", numbers...)
		raw := drawn(t, "value", "null", `"1"`, "true", "[]", "{}", "[1]", `""`)
		return mutated{d.with(field, raw).json(), field, []int{400}}
	}},
	// Whether 1.5 seats cannot be parsed or break a rule may be argued.
	{"a number is not whole, or none that fits", func(t *rapid.T, d details) mutated {
		field := drawn(t, "field", numbers...)
		raw := drawn(t, "value", "1.5", "-0.5", "1e400", "-1e400", "9223372036854775808", "-9223372036854775809", strings.Repeat("9", 400))
		return mutated{d.with(field, raw).json(), field, []int{400, 422}}
	}},
	{"a number is out of bounds", func(t *rapid.T, d details) mutated {
		field := drawn(t, "field", numbers...)
		out := map[string][]int{
			"capacity":    {0, -1, largestCapacity + 1, 9223372036854775807, -9223372036854775808},
			"price_cents": {-1, highestPrice + 1, 9223372036854775807, -9223372036854775808},
		}
		return mutated{d.with(field, fmt.Sprint(drawn(t, "value", out[field]...))).json(), field, []int{422}}
	}},
	{"a text breaks its rule", func(t *rapid.T, d details) mutated {
		field := drawn(t, "field", "venue_id", "name", "description", "currency")
		bad := map[string][]string{
			"venue_id":    {"", " ", "../v", "a/b", "a b", "-v", ".v", "vénue", "v\n", "*", "v:events", strings.Repeat("v", 129)},
			"name":        {"", " ", "\u00a0\u2003", "a\x00b", "a\nb", "\x7f", "\u0085", strings.Repeat("n", longestName+1), strings.Repeat("ü", longestName+1)},
			"description": {"\x00", "\x1b[31m", strings.Repeat("d", longestDescription+1)},
			"currency":    {"", "eur", "EU", "EURO", "E1R", "€€€", "EUR ", "EUR\n", "ＥＵＲ"},
		}
		return mutated{d.with(field, text(drawn(t, "value", bad[field]...))).json(), field, []int{422}}
	}},
	{"half a character is left of a text", func(t *rapid.T, d details) mutated {
		raw := drawn(t, "value", `"\ud800"`, `"a\udc00b"`, `"\ud83d\ud83d"`)
		return mutated{d.with("name", raw).json(), "name", []int{400, 422}}
	}},
	{"a time is none", func(t *rapid.T, d details) mutated {
		field := drawn(t, "field", "starts_at", "ends_at")
		raw := drawn(t, "value", "", "tomorrow", "2030-06-01", "2030-06-01 18:00:00Z", "2030-06-01T18:00:00", "2030-02-30T00:00:00Z",
			"2030-13-01T00:00:00Z", "2030-06-01T24:00:00Z", "2030-06-01T18:60:00Z", "2030-06-01T18:00Z", "2030-06-01T18:00:00+25:00",
			"2030-6-1T18:00:00Z", "02030-06-01T18:00:00Z", "2030-06-01T18:00:00,5Z", "1900000000", "2030-06-01T18:00:00Z ", "２０３０-06-01T18:00:00Z")
		return mutated{d.with(field, text(raw)).json(), field, []int{400}}
	}},
	{"a time is out of bounds", func(t *rapid.T, d details) mutated {
		field := drawn(t, "field", "starts_at", "ends_at")
		raw := drawn(t, "value", "1999-12-31T23:59:59Z", "2100-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2000-01-01T00:00:00+00:01", "0000-01-01T00:00:00Z")
		return mutated{d.with(field, text(raw)).json(), field, []int{422}}
	}},
	// The last one is after its start by less than the service keeps.
	{"an event ends before it has begun", func(t *rapid.T, d details) mutated {
		ends := drawn(t, "ends_at", "2030-06-01T18:00:00Z", "2030-06-01T17:59:59.999999Z", "2030-06-01T20:00:00+02:01", "2030-06-01T18:00:00.0000001Z")
		return mutated{d.with("starts_at", text("2030-06-01T18:00:00Z")).with("ends_at", text(ends)).json(), "ends_at", []int{422}}
	}},
	{"a field is not one of an event's details", func(t *rapid.T, d details) mutated {
		field := drawn(t, "field", "id", "tenant_id", "status", "version", "created_at", "Name", "NAME", "venueId", "name ", "", "__proto__", "ünknown")
		return mutated{d.with(field, drawn(t, "value", text("x"), "1", "null", "{}")).json(), field, []int{400}}
	}},
	{"a field is given twice", func(t *rapid.T, d details) mutated {
		again := d[rapid.IntRange(0, len(d)-1).Draw(t, "field")]
		return mutated{append(append(details{}, d...), again).json(), "", []int{400}}
	}},
	{"it is not one JSON object", func(t *rapid.T, d details) mutated {
		whole := d.json()
		body := drawn(t, "body", "null", "1", "true", `"text"`, "[]", "["+whole+"]", text(whole), whole+whole, whole+"x", whole+"]", whole+",",
			"\ufeff"+whole, "{"+whole, strings.TrimSuffix(whole, "}"), strings.ReplaceAll(whole, `"`, "'"), "{name:1}", "//x\n"+whole,
			strings.Repeat("[", 10_000), strings.Repeat(`{"name":`, 5_000), strings.Replace(whole, ":", "=", 1), strings.TrimSuffix(whole, "}")+",}")
		return mutated{body, "", []int{400}}
	}},
	{"it ends too early", func(t *rapid.T, d details) mutated {
		whole := d.json()
		return mutated{whole[:rapid.IntRange(1, len(whole)-1).Draw(t, "bytes")], "", []int{400}}
	}},
	{"it is not UTF-8", func(t *rapid.T, d details) mutated {
		bad := drawn(t, "bytes", "\xff", "\xc3", "\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80")
		return mutated{d.with("name", `"`+bad+`"`).json(), "", []int{400, 422}}
	}},
}
