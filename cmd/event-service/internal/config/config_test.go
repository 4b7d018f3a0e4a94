package config_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/config"
)

// minimal is the runbook's environment table and nothing else.
func minimal() map[string]string {
	return map[string]string{
		"DATABASE_URL":      "postgres://u:hidden@db:5432/event_service",
		"REDIS_URL":         "redis://:hidden@cache:6379",
		"VENUE_SERVICE_URL": "http://venue-service:3002/",
		"NODE_ENV":          "production",
	}
}

func load(env map[string]string) (config.Config, error) {
	return config.Load(func(name string) string { return env[name] })
}

func TestTheRunbooksTableIsEnough(t *testing.T) {
	c, err := load(minimal())
	if err != nil {
		t.Fatal(err)
	}
	if c.Address != ":3003" || c.Venue.OpenFor != 30*time.Second || c.VenueURL.String() != "http://venue-service:3002" {
		t.Errorf("address %q, breaker open for %s, venue %s", c.Address, c.Venue.OpenFor, c.VenueURL)
	}
}

func TestEverythingMissingIsNamedAtOnce(t *testing.T) {
	_, err := load(map[string]string{"REDIS_URL": "redis://cache"})
	const want = "missing required environment variables: DATABASE_URL, VENUE_SERVICE_URL, NODE_ENV"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %q", err, want)
	}
}

func TestWrongValuesAreNamedAndNeverShowSecrets(t *testing.T) {
	for name, value := range map[string]string{
		"DATABASE_URL":       "postgres://u:hidden@db:port/x",
		"REDIS_URL":          "http://:hidden@cache",
		"VENUE_SERVICE_URL":  "venue:hidden",
		"PORT":               "65536",
		"METRICS_ADDR":       "127.0.0.1:65536",
		"LOG_LEVEL":          "loud",
		"REQUEST_TIMEOUT":    "3",
		"DB_POOL_MAX":        "0",
		"DB_ACQUIRE_TIMEOUT": "-1s",
	} {
		env := minimal()
		env[name] = value
		_, err := load(env)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s=%q: %v", name, value, err)
		} else if strings.Contains(err.Error(), "hidden") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: the message shows too much: %v", name, err)
		}
	}
}

func TestMigrationRoles(t *testing.T) {
	env := minimal()
	get := func(name string) string { return env[name] }
	url, role, err := config.Migration(get)
	if err != nil || url != env["DATABASE_URL"] || role != "u" {
		t.Errorf("alone: %q %q %v", url, role, err)
	}
	env["MIGRATION_DATABASE_URL"] = "postgres://owner@db/event_service"
	url, role, err = config.Migration(get)
	if err != nil || url != env["MIGRATION_DATABASE_URL"] || role != "u" {
		t.Errorf("with an owner: %q %q %v", url, role, err)
	}
}

func TestDescribeListsEveryVariable(t *testing.T) {
	var b bytes.Buffer
	if err := config.Describe(&b); err != nil {
		t.Fatal(err)
	}
	for _, v := range config.Variables() {
		if !strings.Contains(b.String(), v.Name) || v.Meaning == "" {
			t.Errorf("%s is not described", v.Name)
		}
	}
}
