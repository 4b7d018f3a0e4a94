package bundle

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// Reader reads a bundle. It is the only reader of one: what a run has left is
// understood in one place, or refused there.
type Reader struct {
	path     string
	files    fs.FS
	result   ledger.RunResult
	playings []record.Playing
}

// Open opens the bundle at a path: the directory that a run has left, or its
// result.json. Its errors are one line, and name the path.
func Open(path string) (*Reader, error) {
	r, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("bundle %s: %w", path, err)
	}
	return r, nil
}

func open(path string) (*Reader, error) {
	if filepath.Base(path) == reports.ResultFile {
		path = filepath.Dir(path)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, cause(err)
	case !info.IsDir():
		return nil, errors.New("not a directory that a run has left")
	}
	r := &Reader{path: path, files: os.DirFS(path)}
	text, err := fs.ReadFile(r.files, reports.ResultFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no %s: not a bundle, or of a run that was killed", reports.ResultFile)
	} else if err != nil {
		return nil, cause(err)
	}
	if r.result, err = reports.Parse(text); err != nil {
		return nil, err
	}
	return r, r.find()
}

// cause is an error of the file system without the path, which the caller names.
func cause(err error) error {
	var of *fs.PathError
	if errors.As(err, &of) {
		return of.Err
	}
	return err
}

// find lists the playings by the files that tell of them.
func (r *Reader) find() error {
	found, err := fs.Glob(r.files, path.Join(scenariosDir, "*", definitionFile))
	if err != nil {
		return err
	}
	for _, name := range found {
		d, err := r.definition(name)
		if err != nil {
			return err
		}
		if d.Playing.Dir() != path.Base(path.Dir(name)) {
			return fmt.Errorf("%s is of another playing: %s", name, d.Playing.Dir())
		}
		r.playings = append(r.playings, d.Playing)
	}
	slices.SortFunc(r.playings, func(a, b record.Playing) int {
		return cmp.Or(cmp.Compare(a.Scenario, b.Scenario), cmp.Compare(a.Arm, b.Arm), cmp.Compare(a.Repetition, b.Repetition), cmp.Compare(a.Attempt, b.Attempt))
	})
	return nil
}

// Close removes what opening the bundle has left behind.
func (r *Reader) Close() error { return nil }

// Path is where the bundle is.
func (r *Reader) Path() string { return r.path }

// Result is the run as it was judged then.
func (r *Reader) Result() ledger.RunResult { return r.result }

// Playings lists what was played and recorded, also for the document's commands
// and in arms: by scenario, arm, repetition and attempt.
func (r *Reader) Playings() []record.Playing { return slices.Clone(r.playings) }

// Definition is what a playing was to show.
func (r *Reader) Definition(p record.Playing) (Definition, error) {
	return r.definition(path.Join(scenariosDir, p.Dir(), definitionFile))
}

func (r *Reader) definition(name string) (Definition, error) {
	text, err := fs.ReadFile(r.files, name)
	if err != nil {
		return Definition{}, err
	}
	var d Definition
	if err := json.Unmarshal(text, &d); err != nil {
		return Definition{}, fmt.Errorf("%s: %w", name, err)
	}
	return d, record.Readable(name, d.Format)
}

// Events yields the events of a playing, in the order of recording, as they are
// read: never more than one is in memory. After an error, which names file and
// line, there are no more. The last is of kind [record.EventTruncated] where the
// file was too long.
func (r *Reader) Events(p record.Playing) iter.Seq2[record.Event, error] {
	return r.events(p, func(line []byte) (e record.Event, err error) {
		err = json.Unmarshal(line, &e)
		return e, err
	})
}

// events yields what decode makes of each line of a recording.
func (r *Reader) events(p record.Playing, decode func(line []byte) (record.Event, error)) iter.Seq2[record.Event, error] {
	return func(yield func(record.Event, error) bool) {
		name := path.Join(scenariosDir, p.Dir(), EventsFile)
		file, err := r.files.Open(name)
		if err != nil {
			yield(record.Event{}, err)
			return
		}
		defer file.Close() //nolint:errcheck // it was only read
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, eventsLimit)
		for n := 1; lines.Scan(); n++ {
			if n == 1 {
				if err := readHeader(name, lines.Bytes()); err != nil {
					yield(record.Event{}, err)
					return
				}
				continue
			}
			e, err := decode(lines.Bytes())
			if err != nil {
				yield(record.Event{}, fmt.Errorf("%s: line %d: %w", name, n, err))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(record.Event{}, fmt.Errorf("%s: %w", name, err))
		}
	}
}

func readHeader(name string, line []byte) error {
	var h header
	if err := json.Unmarshal(line, &h); err != nil {
		return fmt.Errorf("%s: line 1: %w", name, err)
	}
	return record.Readable(name, h.Format)
}

// Log opens what the service wrote in a playing. Empty where it wrote nothing.
func (r *Reader) Log(p record.Playing) (io.ReadCloser, error) {
	file, err := r.files.Open(path.Join(scenariosDir, p.Dir(), ServiceLog))
	if errors.Is(err, fs.ErrNotExist) {
		return io.NopCloser(bytes.NewReader(nil)), nil
	}
	return file, err
}
