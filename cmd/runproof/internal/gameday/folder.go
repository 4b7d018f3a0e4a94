package gameday

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	fixture "github.com/runproof/runproof/fixtures/gameday"
	"github.com/runproof/runproof/scenarios/gameday"
)

// Files of a game's directory.
const (
	planFile    = "plan.json"
	journalFile = "journal" // encrypted lines, until the record is there
	recordFile  = "record.json"
)

// plan is what is on disk before and during a game.
type plan struct {
	ID        string `json:"id"`
	Published string `json:"published"` // hash of the draw
	Box       string `json:"box"`       // the draw, encrypted
}

// home is the directory of all games, folder the one of a game.
type (
	home   struct{ dir string }
	folder struct {
		dir  string
		plan plan
	}
)

// folderOf is the directory of all games: out, or one in the user's cache.
func folderOf(out string) (home, error) {
	if out == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return home{}, exit.Usage("no cache directory for the game, use --out: %w", err)
		}
		out = filepath.Join(cache, "runproof", "gamedays")
	}
	dir, err := filepath.Abs(out)
	if err != nil {
		return home{}, exit.Usage("--out: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return home{}, exit.Usage("--out: %w", err)
	}
	return home{dir}, nil
}

// records are those of all games that came to their end, the oldest first.
func (h home) records() (list []gameday.Record, err error) {
	paths, err := filepath.Glob(filepath.Join(h.dir, "*", recordFile))
	if err != nil {
		return nil, exit.Undecided("%w", err)
	}
	for _, path := range paths {
		r, err := readRecord(path)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b gameday.Record) int { return cmp.Or(a.Began.Compare(b.Began), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}

func readRecord(path string) (r gameday.Record, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return r, exit.Usage("record of a game: %w", err)
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, exit.Usage("%s: %w", path, err)
	}
	return r, nil
}

// create makes a game's directory with its plan.
func (h home) create(id string, sealed gameday.Sealed, key string) (*folder, error) {
	hash, err := sealed.Hash()
	if err != nil {
		return nil, exit.Undecided("%w", err)
	}
	text, err := json.Marshal(sealed)
	if err != nil {
		return nil, exit.Undecided("%w", err)
	}
	box, err := gameday.Box(key, text)
	if err != nil {
		return nil, exit.Undecided("%w", err)
	}
	f := &folder{dir: filepath.Join(h.dir, id), plan: plan{ID: id, Published: hash, Box: box}}
	if err := os.Mkdir(f.dir, 0o700); err != nil {
		return nil, exit.Usage("--out: %w", err)
	}
	return f, writeJSON(filepath.Join(f.dir, planFile), f.plan)
}

// openFolder reads the plan of a game.
func openFolder(dir string) (*folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	text, err := os.ReadFile(filepath.Join(dir, planFile))
	if err != nil {
		return nil, exit.Usage("%s is no directory of a game: %w", dir, err)
	}
	f := &folder{dir: dir}
	if err := json.Unmarshal(text, &f.plan); err != nil {
		return nil, exit.Usage("%s: %w", planFile, err)
	}
	return f, nil
}

// unseal opens the draw.
func (f *folder) unseal(key string) (s gameday.Sealed, err error) {
	text, err := gameday.Unbox(key, f.plan.Box)
	if err != nil {
		return s, exit.Usage("%s: %w", planFile, err)
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, exit.Undecided("%s: %w", planFile, err)
	}
	return s, nil
}

func writeJSON(path string, value any) error {
	text, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return exit.Undecided("%w", err)
	}
	if err := os.WriteFile(path, append(text, '\n'), 0o600); err != nil {
		return exit.Undecided("%w", err)
	}
	return nil
}

// header is the first line of a journal: the record without what follows.
type header struct {
	Record *gameday.Record `json:"record,omitempty"`
	fixture.Entry
}

// journal keeps what was written down should the game be killed.
type journal struct {
	key string

	mu   sync.Mutex
	file *os.File
	err  error
}

func (f *folder) journal(key string, start gameday.Record) (*journal, error) {
	file, err := os.OpenFile(filepath.Join(f.dir, journalFile), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, exit.Usage("this game was started before: %w", err)
	}
	j := &journal{key: key, file: file}
	j.write(header{Record: &start})
	return j, nil
}

func (j *journal) write(h header) {
	text, err := json.Marshal(h)
	var box string
	if err == nil {
		box, err = gameday.Box(j.key, text)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err == nil {
		_, err = j.file.WriteString(box + "\n")
	}
	if j.err == nil {
		j.err = err
	}
}

func (j *journal) close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return errors.Join(j.err, j.file.Close())
}

// journalLine is the longest line of a journal, in bytes: a record's runbook.
const journalLine = 16 << 20

// recover makes the record of a game that was killed from its journal.
func (f *folder) recover(key string) (r gameday.Record, err error) {
	file, err := os.Open(filepath.Join(f.dir, journalFile))
	if err != nil {
		return r, exit.Usage("the game was not started: %w", err)
	}
	defer func() { _ = file.Close() }() // it was read
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, journalLine)
	for n := 1; lines.Scan(); n++ {
		text, err := gameday.Unbox(key, lines.Text())
		if err != nil {
			if n > 1 {
				break // the last line was being written
			}
			return r, exit.Usage("%s: %w", journalFile, err)
		}
		var h header
		if err := json.Unmarshal(text, &h); err != nil {
			return r, exit.Undecided("%s, line %d: %w", journalFile, n, err)
		}
		switch {
		case h.Record != nil:
			r = *h.Record
			r.Ended = r.Began
		case h.Event != nil:
			r.Events = append(r.Events, *h.Event)
			r.Ended = h.Event.At
		case h.Sample != nil:
			r.Samples = append(r.Samples, *h.Sample)
			r.Ended = h.Sample.At
		}
	}
	if err := lines.Err(); err != nil {
		return r, exit.Undecided("%w", err)
	}
	slices.SortStableFunc(r.Events, func(a, b gameday.Event) int { return a.At.Compare(b.At) })
	return r, nil
}

// load is the record of a game, whatever ended it.
func (f *folder) load(key string) (gameday.Record, error) {
	path := filepath.Join(f.dir, recordFile)
	if _, err := os.Stat(path); err == nil {
		return readRecord(path)
	}
	if key == "" {
		return gameday.Record{}, exit.Usage("the game has no record, as when it was killed: give the facilitator's key with --key")
	}
	return f.recover(key)
}

// save writes the record, after which the journal says nothing more.
func (f *folder) save(r gameday.Record) error {
	if err := writeJSON(filepath.Join(f.dir, recordFile), r); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(f.dir, journalFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return exit.Undecided("%w", fmt.Errorf("journal: %w", err))
	}
	return nil
}
