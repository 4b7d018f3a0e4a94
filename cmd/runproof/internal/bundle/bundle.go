// Package bundle writes the directory that a run leaves: every event of every
// scenario as it happens, and the reports at the end.
package bundle

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/redact"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/reports/codec"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// Bundle is an open bundle. Whatever it writes is without secrets.
type Bundle struct {
	dir string
	// stated is the runbook, plain and quoted, which may say what it says.
	stated []byte

	mu        sync.Mutex
	truncated []string // what the files lack
}

// eventsLimit bounds the events of one playing on disk, in bytes. A full scenario
// under load has some megabytes.
const eventsLimit = 64 << 20

// Create makes the directory of a run of a runbook below out, and shows by writing to
// it that it can be written to.
func Create(out, runID string, runbook []byte) (*Bundle, error) {
	dir, err := filepath.Abs(filepath.Join(out, runID))
	if err != nil {
		return nil, fmt.Errorf("output directory: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, scenariosDir), 0o755); err != nil {
		return nil, fmt.Errorf("output directory: %w", err)
	}
	quoted, err := codec.Marshal(string(runbook))
	if err != nil {
		return nil, fmt.Errorf("runbook: %w", err)
	}
	return &Bundle{dir: dir, stated: slices.Concat(runbook, quoted)}, nil
}

// Directory is where bundles are: out, or where that is empty a place in the user's cache
// directory.
func Directory(out string) (string, error) {
	if out != "" {
		return out, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no cache directory for the bundle, use --out: %w", err)
	}
	return filepath.Join(cache, "runproof", "runs"), nil
}

// CreateBelow is Create below the [Directory] of out. Its errors are usage errors.
func CreateBelow(out, runID string, runbook []byte) (*Bundle, error) {
	dir, err := Directory(out)
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	b, err := Create(dir, runID, runbook)
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	return b, nil
}

// Dir is the bundle's directory.
func (b *Bundle) Dir() string { return b.dir }

// Playing is the directory of one playing; it is made when asked for.
func (b *Bundle) Playing(p record.Playing) (string, error) {
	dir := filepath.Join(b.dir, scenariosDir, p.Dir())
	return dir, os.MkdirAll(dir, 0o755)
}

// Sink opens the file of a playing's events, one JSON document a line, the first of
// which has the format's number, and writes down beside it what was played. Each
// event is flushed as it comes: what was seen is on disk before it is judged. The
// judge reads the recording in memory, which has all; a file at eventsLimit ends
// with a line that says what it lacks.
// The returned function closes the file and reports what could not be written.
func (b *Bundle) Sink(s scenarios.Scenario, p record.Playing, mode scenarios.Mode) (record.Keeper, func() error, error) {
	dir, err := b.Playing(p)
	if err != nil {
		return nil, nil, err
	}
	if err := Define(s, p, mode).write(dir); err != nil {
		return nil, nil, err
	}
	file, err := os.Create(filepath.Join(dir, EventsFile))
	if err != nil {
		return nil, nil, err
	}
	if _, err := fmt.Fprintf(file, "{\"format\":%d}\n", record.Format); err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	sink := newSink(file, b.stated)
	return sink, func() error {
		lost, err := sink.close()
		if lost != "" {
			b.lacks(EventsFile + " of " + p.Dir() + ": " + lost)
		}
		return err
	}, nil
}

// Adopt takes over what another bundle has of a playing.
func (b *Bundle) Adopt(from *Reader, p record.Playing) error {
	files, err := fs.Sub(from.files, path.Join(scenariosDir, p.Dir()))
	if err != nil {
		return err
	}
	return os.CopyFS(filepath.Join(b.dir, scenariosDir, p.Dir()), files)
}

func (b *Bundle) lacks(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.truncated = append(b.truncated, what)
}

// Truncated says what the files of the bundle lack, because they would be too long.
func (b *Bundle) Truncated() []string {
	b.mu.Lock()
	list := slices.Clone(b.truncated)
	b.mu.Unlock()
	logs, _ := filepath.Glob(filepath.Join(b.dir, scenariosDir, "*", ServiceLog)) // none is none
	for _, path := range logs {
		// The last line, which says what was cut, comes on top of the limit.
		if info, err := os.Stat(path); err == nil && info.Size() > target.FileLimit {
			list = append(list, fmt.Sprintf("%s of %s: it was too long, its last line says what it lacks", ServiceLog, filepath.Base(filepath.Dir(path))))
		}
	}
	return list
}

// ServiceLog is the name of the file that has what the service wrote.
const ServiceLog = "service.log"

type sink struct {
	stated    []byte
	mu        sync.Mutex
	file      *os.File
	lines     *bufio.Writer
	limit     int64 // bytes that the file may have
	bytes     int64 // that it has
	truncated int   // events that it lacks
	err       error
}

func newSink(file *os.File, stated []byte) *sink {
	return &sink{stated: stated, file: file, lines: bufio.NewWriter(file), limit: eventsLimit}
}

// Keep implements record.Keeper. An event that the file lacks is returned as it
// would be read from it.
func (s *sink) Keep(e record.Event) record.Event {
	text, kept, err := s.written(e)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		if s.truncated > 0 || s.bytes+int64(len(text)) > s.limit {
			s.truncated++
			return kept
		}
		s.bytes += int64(len(text))
		_, err = s.lines.Write(text)
	}
	s.err = errors.Join(s.err, err, s.lines.Flush())
	return kept
}

// written is an event as a line of the file, and as it is read from there: without
// the monotonic clock, without bytes that are no UTF-8, and without secrets.
func (s *sink) written(e record.Event) (line []byte, kept record.Event, err error) {
	text, err := codec.Marshal(e)
	if err == nil {
		line = append(redact.JSON(text, s.stated), '\n')
		err = codec.Unmarshal(line, &kept)
	}
	if err != nil {
		return nil, e, err
	}
	return line, kept, nil
}

// close ends the file, and says there and to the caller what it lacks.
func (s *sink) close() (lost string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.truncated > 0 {
		lost = fmt.Sprintf("%d events are not here: the file may have %d bytes", s.truncated, s.limit)
		line, _, err := s.written(record.Event{At: time.Now(), Kind: record.EventTruncated, Text: lost})
		if err == nil {
			_, err = s.file.Write(line)
		}
		s.err = errors.Join(s.err, err)
	}
	return lost, errors.Join(s.err, s.file.Close())
}

// Write renders every report of a run into the bundle: first its result, then of that
// and of what was recorded the rest, as they are made again later.
func (b *Bundle) Write(r ledger.RunResult) error {
	r, err := b.redacted(r)
	if err != nil {
		return err
	}
	run := reports.Run{Result: r}
	for _, format := range reports.All() {
		text, err := format.Render(run)
		if err != nil {
			return fmt.Errorf("%s: %w", format.Name, err)
		}
		if err := os.WriteFile(filepath.Join(b.dir, format.Name), text, 0o644); err != nil {
			return fmt.Errorf("report: %w", err)
		}
		if format.Name != reports.ResultFile {
			continue
		}
		reader, err := Open(b.dir)
		if err != nil {
			return err
		}
		defer reader.Close() //nolint:errcheck // it was only read
		if run, err = reader.Run(reader.Result()); err != nil {
			return err
		}
	}
	return nil
}

// redacted is a result without secrets. Those of the events are gone already; here
// are the harness's own errors.
func (b *Bundle) redacted(r ledger.RunResult) (ledger.RunResult, error) {
	text, err := reports.JSON(r)
	if err != nil {
		return r, err
	}
	return reports.Parse(redact.JSON(text, b.stated))
}

// WriteText writes another file of text into the bundle.
func (b *Bundle) WriteText(name string, text []byte) error {
	return os.WriteFile(filepath.Join(b.dir, name), redact.Bytes(text, b.stated), 0o644)
}
