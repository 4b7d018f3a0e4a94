// Package claimset finds the claims and scenarios that a command is about: those of this
// repository, or those of a user's files.
package claimset

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"slices"

	"github.com/spf13/pflag"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/file"
)

// Files are the flags that name files of claims and of scenarios; none: those of this
// repository are meant.
type Files struct{ Claims, Scenarios []string }

// AddFlags adds the flags.
func (f *Files) AddFlags(flags *pflag.FlagSet) {
	flags.StringSliceVar(&f.Claims, "claims", nil, "`files` of claims, in place of those of the event-service")
	flags.StringSliceVar(&f.Scenarios, "scenarios", nil, "`files` of scenarios, in place of those of the event-service")
}

// None reports whether no file is named.
func (f Files) None() bool { return len(f.Claims) == 0 && len(f.Scenarios) == 0 }

// Played rejects files of which nothing can be played and judged.
func (f Files) Played(runbook string) error {
	switch {
	case f.None():
		return nil
	case len(f.Scenarios) == 0:
		return exit.Usage("--claims without --scenarios: name the file of scenarios that try the claims")
	case len(f.Claims) == 0:
		return exit.Usage("--scenarios without --claims: name the file of claims that the scenarios try")
	case runbook == "":
		return exit.Usage("--claims and --scenarios without --runbook: name the document that makes the claims")
	}
	return nil
}

// Opened are the claims and scenarios of files, with the files themselves.
type Opened struct {
	runbook.Set
	ClaimFiles, ScenarioFiles []record.Document
}

// Open reads the files; where there are none, the set is that of this repository. What is
// wrong with them is a usage error.
func (f Files) Open() (o Opened, err error) {
	if f.None() {
		return Opened{Set: runbook.Embedded()}, nil
	}
	if o.ClaimFiles, err = documents("--claims", f.Claims); err != nil {
		return o, err
	}
	if o.ScenarioFiles, err = documents("--scenarios", f.Scenarios); err != nil {
		return o, err
	}
	if o.Set, err = read(o.ClaimFiles, o.ScenarioFiles); err != nil {
		return o, exit.Usage("%w", err)
	}
	return o, nil
}

// Statements finds what a document says of each claim: the one at path, or where that is
// empty our own edition, if the claims are ours. Without a document there is none.
func (o Opened) Statements(path string) (map[string]*ledger.Statement, error) {
	if path == "" && len(o.ClaimFiles)+len(o.ScenarioFiles) > 0 {
		return nil, nil
	}
	text, err := runbook.Read(path)
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	all := map[string]*ledger.Statement{}
	for _, e := range o.Entries(o.Bind(text)) {
		if e.Statement != nil && e.Claim.ID != "" {
			all[e.Claim.ID] = e.Statement
		}
	}
	return all, nil
}

func documents(flag string, paths []string) ([]record.Document, error) {
	var list []record.Document
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, exit.Usage("%s: %w", flag, err)
		}
		sum := sha256.Sum256(text)
		list = append(list, record.Document{Name: path, SHA256: hex.EncodeToString(sum[:]), Text: string(text)})
	}
	return list, nil
}

// Recorded are the claims and scenarios of a run, as its bundle has them.
func Recorded(p record.Provenance) (runbook.Set, error) {
	if len(p.Claims) == 0 && len(p.Scenarios) == 0 {
		return runbook.Embedded(), nil
	}
	return read(p.Claims, p.Scenarios)
}

// Stated are the texts of the files that a run is about: its runbook, claims and scenarios.
func Stated(p record.Provenance) [][]byte {
	list := [][]byte{[]byte(p.Runbook.Text)}
	for _, d := range slices.Concat(p.Claims, p.Scenarios) {
		list = append(list, []byte(d.Text))
	}
	return list
}

func read(claims, scenarios []record.Document) (runbook.Set, error) {
	content, err := file.Read(sources(claims), sources(scenarios))
	if err != nil {
		return runbook.Set{}, err
	}
	return runbook.Set{Content: content, OfFiles: true}, nil
}

func sources(list []record.Document) []file.Source {
	var all []file.Source
	for _, d := range list {
		all = append(all, file.Source{Name: d.Name, Text: []byte(d.Text)})
	}
	return all
}
