package audit

import (
	"fmt"
	"slices"
	"testing"
)

// writesAnswered are a create and the changes of its event, in order, each with the status that its sender got.
func writesAnswered(statuses ...int) []Write {
	var list []Write
	for i, status := range statuses {
		w := Write{Number: i + 1, Name: fmt.Sprint(i), Success: 200, Over: true, Status: status}
		if i > 0 {
			w.Of = 1
		}
		list = append(list, w)
	}
	return list
}

const (
	acknowledged = 200
	refused      = 409
	unknown      = 0
)

// By hand: without replaced an earlier change is missing as soon as there is a
// later one; with one that counts every change, a lost one is excused.
func TestWritesAreReconciledWithTheRows(t *testing.T) {
	for name, c := range map[string]struct {
		statuses []int
		there    []int  // which of their names are there
		want     string // kind and number of the write that is wrong
	}{
		"a create":                                   {[]int{acknowledged}, []int{0}, ""},
		"a lost create":                              {[]int{acknowledged}, nil, "lost 0"},
		"a create that is there twice":               {[]int{unknown}, []int{0, 0}, "duplicated 0 unsettled 0"},
		"a change":                                   {[]int{acknowledged, acknowledged}, []int{1}, ""},
		"a lost change":                              {[]int{acknowledged, acknowledged}, []int{0}, "lost 1"},
		"a change that made another event":           {[]int{acknowledged, acknowledged}, []int{0, 1}, "duplicated 0"},
		"a change that removed the event":            {[]int{acknowledged, acknowledged}, nil, "lost 0 lost 1"},
		"a refused change":                           {[]int{acknowledged, refused}, []int{0}, ""},
		"a refused change that was made":             {[]int{acknowledged, refused}, []int{1}, "unexpected 1"},
		"two changes":                                {[]int{acknowledged, acknowledged, acknowledged}, []int{2}, ""},
		"two changes, the second lost":               {[]int{acknowledged, acknowledged, acknowledged}, []int{1}, "lost 2"},
		"two changes, both lost":                     {[]int{acknowledged, acknowledged, acknowledged}, []int{0}, "lost 1 lost 2"},
		"an acknowledged change before a refused":    {[]int{acknowledged, acknowledged, refused}, []int{1}, ""},
		"an unknown change that landed late":         {[]int{acknowledged, unknown, acknowledged}, []int{1}, ""},
		"an unknown change that was never made":      {[]int{acknowledged, unknown, acknowledged}, []int{2}, ""},
		"an acknowledged change before an unknown":   {[]int{acknowledged, acknowledged, unknown}, []int{1}, "unsettled 2"},
		"an acknowledged change lost before one":     {[]int{acknowledged, acknowledged, unknown}, []int{0}, "lost 1 unsettled 2"},
		"the last change unknown, and never settled": {[]int{acknowledged, unknown}, []int{0}, "unsettled 1"},
	} {
		audit := Facts{Writes: writesAnswered(c.statuses...), Counts: [][]int{make([]int, len(c.statuses))}}
		for _, i := range c.there {
			audit.Counts[0][i]++
		}
		found, got := audit.Found(), ""
		for _, wrong := range []struct {
			what string
			list []string
		}{{" lost ", found.Lost}, {" unexpected ", found.Unexpected}, {" duplicated ", found.Duplicated}, {" unsettled ", found.Unsettled}} {
			for _, name := range wrong.list {
				got += wrong.what + name
			}
		}
		if want := c.want; got != "" && got[1:] != want || got == "" && want != "" {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// By hand: let Found look at the last count alone.
func TestAWriteThatIsSentAgainCoversNothingUp(t *testing.T) {
	audit := Facts{Writes: writesAnswered(acknowledged, acknowledged, unknown), Counts: [][]int{{1, 0, 0}, {0, 0, 1}}}
	audit.Writes[2].Retried = 200
	if found := audit.Found(); !slices.Equal(found.Lost, []string{"1"}) || len(found.Unsettled) > 0 || !audit.Final() {
		t.Errorf("%+v", found)
	}
	// What was not over when the rows were counted may have been made since.
	audit.Writes[1].Since = 2
	if found := audit.Found(); found.Wrong() || audit.Final() {
		t.Errorf("%+v", found)
	}
}

// A count of one row less than there are writes was made before the last was sent.
func TestWhatWasSentAfterACountIsNotInIt(t *testing.T) {
	audit := Facts{Writes: writesAnswered(acknowledged, acknowledged), Counts: [][]int{{1}, {0, 1}}}
	audit.Writes[1].Since = 1
	if found := audit.Found(); found.Wrong() {
		t.Errorf("%+v", found)
	}
}

// Refused for certain is what was refused before anything is stored.
func TestWhatASenderKnows(t *testing.T) {
	for name, c := range map[string]struct {
		w    Write
		want string
	}{
		"success":                         {Write{Status: 201}, "acknowledged"},
		"another success":                 {Write{Status: 200}, "unknown"},
		"nothing yet":                     {Write{}, "unknown"},
		"404":                             {Write{Status: 404}, "refused"},
		"500":                             {Write{Status: 500}, "unknown"},
		"503":                             {Write{Status: 503}, "unknown"},
		"503 of the venue-service":        {Write{Status: 503, VenueOnly: true}, "refused"},
		"nobody there":                    {Write{Class: NotConnected}, "refused"},
		"no answer":                       {Write{Class: "timeout"}, "unknown"},
		"no answer, and the venue broken": {Write{Class: "timeout", VenueOnly: true}, "unknown"},
	} {
		c.w.Success = 201
		got := "unknown"
		switch {
		case c.w.Acknowledged():
			got = "acknowledged"
		case c.w.Refused():
			got = "refused"
		}
		if got != c.want || c.w.Unknown() != (c.want == "unknown") {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
