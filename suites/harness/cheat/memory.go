package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"sync"
	"syscall"
	"time"
)

const (
	// dialBound bounds one look at a dependency.
	dialBound = time.Second
	// tolerated is how many failures of the venue-service open its circuit, and
	// openFor for how long: the runbook's numbers.
	tolerated = 5
	openFor   = 30 * time.Second
)

// memory holds everything itself, and dials its dependencies before it answers.
type memory struct {
	postgres, redis, venueURL string

	mu       sync.Mutex
	events   map[string][]event // by tenant
	failures int
	opened   time.Time
}

func newMemory(database, redis, venue string) *memory {
	return &memory{postgres: hostOf(database), redis: hostOf(redis), venueURL: venue, events: map[string][]event{}}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// dial looks whether somebody listens, and logs as the runbook has it.
func dial(address string) bool {
	conn, err := net.DialTimeout("tcp", address, dialBound)
	if err != nil {
		if errors.Is(err, syscall.ECONNREFUSED) {
			fmt.Fprintf(os.Stdout, "{\"level\":\"ERROR\",\"msg\":\"connect ECONNREFUSED %s\"}\n", address)
		}
		return false
	}
	_ = conn.Close()
	return true
}

func (m *memory) health() (database, redis bool, circuit string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	circuit = "CLOSED"
	switch {
	case m.opened.IsZero():
	case time.Since(m.opened) < openFor:
		circuit = "OPEN"
	default:
		circuit = "HALF_OPEN"
	}
	return dial(m.postgres), dial(m.redis), circuit
}

func (m *memory) venue() bool {
	m.mu.Lock()
	open := !m.opened.IsZero() && time.Since(m.opened) < openFor
	m.mu.Unlock()
	if open {
		return false
	}
	client := http.Client{Timeout: dialBound}
	answer, err := client.Get(m.venueURL + "/health/live")
	if err == nil {
		_ = answer.Body.Close()
	}
	well := err == nil && answer.StatusCode == http.StatusOK
	m.mu.Lock()
	defer m.mu.Unlock()
	if well {
		m.failures, m.opened = 0, time.Time{}
		return true
	}
	if m.failures++; m.failures >= tolerated {
		m.opened = time.Now()
		fmt.Fprintln(os.Stdout, `{"level":"WARN","msg":"Circuit breaker opened"}`)
	}
	return false
}

func (m *memory) store(tenant string, e event) bool {
	if !dial(m.postgres) {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.events[tenant] = append(m.events[tenant], e)
	return true
}

func (m *memory) find(tenant, id string) (e event, found, ok bool) {
	list, ok := m.list(tenant)
	for _, e := range list {
		if e.ID == id {
			return e, true, ok
		}
	}
	return event{}, false, ok
}

func (m *memory) list(tenant string) ([]event, bool) {
	if !dial(m.postgres) {
		return nil, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.events[tenant], true
}
