// Package codec is the form in which a run is kept as JSON: durations are seconds,
// times RFC 3339, names camelCase, and a text is written as it is, not as HTML would
// want it. Bytes that are no UTF-8 become U+FFFD, as JSON has no other place for them.
package codec

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// options are those of encoding/json, but for durations and HTML. That one cannot be
// told how to write a type that is not ours.
var options = json.JoinOptions(
	jsonv1.DefaultOptionsV1(), jsontext.EscapeForHTML(false), jsontext.EscapeForJS(false),
	json.WithMarshalers(json.MarshalToFunc(func(to *jsontext.Encoder, d time.Duration) error {
		return to.WriteToken(jsontext.Float(d.Seconds()))
	})),
	json.WithUnmarshalers(json.UnmarshalFromFunc(func(from *jsontext.Decoder, d *time.Duration) error {
		token, err := from.ReadToken()
		if err != nil {
			return err
		}
		if token.Kind() != '0' {
			return fmt.Errorf("a duration is a number of seconds, not %s", token)
		}
		seconds, err := token.Float()
		if err != nil || math.Abs(seconds) > longest.Seconds() {
			return fmt.Errorf("a duration of %s seconds: %w", token, cmp.Or(err, errTooLong))
		}
		*d = time.Duration(math.Round(seconds * float64(time.Second)))
		return nil
	})),
)

// longest is how long a duration may be: what is kept in seconds is exact to the
// nanosecond up to some hundred days, and this is longer than any run.
const longest = 10 * 365 * 24 * time.Hour

var errTooLong = errors.New("longer than anything that was measured")

// Marshal is v as one line.
func Marshal(v any) ([]byte, error) { return json.Marshal(v, options) }

// MarshalIndent is v for people to read.
func MarshalIndent(v any) ([]byte, error) {
	return json.Marshal(v, options, jsontext.WithIndent("  "))
}

// Unmarshal reads what Marshal has written.
func Unmarshal(text []byte, v any) error { return json.Unmarshal(text, v, options) }
