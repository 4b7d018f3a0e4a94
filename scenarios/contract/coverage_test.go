package contract

import (
	"slices"
	"strings"
	"testing"
)

func TestCoverageCountsAnswersFieldsAndValues(t *testing.T) {
	seen := Coverage{}
	for _, name := range []string{"create", "list", "refused", "no path"} {
		e := honest()[name]
		seen.Record(Own(), e.request, e.answer)
	}
	for point, want := range map[string]int{
		"POST /api/v1/events 201":                    1,
		"POST /api/v1/events 201 status=draft":       1,
		"POST /api/v1/events 201 status=published":   0,
		"GET /api/v1/events 200 items[].id":          1,
		"GET /api/v1/events 200 next_cursor=null":    1,
		"POST /api/v1/events 400 errors[].field":     1,
		"POST /api/v1/events > name accepted":        1,
		"POST /api/v1/events > name refused":         1,
		"POST /api/v1/events > description accepted": 0,
		"GET /api/v1/events > venue_id accepted":     1,
		"GET /api/v1/events > cursor accepted":       0,
		"GET /api/v2/events 404":                     0,
	} {
		if seen[point] != want {
			t.Errorf("%s: %d, want %d", point, seen[point], want)
		}
	}
	twice := Coverage{}
	twice.Add(seen)
	twice.Add(seen)
	if twice["POST /api/v1/events 201"] != 2 {
		t.Error("two coverages do not add up")
	}
}

func TestTheReportNamesWhatNobodySaw(t *testing.T) {
	seen := Coverage{}
	e := honest()["create"]
	seen.Record(Own(), e.request, e.answer)
	r := Own().Report(seen)
	row := r.Answers[slices.IndexFunc(r.Answers, func(r Row) bool { return r.Operation == "POST /api/v1/events" && r.Status == 201 })]
	if row.Seen != 1 || row.Fields != 17 || strings.Join(row.Unseen, " ") != "status=cancelled status=published" {
		t.Errorf("%+v", row)
	}
	unseen := strings.Join(r.Unseen(), "\n")
	if !strings.Contains(unseen, "GET /api/v1/events/{id} 304") || strings.Contains(unseen, "503") || strings.Contains(unseen, "POST /api/v1/events 201") {
		t.Errorf("unseen:\n%s", unseen)
	}
	text := r.String()
	for _, needed := range []string{"everything; it needs a fault", "15/17", "status=cancelled", "never seen: GET /api/v1/events 200"} {
		if !strings.Contains(text, needed) {
			t.Errorf("%q is not in the table:\n%s", needed, text)
		}
	}
}
