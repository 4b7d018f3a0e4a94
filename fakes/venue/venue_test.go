package venue_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	. "github.com/onsi/gomega"
	"go.uber.org/goleak"

	"github.com/runproof/runproof/fakes/venue"
)

// timeout bounds every wait of these tests; all of it is loopback.
const timeout = 5 * time.Second

var hall = venue.Venue{ID: "v-1", TenantID: "t-1", Name: "Hall", Capacity: 300}

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start gives a fake with one venue and a client without pooled connections.
func start(t *testing.T) (*venue.Server, *http.Client) {
	t.Helper()
	s, err := venue.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.Add(hall)
	client := &http.Client{Timeout: timeout, Transport: &http.Transport{DisableKeepAlives: true}}
	return s, client
}

func get(t *testing.T, c *http.Client, url, tenant string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if tenant != "" {
		r.Header.Set(venue.TenantHeader, tenant)
	}
	res, err := c.Do(r)
	if err != nil {
		t.Fatalf("GET %s: %v", url, err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return res.StatusCode, res.Header, string(body)
}

func TestAnswersVenuesOfTheAskingTenantOnly(t *testing.T) {
	s, c := start(t)
	for _, tt := range []struct {
		name, path, tenant string
		want               int
	}{
		{"own venue", "/api/v1/venues/v-1", "t-1", 200},
		{"another tenant's venue", "/api/v1/venues/v-1", "t-2", 404},
		{"unknown venue", "/api/v1/venues/v-9", "t-1", 404},
		{"no tenant", "/api/v1/venues/v-1", "", 400},
		{"liveness", "/health/live", "", 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, _, body := get(t, c, s.URL()+tt.path, tt.tenant)
			if status != tt.want {
				t.Fatalf("status %d, want %d: %s", status, tt.want, body)
			}
		})
	}
	_, _, body := get(t, c, s.URL()+"/api/v1/venues/v-1", "t-1")
	var got venue.Venue
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(hall, got); diff != "" {
		t.Errorf("venue (-want +got):\n%s", diff)
	}
}

func TestBehaviourChangesWhileItRuns(t *testing.T) {
	s, c := start(t)
	url := s.URL() + "/api/v1/venues/v-1"

	s.Behave(venue.Status(503, 1500*time.Millisecond))
	status, header, _ := get(t, c, url, "t-1")
	if status != 503 || header.Get("Retry-After") != "2" {
		t.Errorf("status %d, Retry-After %q; want 503 and 2", status, header.Get("Retry-After"))
	}
	if status, _, _ = get(t, c, s.URL()+"/health/live", ""); status != 503 {
		t.Errorf("liveness %d under Status(503), want 503", status)
	}

	s.Behave(venue.Delay(60 * time.Millisecond))
	began := time.Now()
	status, _, _ = get(t, c, url, "t-1")
	if took := time.Since(began); status != 200 || took < 60*time.Millisecond {
		t.Errorf("status %d after %s, want 200 after 60ms or more", status, took)
	}

	s.Play(venue.Status(500, 0), venue.Healthy(), venue.Status(502, 0))
	var seen []int
	for range 4 {
		get(t, c, s.URL()+"/health/live", "") // takes no step
		status, _, _ = get(t, c, url, "t-1")
		seen = append(seen, status)
	}
	if diff := cmp.Diff([]int{500, 200, 502, 200}, seen); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
}

func TestHistoryTellsWhoAskedAndWhatWasAnswered(t *testing.T) {
	s, c := start(t)
	get(t, c, s.URL()+"/api/v1/venues/v-1", "t-1")
	s.Behave(venue.Status(503, 0))
	get(t, c, s.URL()+"/api/v1/venues/v-1", "t-2")

	g := NewWithT(t)
	g.Eventually(func() bool { h := s.History(); return len(h) == 2 && h[1].Done }, timeout).Should(BeTrue())
	type line struct {
		Path, Tenant, Behaviour string
		Status                  int
	}
	var got []line
	for _, h := range s.History() {
		got = append(got, line{h.Path, h.Tenant, h.Behaviour, h.Status})
	}
	want := []line{
		{"/api/v1/venues/v-1", "t-1", "healthy", 200},
		{"/api/v1/venues/v-1", "t-2", "status 503", 503},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	s.Reset()
	if n := len(s.History()); n != 0 {
		t.Errorf("%d calls after Reset, want 0", n)
	}
}

// To see it red: let the hang case of scripted fall through to the handler.
func TestHangEndsWithTheClientAndWithClose(t *testing.T) {
	g := NewWithT(t)
	s, c := start(t)
	s.Behave(venue.Hang())

	ctx, leave := context.WithCancel(context.Background())
	gone := make(chan error, 2)
	ask := func(ctx context.Context) {
		r, _ := http.NewRequestWithContext(ctx, http.MethodGet, s.URL()+"/health/live", nil)
		res, err := c.Do(r)
		if err == nil {
			_ = res.Body.Close()
		}
		gone <- err
	}
	go ask(ctx)
	g.Eventually(s.History, timeout).Should(HaveLen(1))
	if s.History()[0].Done {
		t.Fatal("the call does not hang")
	}
	leave()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("client that left: %v", err)
	}
	g.Eventually(func() bool { return s.History()[0].Done }, timeout).Should(BeTrue())

	go ask(context.Background())
	g.Eventually(s.History, timeout).Should(HaveLen(2))
	s.Behave(venue.Healthy()) // must not answer the call that hangs
	began := time.Now()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-gone; err == nil {
		t.Error("a call that hung got an answer from Close")
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("close took %s", took)
	}
	if h := s.History()[1]; !h.Done || h.Status != 0 {
		t.Errorf("hung call in the history: %+v", h)
	}
}
