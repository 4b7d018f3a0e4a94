package bundle

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// BenchmarkKeep is of an answer with a body of a kilobyte: a full run records some
// 20,000.
func BenchmarkKeep(b *testing.B) {
	file, err := os.Create(filepath.Join(b.TempDir(), EventsFile))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // nobody reads it
	s := newSink(file, nil)
	s.limit = 1 << 40
	e := record.Event{At: time.Now(), Kind: record.EventObservation, Phase: scenarios.PhaseDuring, Of: "GET /api/v1/events answers(200)", Observation: &scenarios.Observation{
		At: time.Now(), Took: 3213123, Status: 200, Header: map[string]string{"Content-Type": "application/json", "Etag": `"1"`},
		Body: strings.Repeat(`{"id":"3f2b1c9e-0000-4000-8000-000000000001","name":"an event","status":"draft"},`, 12),
	}}
	for b.Loop() {
		s.Keep(e)
	}
}
