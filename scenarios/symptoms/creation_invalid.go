package symptoms

import (
	"fmt"
	"strings"
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// refused is the name of events that must never be made.
const refused Body = "refused"

// ordinary is an event that the contract allows, in the contract's order.
var ordinary = [][2]string{
	{"venue_id", `"${venue}"`},
	{"name", `"${name}"`},
	{"starts_at", `"${start}"`},
	{"ends_at", `"${end}"`},
	{"capacity", `100`},
	{"price_cents", `2500`},
	{"currency", `"EUR"`},
}

// but is an ordinary event with one field of another value; a field that an
// event does not have is added, and an empty value takes the field away.
func but(field, value string) string {
	var parts []string
	found := false
	for _, f := range ordinary {
		if f[0] == field {
			f[1], found = value, true
		}
		if f[1] != "" {
			parts = append(parts, fmt.Sprintf("%q:%s", f[0], f[1]))
		}
	}
	if !found {
		parts = append(parts, fmt.Sprintf("%q:%s", field, value))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// invalid are bodies that no event can be made of: what is sent, the status
// that the contract has for it (400: it cannot be read, 422: it breaks a rule),
// and the field that the answer must name.
var invalid = []struct {
	status int
	field  string
	body   string
}{
	{422, "venue_id", `{}`}, // the runbook's own
	{422, "name", `{}`},
	{422, "starts_at", `{}`},
	{422, "ends_at", `{}`},
	{422, "capacity", `{}`},
	{422, "price_cents", `{}`},
	{422, "currency", `{}`},
	{400, "body", `{`},
	{400, "body", `[]`},
	{400, "body", `null`},
	{400, "body", but("name", `"${name}"`) + "{}"},
	{400, "body", `{"name":"a","name":"b"}`},
	{400, "colour", but("colour", `"blue"`)},
	{422, "name", but("name", ``)},
	{422, "name", but("name", `""`)},
	{422, "name", but("name", `"`+strings.Repeat("n", 201)+`"`)},
	{400, "name", but("name", `7`)},
	{422, "venue_id", but("venue_id", `"a venue with blanks"`)},
	{422, "venue_id", but("venue_id", `"nowhere"`)},
	{400, "starts_at", but("starts_at", `"next friday"`)},
	{422, "ends_at", but("ends_at", `"${start}"`)},
	{422, "starts_at", but("starts_at", `"1970-01-01T00:00:00Z"`)},
	{422, "capacity", but("capacity", `0`)},
	{422, "capacity", but("capacity", `-1`)},
	{400, "capacity", but("capacity", `"100"`)},
	{400, "capacity", but("capacity", `1.5`)},
	{422, "price_cents", but("price_cents", `-1`)},
	{422, "currency", but("currency", `"euro"`)},
}

// tooLong is more than any event takes, in bytes.
const tooLong = 80 << 10

// CreationInvalid plays "400/422 validation errors": bodies with one thing
// wrong in each. Every answer must name what is wrong, nothing may be made of
// any of them, and none may be the service's own failure.
func CreationInvalid() Scenario {
	steady := []Expectation{
		GET("/health/ready").Answers(200).By(10 * time.Second),
		POST("/api/v1/events", before).Answers(201),
	}
	for _, wrong := range invalid {
		create := POST("/api/v1/events", refused).Sending(wrong.body)
		steady = append(steady,
			create.AnswersOneOf(400, 422).Mentioning("errors", wrong.field).Proves("creation.symptom.validation-errors", "creation.resolution.validation-response"),
			create.Answers(wrong.status).ByContract(),
		)
	}
	return Scenario{
		ID:       "creation-invalid",
		Title:    "bodies that no event can be made of, one thing wrong in each",
		Section:  "Event Creation Failures",
		Severity: P3,
		Budget:   10 * time.Minute, // the sum of deadlines; each answer takes milliseconds

		Steady: append(steady,
			POST("/api/v1/events", refused).Sending(but("description", `"`+strings.Repeat("d", tooLong)+`"`)).Answers(413).ByContract(),
			// Who is refused leaves nothing behind, and nobody else is in the way.
			GET("/api/v1/events").Answers(200).Contains(string(before)).Lacks(string(refused)).Implied(),
			POST("/api/v1/events", after).Answers(201),
		),
		Always: []Expectation{
			GET("/health/ready").Answers(200).Implied(),
		},
	}
}
