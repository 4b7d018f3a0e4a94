package httpapi

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
)

// A cursor is opaque to callers: the id of the last event of a page.
func encodeCursor(id uuid.UUID) string { return base64.RawURLEncoding.EncodeToString(id[:]) }

func decodeCursor(s string) (uuid.UUID, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.FromBytes(b)
}

// readFilter reads the parameters of a list. One that is not known, given
// twice or cannot be read is refused: a filter with a typing error would
// otherwise show everything.
func readFilter(r *http.Request, known ...string) (events.Filter, error) {
	f := events.Filter{Limit: events.DefaultPage}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return f, problem(http.StatusBadRequest, "the query cannot be read",
			events.FieldError{Field: "query", Message: "is not a query string"})
	}
	var wrong []events.FieldError
	refuse := func(field, message string) {
		wrong = append(wrong, events.FieldError{Field: field, Message: message})
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value := values.Get(name)
		switch {
		case !slices.Contains(known, name):
			refuse(name, "is not a parameter of this list")
		case len(values[name]) > 1:
			refuse(name, "is given more than once")
		case name == "limit":
			if f.Limit, err = strconv.Atoi(value); err != nil || f.Limit < 1 || f.Limit > events.MaxPage {
				refuse(name, fmt.Sprintf("must be a number from 1 to %d", events.MaxPage))
			}
		case name == "cursor":
			if f.Before, err = decodeCursor(value); err != nil {
				refuse(name, "is not a cursor of this list")
			}
		case name == "status":
			if f.Status = events.Status(value); !f.Status.Known() {
				refuse(name, "must be draft, published or cancelled")
			}
		case name == "venue_id":
			if f.VenueID = value; !events.ValidVenueID(value) {
				refuse(name, "is not a venue's id")
			}
		}
	}
	if len(wrong) > 0 {
		return f, problem(http.StatusBadRequest, "the query cannot be read", wrong...)
	}
	return f, nil
}
