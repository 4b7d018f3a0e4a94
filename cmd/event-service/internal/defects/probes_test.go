package defects

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// asked is how a mutant answers a GET of a path.
func asked(t *testing.T, name string) func(path string) int {
	t.Helper()
	h := probed(t, name, &pings{}, &pings{})
	handler := mutated(t, name, nil).Handler(httpapi.Parts{Health: h, Log: discard, Events: &work{}, Metrics: http.NotFoundHandler(), Observer: unobserved{}})
	return func(path string) int {
		rec := httptest.NewRecorder()
		handler.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		return rec.Code
	}
}

func TestProbesAreAnsweredElsewhere(t *testing.T) {
	for name, paths := range map[string][3]string{ // nothing, moved, left alone
		"live-at-another-path":  {"/health/live", "/healthz", "/health/ready"},
		"ready-at-another-path": {"/health/ready", "/readyz", "/health/live"},
	} {
		get := asked(t, name)
		for i, want := range []int{http.StatusNotFound, http.StatusOK, http.StatusOK} {
			if code := get(paths[i]); code != want {
				t.Errorf("%s: %s: %d, not %d", name, paths[i], code, want)
			}
		}
	}
}

func TestProbesAreAnsweredLate(t *testing.T) {
	for name, slow := range map[string]struct {
		path, other string
		after       time.Duration
	}{
		"live-after-warming-up":  {"/health/live", "/health/ready", livesAfter},
		"ready-after-warming-up": {"/health/ready", "/health/live", readyAfter},
	} {
		synctest.Test(t, func(t *testing.T) {
			get := asked(t, name)
			<-time.After(slow.after - time.Second)
			if cold, other := get(slow.path), get(slow.other); cold != http.StatusServiceUnavailable || other != http.StatusOK {
				t.Errorf("%s: before its time %d, the other probe %d", name, cold, other)
			}
			<-time.After(time.Second)
			if warm := get(slow.path); warm != http.StatusOK {
				t.Errorf("%s: after its time %d", name, warm)
			}
		})
	}
}

// keyed keeps the last key that it was asked for.
type keyed struct {
	events.Records
	key *string
}

func (k keyed) Recall(_ context.Context, _ tenancy.ID, key events.Key) (events.Event, bool, error) {
	*k.key = key.Value
	return events.Event{}, false, nil
}

func TestRecordsHaveSpacesInTheirKeys(t *testing.T) {
	var key string
	p := mutated(t, "records-under-keys-with-spaces", func(p *app.Parts) {
		p.Records = func(redis.Cmdable, *cache.Gate) events.Records { return keyed{key: &key} }
	})
	if _, _, err := p.Records(nil, nil).Recall(t.Context(), "one", events.Key{Value: "abc"}); err != nil || key != "POST /api/v1/events abc" {
		t.Errorf("%q, %v", key, err)
	}
}

// forgotten are records that have none.
type forgotten struct{ events.Records }

func (forgotten) Recall(context.Context, tenancy.ID, events.Key) (events.Event, bool, error) {
	return events.Event{}, false, nil
}

func (forgotten) Remember(context.Context, tenancy.ID, events.Key, events.Event) {}

func TestTenantsMeetUnderAKey(t *testing.T) {
	p := mutated(t, "keys-shared-by-tenants", func(p *app.Parts) {
		p.Records = func(redis.Cmdable, *cache.Gate) events.Records { return forgotten{} }
	})
	r, key := p.Records(nil, nil), events.Key{Value: "abc"}
	if _, found, err := r.Recall(t.Context(), "b", key); found || err != nil {
		t.Errorf("before anybody used it: %t, %v", found, err)
	}
	r.Remember(t.Context(), "a", key, events.Event{TenantID: "a"})
	if e, found, err := r.Recall(t.Context(), "b", key); !found || err != nil || e.TenantID != "a" {
		t.Errorf("after another tenant used it: %+v, %t, %v", e, found, err)
	}
	if _, found, _ := r.Recall(t.Context(), "b", events.Key{Value: "def"}); found {
		t.Error("another key")
	}
}
