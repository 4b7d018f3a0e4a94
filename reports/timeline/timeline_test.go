package timeline_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/reports/timeline"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

var began = time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)

func at(seconds float64) time.Time {
	return began.Add(time.Duration(seconds * float64(time.Second)))
}

func hit(route string, tenant scenarios.Caller, sent float64, took time.Duration, failed bool) record.Event {
	h := record.Hit{Route: route, Tenant: tenant, Sent: at(sent), Done: at(sent).Add(took), Failed: failed}
	return record.Event{At: h.Done, Kind: record.EventHit, Hit: &h}
}

// built is a timeline of a fault between 2 and 4 seconds, and of other events.
func built(events ...record.Event) timeline.Timeline {
	var b timeline.Builder
	b.Add(record.Event{At: at(0), Kind: record.EventPhase})
	b.Add(record.Event{At: at(2), Kind: record.EventInject, Took: 500 * time.Millisecond, Text: "postgres refuses connections"})
	b.Add(record.Event{At: at(4), Kind: record.EventHeal, Took: 200 * time.Millisecond})
	for _, e := range events {
		b.Add(e)
	}
	return b.Timeline(record.Playing{Scenario: "database-refused"})
}

// dots counts the requests that are drawn, by the class of their path.
func dots(svg string) map[string]int {
	n := map[string]int{}
	for _, path := range regexp.MustCompile(`<path class="(\w)" d="([^"]*)"`).FindAllStringSubmatch(svg, -1) {
		n[path[1]] += strings.Count(path[2], "M")
	}
	return n
}

func TestEveryRequestIsDrawn(t *testing.T) {
	list := built(
		hit("GET /b", scenarios.OtherTenant, 1, time.Millisecond, false),
		hit("GET /a", scenarios.TheTenant, 1, time.Millisecond, false),
		hit("GET /a", scenarios.TheTenant, 3, time.Second, true),
		hit("GET /a", scenarios.OtherTenant, 3, time.Second, true),
		hit("GET /a", scenarios.OtherTenant, 3.5, time.Second, true),
		record.Event{At: at(9), Kind: record.EventHit, Hit: &record.Hit{Route: "GET /a", Sent: at(5), Done: at(9), Abandoned: true}},
		record.Event{At: at(2.1), Kind: record.EventWitnessReport, WitnessReport: &record.WitnessReport{Presence: record.Active}},
		record.Event{At: at(1.1), Kind: record.EventWitnessReport, WitnessReport: &record.WitnessReport{Presence: record.Inactive}},
		record.Event{At: at(6), Kind: record.EventRemedy, Took: time.Second, Text: "restart"},
		record.Event{At: at(6.5), Kind: record.EventStall, Took: time.Second, Text: "a timer"},
	)
	detected, recovered := 100*time.Millisecond, 1200*time.Millisecond
	svg := list.SVG(timeline.Options{Title: "of it", Signals: []timeline.Signal{{Name: "readiness", Detect: &detected, Recover: &recovered}, {Name: "log"}}})
	if n := dots(svg); n["d"] != 1 || n["b"] != 1 || n["x"] != 1 || n["y"] != 2 {
		t.Errorf("drawn: %v", n)
	}
	for _, want := range []string{
		`role="img" aria-label="of it"`, ">GET /a</text>", ">3 failed of 4</text>", ">none failed of 1</text>", ">fault in force</text>",
		`<rect class="fh"`, `<rect class="f"`, `<circle class="w"`, `<circle class="wf"`, `<line class="sg"`, ">log</text>",
		">took 1 s</text>", ">Host stalls</text>", ">+2 s</text>",
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("%q is missing in %s", want, svg)
		}
	}
	if got := []string{list.Lanes[0].Route, list.Lanes[1].Route}; !slices.IsSorted(got) {
		t.Errorf("routes: %v", got)
	}
	if injected, _ := list.Injected(); injected != 2*time.Second || list.From != time.Second || list.To != 7*time.Second {
		t.Errorf("injected at %s, drawn from %s to %s", injected, list.From, list.To)
	}
}

// TestWhatIsLeftOutLiesBetweenWhatIsDrawn: of many requests the slowest stays, and so
// does the only one that failed. By hand: thin keeps each tenth dot instead, and both go.
func TestWhatIsLeftOutLiesBetweenWhatIsDrawn(t *testing.T) {
	var events []record.Event
	const all = 50_000
	for i := range all {
		took := time.Duration(1+i%7) * time.Millisecond
		if i == 31_415 {
			took = 9 * time.Second
		}
		events = append(events, hit(fmt.Sprintf("GET /%d", i%3), []scenarios.Caller{scenarios.TheTenant, scenarios.OtherTenant}[i%2], float64(i)/500, took, i == 27_181))
	}
	list := built(events...)
	drawn, slowest, failed := 0, time.Duration(0), 0
	for _, lane := range list.Lanes {
		drawn += len(lane.Dots)
		for _, d := range lane.Dots {
			slowest = max(slowest, d.Took)
			if d.Failed {
				failed++
			}
		}
		if !slices.IsSortedFunc(lane.Dots, func(a, b timeline.Dot) int { return int(a.At - b.At) }) {
			t.Errorf("%s is not in order", lane.Route)
		}
	}
	if drawn > timeline.MaxDots || drawn < timeline.MaxDots/4 || drawn+list.Omitted != all {
		t.Errorf("%d drawn, %d omitted, of %d", drawn, list.Omitted, all)
	}
	if slowest != 9*time.Second || failed != 1 {
		t.Errorf("the slowest took %s, %d failed", slowest, failed)
	}
	few := list.Thin(20)
	n := 0
	for _, lane := range few.Lanes {
		n += len(lane.Dots)
	}
	if n > 20 || n+few.Omitted != all || few.Lanes[27_181%3].Failed != 1 {
		t.Errorf("%d drawn, %d omitted, of %d", n, few.Omitted, all)
	}
}

// TestAnyRecordingIsDrawn: one without requests, one that ends under the fault, one with
// more routes and tenants than there is room for, and one with hostile names.
func TestAnyRecordingIsDrawn(t *testing.T) {
	var empty timeline.Builder
	if svg := empty.Timeline(record.Playing{}).SVG(timeline.Options{}); !strings.HasSuffix(svg, "</svg>") {
		t.Error(svg)
	}
	var b timeline.Builder
	b.Add(record.Event{At: at(1), Kind: record.EventInject, Text: "x"})
	b.Add(record.Event{At: at(9), Kind: record.EventBroken})
	if lifted, ok := b.Timeline(record.Playing{}).Lifted(); !ok || lifted != 8*time.Second {
		t.Errorf("lifted at %s, %v", lifted, ok)
	}
	var events []record.Event
	for i := range 100 {
		events = append(events, hit(fmt.Sprintf("GET /%d", i), scenarios.Caller(fmt.Sprint(i)), float64(i), time.Hour, true))
	}
	if list := built(events...); len(list.Lanes) != 9 || list.Lanes[8].Sent != 92 || !strings.Contains(list.SVG(timeline.Options{}), "of 92") {
		t.Errorf("%d lanes", len(list.Lanes))
	}
	hostile := `<script>alert(1)</script>"'`
	svg := built(hit(hostile, scenarios.Caller(hostile), 1, time.Second, false)).SVG(timeline.Options{Title: hostile, Signals: []timeline.Signal{{Name: hostile}}})
	if strings.Contains(svg, "<script") || strings.Contains(svg, `label="<`) {
		t.Error(svg)
	}
}

// TestTwoDrawingsCanHaveOneScale: what lies outside is not drawn over the edge.
func TestTwoDrawingsCanHaveOneScale(t *testing.T) {
	list := built(hit("GET /a", "", 1, time.Millisecond, false), hit("GET /a", "", 3, time.Millisecond, false))
	wide := list.SVG(timeline.Options{From: -10 * time.Second, To: 10 * time.Second})
	if !strings.Contains(wide, ">−10 s</text>") || !strings.Contains(wide, ">+10 s</text>") {
		t.Error(wide)
	}
}

func TestShort(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "<1 ms", 312 * time.Millisecond: "312 ms", 1240 * time.Millisecond: "1.2 s", 2 * time.Second: "2 s", 59_990 * time.Millisecond: "60 s",
		2 * time.Minute: "2 min", 135 * time.Second: "2 min 15 s", 90 * time.Minute: "1 h 30 min", -time.Second: "−1 s",
	} {
		if got := timeline.Short(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

// TestAnExcerptHasALineOfEachKind: errors before the rest, each with its number.
func TestAnExcerptHasALineOfEachKind(t *testing.T) {
	var log strings.Builder
	line := func(seconds float64, text string) {
		fmt.Fprintf(&log, "%s stdout %s\n", at(seconds).Format(time.RFC3339Nano), text)
	}
	line(0, "ERROR long before")
	for i := range 30 {
		line(9.5+float64(i)/100, fmt.Sprintf(`{"time":"x","level":"ERROR","msg":"request failed","id":"%d","pool":{"idle":%d}}`, i, i))
		line(9.6, fmt.Sprintf("GET /%c answered in %d ms", 'a'+i, i))
	}
	line(10, `{"level":"WARN","message":"breaker opened"}`)
	line(10.1, "{no json")
	line(10.2, strings.Repeat("x", 3<<20))
	line(99, "ERROR long after")
	log.WriteString("no time at all\n\xff\xfe\n")
	x, err := timeline.ReadExcerpt(strings.NewReader(log.String()), at(10))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, l := range x.Lines {
		all = append(all, fmt.Sprintf("%d %.60s", l.Count, l.Text))
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{`30 ERROR request failed id=0 pool={"idle":0}`, "1 WARN breaker opened", "1 {no json"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in:\n%s", want, text)
		}
	}
	if len(x.Lines) != 10 || x.Omitted == 0 || strings.Contains(text, "long") {
		t.Errorf("%d omitted:\n%s", x.Omitted, text)
	}
}
