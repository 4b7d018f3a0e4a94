package health

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/mock"

	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
)

var errDown = errors.New("down")

// checker is one with a database and a Redis that answer as given.
func checker(t *testing.T, database, redis error, circuit breaker.Circuit, log *bytes.Buffer) *Checker {
	t.Helper()
	db, rd := newMockPinger(t), newMockPinger(t)
	db.EXPECT().Ping(mock.Anything).Return(database).Maybe()
	rd.EXPECT().Ping(mock.Anything).Return(redis).Maybe()
	return NewChecker("event-service", "1.0.0", time.Second, Sources{
		Database: db, Redis: rd,
		Memory: func() string { return OK },
		Disk:   func() string { return OK },
		Pool:   func() store.PoolState { return store.PoolState{Status: "OK", Max: 10} },
		Dependencies: map[string]func() Dependency{
			"venue-service": Guarded(func() breaker.Stats { return breaker.Stats{Circuit: circuit} }, func() bool { return false }),
			"solana-rpc":    BestEffort(func() bool { return false }),
		},
	}, slog.New(slog.NewJSONHandler(log, nil)))
}

func TestWhatDecidesReadiness(t *testing.T) {
	for name, c := range map[string]struct {
		database, redis error
		circuit         breaker.Circuit
		ready           bool
	}{
		"all well":      {nil, nil, breaker.Closed, true},
		"database down": {errDown, nil, breaker.Closed, false},
		"redis down":    {nil, errDown, breaker.Closed, true},
		"breaker open":  {nil, nil, breaker.Open, true},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			got, ready := checker(t, c.database, c.redis, c.circuit, &log).Ready(t.Context())
			word := map[bool]string{true: Up, false: Down}
			if ready != c.ready || got.Status != word[c.ready] ||
				got.Checks.Database != word[c.database == nil] || got.Checks.Redis != word[c.redis == nil] ||
				got.Checks.Dependencies["venue-service"].Status != word[c.circuit == breaker.Closed] {
				t.Errorf("ready %v: %+v", ready, got)
			}
			if failed := c.database != nil || c.redis != nil; failed != strings.Contains(log.String(), "Health check failed") {
				t.Errorf("log: %s", log.String())
			}
		})
	}
}

func TestDependenciesAreShown(t *testing.T) {
	report, _ := checker(t, nil, nil, breaker.HalfOpen, &bytes.Buffer{}).Ready(t.Context())
	b, err := json.Marshal(report.Checks.Dependencies)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"solana-rpc":{"status":"DOWN"},"venue-service":{"status":"DOWN","circuit":"HALF_OPEN",` +
		`"failures":0,"since":"0001-01-01T00:00:00.000Z","retryInMs":0,"fallback":false}}`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
}

// The runbook prints this document ("Manual Health Check").
func TestTheRunbooksFields(t *testing.T) {
	report, _ := checker(t, nil, nil, breaker.Closed, &bytes.Buffer{}).Ready(t.Context())
	b, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	want := regexp.MustCompile(`^\{"status":"UP","service":"event-service","version":"1\.0\.0",` +
		`"timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",` +
		`"checks":\{"database":"UP","redis":"UP","memory":"OK","diskSpace":"OK",`)
	if !want.Match(b) {
		t.Errorf("got %s", b)
	}
}

func TestDrainingIsNotReadyAndStillAlive(t *testing.T) {
	c := checker(t, nil, nil, breaker.Closed, &bytes.Buffer{})
	c.Drain()
	if got, ready := c.Ready(t.Context()); ready || got.Status != Down || got.Checks.Database != Up {
		t.Errorf("ready %v: %+v", ready, got)
	}
	if c.Live().Status != Up {
		t.Error("not alive")
	}
}

func TestACheckThatHangsEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		c := checker(t, nil, nil, breaker.Closed, &log)
		hanging := newMockPinger(t)
		hanging.EXPECT().Ping(mock.Anything).RunAndReturn(func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		})
		c.sources.Database = hanging
		start := time.Now()
		if _, ready := c.Ready(t.Context()); ready || time.Since(start) != time.Second {
			t.Errorf("ready %v after %s", ready, time.Since(start))
		}
		if !strings.Contains(log.String(), "database timeout") {
			t.Errorf("log: %s", log.String())
		}
	})
}

func TestResourcesAreReal(t *testing.T) {
	if got := Memory(100)(); got != OK {
		t.Errorf("memory below all of the limit: %s", got)
	}
	if machineMemory() > 0 && Memory(0)() != Low {
		t.Error("memory above nothing is not LOW")
	}
	if got := Disk(t.TempDir(), 0)(); got != OK {
		t.Errorf("disk with nothing asked for: %s", got)
	}
	for path, free := range map[string]uint64{t.TempDir(): 1 << 62, "/no/such/path": 0} {
		if got := Disk(path, free)(); got != Low {
			t.Errorf("%s with %d bytes asked for: %s", path, free, got)
		}
	}
}
