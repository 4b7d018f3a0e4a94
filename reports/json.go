package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// JSON renders the result as result.json: everything that is known, unescaped
// and in full, durations in nanoseconds. Lists are never null. Bytes that are
// no UTF-8 become U+FFFD, as JSON has no other place for them.
func JSON(r ledger.RunResult) ([]byte, error) {
	r.Results = listed(r.Results)
	for i := range r.Results {
		r.Results[i].Outcomes = listed(r.Results[i].Outcomes)
		r.Results[i].Claims = listed(r.Results[i].Claims)
	}
	r.Ledger = listed(r.Ledger)
	text, err := encode(r)
	if err == nil && bytes.Contains(text, []byte(`\ufffd`)) {
		// A byte that is no UTF-8 is written as an escape, the character that is
		// read back as itself: only the second writing stays the same for ever.
		if err = json.Unmarshal(text, &r); err == nil {
			text, err = encode(r)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", ResultFile, err)
	}
	return text, nil
}

// formatted is a result with the number of its format before all else.
type formatted struct {
	Format int `json:"format"`
	ledger.RunResult
}

func encode(r ledger.RunResult) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(formatted{record.Format, r})
	return b.Bytes(), err
}

// listed is a copy of list that JSON writes as [] where it is empty.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return slices.Clone(list)
}

// Parse reads what [JSON] wrote. A document without a run id is no result, and one
// of another format is not read at all.
func Parse(text []byte) (ledger.RunResult, error) {
	var head struct{ Format int }
	if err := json.Unmarshal(text, &head); err != nil {
		return ledger.RunResult{}, fmt.Errorf("%s: %w", ResultFile, err)
	}
	if err := record.Readable(ResultFile, head.Format); err != nil {
		return ledger.RunResult{}, err
	}
	var r ledger.RunResult
	if err := json.Unmarshal(text, &r); err != nil {
		return ledger.RunResult{}, fmt.Errorf("%s: %w", ResultFile, err)
	}
	if r.ID == "" {
		return ledger.RunResult{}, fmt.Errorf("%s: %w", ResultFile, errors.New("no run id: not a result of runproof"))
	}
	return r, nil
}
