package venue_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/runproof/runproof/fakes/venue"
)

func TestWrongAnswersAreWrongInOneWayEach(t *testing.T) {
	s, c := start(t)
	url := s.URL() + "/api/v1/venues/v-1"
	for _, tt := range []struct {
		behaviour venue.Behaviour
		status    int
		isVenue   bool
		says      string
	}{
		{venue.Healthy(), 200, true, `"tenant_id":"t-1"`},
		{venue.Page(), 200, false, "<!doctype html>"},
		{venue.OtherShape(), 200, false, `"total":0`},
		{venue.Unknown(), 404, false, "venue not found"},
		{venue.Foreign(), 200, true, venue.OtherTenant},
	} {
		s.Behave(tt.behaviour)
		status, _, body := get(t, c, url, "t-1")
		var v venue.Venue
		isVenue := json.Unmarshal([]byte(body), &v) == nil && v.ID == "v-1"
		if status != tt.status || isVenue != tt.isVenue || !strings.Contains(body, tt.says) {
			t.Errorf("%s: %d %s", tt.behaviour, status, body)
		}
		if status, _, _ := get(t, c, s.URL()+"/health/live", ""); status != http.StatusOK {
			t.Errorf("%s: liveness answers %d, and only venues are wrong", tt.behaviour, status)
		}
	}
}

func TestHalfAnAnswerEndsInItsMiddle(t *testing.T) {
	s, c := start(t)
	s.Behave(venue.Half())
	res, err := c.Get(s.URL() + "/api/v1/venues/v-1")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusOK || !errors.Is(err, io.ErrUnexpectedEOF) || len(body) == 0 {
		t.Errorf("%d, %q, %v", res.StatusCode, body, err)
	}
}

func TestFlappingCountsForEachTenantAlone(t *testing.T) {
	s, c := start(t)
	s.Add(venue.Venue{ID: "v-2", TenantID: "t-2"})
	s.Behave(venue.Flapping(500, 0))
	for i, want := range []int{500, 200, 500, 200} {
		for _, tenant := range []string{"1", "2"} {
			if status, _, _ := get(t, c, s.URL()+"/api/v1/venues/v-"+tenant, "t-"+tenant); status != want {
				t.Errorf("call %d of tenant %s: %d, want %d", i, tenant, status, want)
			}
		}
	}
}
