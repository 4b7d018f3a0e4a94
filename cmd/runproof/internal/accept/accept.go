// Package accept reads the file of known deviations that are accepted for a while.
package accept

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/scenarios/ledger"
)

// Read reads a file of accepted deviations; none of the empty path. What is wrong
// in it is wrong usage.
func Read(path string) ([]ledger.Deviation, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, exit.Usage("--accept: %w", err)
	}
	list, err := parse(text)
	if err != nil {
		return nil, exit.Usage("--accept %s: %w", path, err)
	}
	return list, nil
}

func parse(text []byte) ([]ledger.Deviation, error) {
	var file struct {
		Accepted []ledger.Deviation `yaml:"accepted"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("it is empty; an entry of \"accepted\" names a claim, or a scenario and an expectation, with a reason and until")
		}
		return nil, err
	}
	for i, d := range file.Accepted {
		if err := valid(d); err != nil {
			return nil, fmt.Errorf("entry %d: %w", i+1, err)
		}
	}
	return file.Accepted, nil
}

// valid says what is wrong with an entry.
func valid(d ledger.Deviation) error {
	_, dateErr := time.Parse(time.DateOnly, d.Until)
	switch {
	case !meansOneThing(d):
		return errors.New("it must name a claim, or a scenario and its expectation, or a scenario and its time, or a route; and one of them")
	case d.Time != "" && !slices.Contains(compare.TimeNames(), d.Time):
		return fmt.Errorf("time %q is not one of %s", d.Time, strings.Join(compare.TimeNames(), ", "))
	case strings.TrimSpace(d.Reason) == "":
		return fmt.Errorf("%s: no reason is given", d.Subject())
	case dateErr != nil:
		return fmt.Errorf("%s: until %q is not a date such as 2030-12-31", d.Subject(), d.Until)
	}
	return nil
}

func meansOneThing(d ledger.Deviation) bool {
	d.Reason, d.Until = "", ""
	return d.Claim != "" && d == ledger.Deviation{Claim: d.Claim} ||
		d.Route != "" && d == ledger.Deviation{Route: d.Route} ||
		d.Scenario != "" && d.Expectation != "" && d == ledger.Deviation{Scenario: d.Scenario, Expectation: d.Expectation} ||
		d.Scenario != "" && d.Time != "" && d == ledger.Deviation{Scenario: d.Scenario, Time: d.Time}
}
