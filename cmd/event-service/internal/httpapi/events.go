package httpapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// list is the body of a list's answer.
type list struct {
	Items      []events.Event `json:"items"`
	NextCursor *string        `json:"next_cursor"` // null on the last page
}

func (a *api) create(w http.ResponseWriter, r *http.Request, c caller) error {
	value, err := idempotencyKey(r)
	if err != nil {
		return err
	}
	d, err := a.readDetails(w, r)
	if err != nil {
		return err
	}
	e, replayed, err := a.Events.Create(r.Context(), c.tenant, d, events.NewKey(value, d))
	if err != nil {
		return err
	}
	if replayed {
		w.Header().Set("Idempotency-Replayed", "true")
	}
	w.Header().Set("Location", "/api/v1/events/"+e.ID.String())
	sendEvent(w, http.StatusCreated, e)
	return nil
}

func (a *api) get(w http.ResponseWriter, r *http.Request, c caller) error {
	id, err := eventID(r)
	if err != nil {
		return err
	}
	e, err := a.Events.Get(r.Context(), c.tenant, id)
	if err != nil {
		return err
	}
	if knows(r, e) {
		w.Header().Set("ETag", etag(e))
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	sendEvent(w, http.StatusOK, e)
	return nil
}

// update replaces an event's details. Which version the caller has seen is
// part of the request: two people who edit the same event must not undo each
// other's work unseen.
func (a *api) update(w http.ResponseWriter, r *http.Request, c caller) error {
	id, err := eventID(r)
	if err != nil {
		return err
	}
	version, given, err := ifMatch(r)
	if err != nil {
		return err
	}
	if !given {
		return problem(http.StatusPreconditionRequired, "If-Match with the event's ETag is required")
	}
	d, err := a.readDetails(w, r)
	if err != nil {
		return err
	}
	e, err := a.Events.Update(r.Context(), c.tenant, id, version, d)
	if err != nil {
		return err
	}
	sendEvent(w, http.StatusOK, e)
	return nil
}

// transition is a change of status. It has no body, and If-Match is optional.
func transition(do func(context.Context, tenancy.ID, uuid.UUID, int64) (events.Event, error)) handler {
	return func(w http.ResponseWriter, r *http.Request, c caller) error {
		id, err := eventID(r)
		if err != nil {
			return err
		}
		version, _, err := ifMatch(r)
		if err != nil {
			return err
		}
		e, err := do(r.Context(), c.tenant, id, version)
		if err != nil {
			return err
		}
		sendEvent(w, http.StatusOK, e)
		return nil
	}
}

func sendEvent(w http.ResponseWriter, status int, e events.Event) {
	w.Header().Set("ETag", etag(e))
	send(w, status, e)
}

func (a *api) list(w http.ResponseWriter, r *http.Request, c caller) error {
	f, err := readFilter(r, "cursor", "limit", "status", "venue_id")
	if err != nil {
		return err
	}
	return a.sendPage(w, r, c, f)
}

func (a *api) listOfVenue(w http.ResponseWriter, r *http.Request, c caller) error {
	f, err := readFilter(r, "cursor", "limit", "status")
	if err != nil {
		return err
	}
	f.VenueID = r.PathValue("id")
	if !events.ValidVenueID(f.VenueID) {
		return problem(http.StatusBadRequest, "the venue's id cannot be read",
			events.FieldError{Field: "id", Message: "is not a venue's id"})
	}
	return a.sendPage(w, r, c, f)
}

func (a *api) sendPage(w http.ResponseWriter, r *http.Request, c caller, f events.Filter) error {
	page, err := a.Events.List(r.Context(), c.tenant, f)
	if err != nil {
		return err
	}
	body := list{Items: page.Items}
	if body.Items == nil {
		body.Items = []events.Event{}
	}
	if page.Next != uuid.Nil {
		cursor := encodeCursor(page.Next)
		body.NextCursor = &cursor
	}
	send(w, http.StatusOK, body)
	return nil
}

func eventID(r *http.Request) (uuid.UUID, error) {
	text := r.PathValue("id")
	id, err := uuid.Parse(text)
	// uuid.Parse also takes braces and a URN prefix; one event has one path.
	if err != nil || len(text) != len(uuid.Nil.String()) {
		return uuid.Nil, problem(http.StatusBadRequest, "the event's id cannot be read",
			events.FieldError{Field: "id", Message: "is not a UUID"})
	}
	return id, nil
}
