package contract

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// inside is what a stack trace, a driver or a server says of itself. None of
// it helps a caller, and all of it helps an attacker.
var inside = regexp.MustCompile(`goroutine \d+|\.go:\d+|runtime error|panic|SQLSTATE|pgx|pgconn|ERROR: |relation "|` +
	`violates .* constraint|connect: |dial tcp|redis: |ECONNREFUSED|0x[0-9a-f]{8,}|node_modules|   at [\w.]+ \(`)

func noInside(e *exchange) []string {
	if e.answer.Status < 400 {
		return nil // what a caller has sent may say anything
	}
	if p, ok := e.problem(); ok {
		// The path is the caller's own, and so are the names of fields.
		text := p.Detail
		for _, field := range p.Errors {
			text += " " + field.Message
		}
		if found := inside.FindString(text); found != "" {
			return []string{fmt.Sprintf("%q in %q", found, text)}
		}
		return nil
	}
	if found := inside.Find(e.answer.Body); found != nil {
		return []string{fmt.Sprintf("%q in %s", found, excerpt(e.answer.Body))}
	}
	return nil
}

// asked holds the event of an answer to its path. Its own id is the lower-case
// form of a UUID, however it was asked for.
func asked(e *exchange) []string {
	one, ok := e.one()
	if id := e.parameters["id"]; ok && id != "" && !strings.EqualFold(id, one.ID) {
		return []string{fmt.Sprintf("it is %s", one.ID)}
	}
	return nil
}

// echo holds an event to the request that made it what it is. Times are kept
// to the microsecond, as PostgreSQL does.
func echo(e *exchange) (broken []string) {
	one, ok := e.one()
	if !ok || e.request.Header == nil || (e.operation.ID != "create" && e.operation.ID != "update") {
		return nil
	}
	var sent Event
	if json.Unmarshal(e.request.Body, &sent) != nil {
		return nil
	}
	differ := func(field string, sent, got any) {
		if sent != got {
			broken = append(broken, fmt.Sprintf("%s: %v was sent, %v came back", field, sent, got))
		}
	}
	differ("venue_id", sent.VenueID, one.VenueID)
	differ("name", sent.Name, one.Name)
	differ("description", sent.Description, one.Description)
	differ("starts_at", instant(sent.StartsAt), instant(one.StartsAt))
	differ("ends_at", instant(sent.EndsAt), instant(one.EndsAt))
	differ("capacity", sent.Capacity, one.Capacity)
	differ("price_cents", sent.PriceCents, one.PriceCents)
	differ("currency", sent.Currency, one.Currency)
	return broken
}

func instant(t time.Time) string {
	return t.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
}

func tenant(e *exchange) (broken []string) {
	asks := e.request.Header.Get("X-Tenant-ID")
	for _, one := range e.events() {
		if asks != "" && one.TenantID != asks {
			broken = append(broken, fmt.Sprintf("%s asks, event %s is of %s", asks, one.ID, one.TenantID))
		}
	}
	return broken
}

func times(e *exchange) (broken []string) {
	for _, one := range e.events() {
		if !one.EndsAt.After(one.StartsAt) {
			broken = append(broken, fmt.Sprintf("event %s ends at %s, starts at %s", one.ID, instant(one.EndsAt), instant(one.StartsAt)))
		}
		if one.UpdatedAt.Before(one.CreatedAt) {
			broken = append(broken, fmt.Sprintf("event %s was updated at %s, created at %s", one.ID, instant(one.UpdatedAt), instant(one.CreatedAt)))
		}
	}
	return broken
}

// draft is about a new event only: a replay shows the event as it was then.
func draft(e *exchange) []string {
	one, ok := e.one()
	if !ok || e.answer.Status != http.StatusCreated || (one.Status == "draft" && one.Version == 1) {
		return nil
	}
	return []string{fmt.Sprintf("it is %s in version %d", one.Status, one.Version)}
}

func filtered(e *exchange) (broken []string) {
	if e.operation == nil || !strings.HasPrefix(e.operation.ID, "list") || e.answer.Status != http.StatusOK {
		return nil
	}
	list := e.events()
	_, query, _ := strings.Cut(e.request.Path, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil
	}
	limit := 20 // the default page
	if n, err := strconv.Atoi(values.Get("limit")); err == nil {
		limit = n
	}
	if len(list) > limit {
		broken = append(broken, fmt.Sprintf("%d events, the limit is %d", len(list), limit))
	}
	venue := values.Get("venue_id") + e.parameters["id"]
	for _, one := range list {
		if status := values.Get("status"); status != "" && one.Status != status {
			broken = append(broken, fmt.Sprintf("event %s is %s, asked for were %s", one.ID, one.Status, status))
		}
		if venue != "" && one.VenueID != venue {
			broken = append(broken, fmt.Sprintf("event %s is at %s, asked for was %s", one.ID, one.VenueID, venue))
		}
	}
	return broken
}
