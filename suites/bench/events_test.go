package bench_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
)

// measureEvents writes ten times as many events each time, as a bundle keeps them,
// reads them and judges them again.
func measureEvents(t *testing.T, b *bench) {
	s, events := recorded(t)
	path := filepath.Join(t.TempDir(), "events.jsonl")
	b.grow(t, "events written, read and judged", either(b, []int{10_000, 100_000, 1_000_000}, []int{10_000, 100_000}), func(n int) {
		must(t, writeEvents(path, lengthened(events, n)))
		again, err := readEvents(path)
		must(t, err)
		if r := judge.Judge(s, scenarios.Verify, false, again); len(again) != n || r.Verdict != judge.Passed {
			t.Errorf("%d of %d events: %s: %s", len(again), n, r.Verdict, r.Reason)
		}
	})
}

// lengthened repeats requests of the load until there are n events.
func lengthened(events []record.Event, n int) []record.Event {
	var hits []record.Event
	for _, e := range events {
		if e.Kind == record.EventHit {
			hits = append(hits, e)
		}
	}
	list := make([]record.Event, 0, n)
	list = append(list, events...)
	for i := 0; len(list) < n; i++ {
		list = append(list, hits[i%len(hits)])
	}
	return list
}

// writeEvents flushes each event by itself: what was seen is on disk before it is
// judged.
func writeEvents(path string, events []record.Event) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(file)
	for _, e := range events {
		if err := encoder.Encode(e); err != nil {
			_ = file.Close() // the first error is the one to tell
			return err
		}
	}
	return file.Close()
}

func readEvents(path string) ([]record.Event, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	var events []record.Event
	for decoder := json.NewDecoder(bufio.NewReader(file)); decoder.More(); {
		var e record.Event
		if err := decoder.Decode(&e); err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return events, nil
}
