package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/reports/timeline"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// Run is what the reports of a result are made of that was judged from this bundle. It
// reads each recording once.
func (r *Reader) Run(result ledger.RunResult) (reports.Run, error) {
	all := make([]timeline.Timeline, len(r.playings))
	var reading errgroup.Group
	reading.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range r.playings {
		if p.Arm > 0 {
			continue // no result is of an arm
		}
		reading.Go(func() (err error) {
			all[i], err = r.timeline(p, result.Results)
			return err
		})
	}
	if err := reading.Wait(); err != nil {
		return reports.Run{}, fmt.Errorf("bundle %s: %w", r.path, err)
	}
	all = slices.DeleteFunc(all, func(t timeline.Timeline) bool { return t.Began.IsZero() })
	return reports.Run{Result: result, Timelines: all}, nil
}

// timeline is what was recorded of a playing that a result is of; of any other it is
// without a beginning.
func (r *Reader) timeline(p record.Playing, results []judge.Result) (timeline.Timeline, error) {
	var b timeline.Builder
	for e, err := range r.events(p, drawn) {
		if err != nil {
			return timeline.Timeline{}, err
		}
		b.Add(e)
	}
	t := b.Timeline(p)
	i := slices.IndexFunc(results, func(res judge.Result) bool { return res.Scenario == p.Scenario && res.Began.Equal(t.Began) })
	if i < 0 {
		return timeline.Timeline{}, nil
	}
	log, err := r.Log(p)
	if err != nil {
		return t, err
	}
	defer log.Close()
	t.Log, err = timeline.ReadExcerpt(log, reports.Decisive(results[i], t))
	return t, err
}

// drawn decodes a line as far as a timeline shows it. Most of a recording is bodies of
// answers and requests of the load: of the first a timeline needs time and kind alone, of
// the others a few fields. Both are found where [Bundle.Sink] writes them; a line that is
// written otherwise is decoded as a whole.
func drawn(line []byte) (e record.Event, err error) {
	kind, _ := value(line, `"kind":"`)
	e.Kind = record.EventKind(kind)
	at, ok := when(line, `{"at":"`)
	switch e.At = at; {
	case ok && e.Kind == record.EventHit:
		if h, ok := hit(line); ok {
			e.Hit = &h
			return e, nil
		}
	case ok && kind != "" && !timeline.Shows(e.Kind):
		return e, nil
	}
	e = record.Event{}
	err = json.Unmarshal(line, &e)
	return e, err
}

// hit finds what a timeline shows of a request. What is quoted in a value has its quotes
// escaped, so that a name with bare ones is a field's.
func hit(line []byte) (h record.Hit, ok bool) {
	_, line, ok = bytes.Cut(line, []byte(`"hit":{`))
	if !ok {
		return h, false
	}
	var sent, done, named bool
	h.Sent, sent = when(line, `"sent":"`)
	h.Done, done = when(line, `"done":"`)
	h.Route, named = value(line, `"route":"`)
	tenant, _ := value(line, `"tenant":"`)
	h.Tenant = scenarios.Caller(tenant)
	h.Failed, h.Abandoned = bytes.Contains(line, []byte(`"failed":true`)), bytes.Contains(line, []byte(`"abandoned":true`))
	return h, sent && done && named && !strings.Contains(h.Route+tenant, `\`)
}

// value is the text behind a field's name and its opening quote.
func value(line []byte, name string) (text string, ok bool) {
	_, rest, ok := bytes.Cut(line, []byte(name))
	if !ok {
		return "", false
	}
	found, _, ok := bytes.Cut(rest, []byte(`"`))
	return string(found), ok
}

func when(line []byte, name string) (at time.Time, ok bool) {
	text, ok := value(line, name)
	if !ok {
		return at, false
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	return at, err == nil
}
