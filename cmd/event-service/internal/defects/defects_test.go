package defects

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
)

// The least that there must be, and the least of them that nobody may notice
// while every dependency is well.
const (
	fewest       = 45
	fewestLatent = 30
)

func TestThereAreEnough(t *testing.T) {
	latent, families := 0, map[Family]int{}
	for _, d := range All() {
		families[d.Family]++
		if d.Latent {
			latent++
		}
	}
	if n := len(All()); n < fewest || latent < fewestLatent || len(families) != 16 {
		t.Errorf("%d defects, %d of them latent, %d families", n, latent, len(families))
	}
}

var wellNamed = regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)+$`)

func TestEachIsDescribedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range All() {
		if seen[d.Name] || !wellNamed.MatchString(d.Name) {
			t.Errorf("%s: listed twice, or badly named", d.Name)
		}
		seen[d.Name] = true
		if promises[d.Breaks] == "" {
			t.Errorf("%s breaks %q, which is no promise", d.Name, d.Breaks)
		}
		if !strings.HasSuffix(d.Sees, ".") || strings.Count(d.Sees, "\n") > 0 {
			t.Errorf("%s: %q is not one sentence", d.Name, d.Sees)
		}
	}
}

// A promise that no defect breaks is a list that has been forgotten.
func TestEachPromiseHasASubject(t *testing.T) {
	broken := map[string]bool{}
	for _, d := range All() {
		broken[d.Breaks] = true
	}
	for id := range promises {
		if !broken[id] {
			t.Errorf("nothing breaks %s", id)
		}
	}
}

// A mutant differs from the honest service in the parts that it names, and in
// nothing else.
func TestEachChangesThePartsItNames(t *testing.T) {
	honest := reflect.ValueOf(app.Honest())
	for _, d := range All() {
		mutant := reflect.ValueOf(d.Mutant())
		var changed []string
		for i := range mutant.NumField() {
			if mutant.Field(i).IsNil() {
				t.Errorf("%s leaves %s out", d.Name, mutant.Type().Field(i).Name)
			} else if mutant.Field(i).Pointer() != honest.Field(i).Pointer() {
				changed = append(changed, mutant.Type().Field(i).Name)
			}
		}
		slices.Sort(changed)
		named := slices.Sorted(slices.Values(d.Parts))
		if len(named) == 0 || !slices.Equal(changed, named) {
			t.Errorf("%s changes %v and names %v", d.Name, changed, named)
		}
	}
}

func TestTheListForPrograms(t *testing.T) {
	var out, errs bytes.Buffer
	if code := Main([]string{"defects", "--output", "json"}, nothing, &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	var listed []Defect
	if err := json.Unmarshal(out.Bytes(), &listed); err != nil {
		t.Fatal(err)
	}
	if len(listed) != len(All()) || listed[0].Name != All()[0].Name || listed[0].Family != health {
		t.Errorf("%d listed, the first is %+v", len(listed), listed[0])
	}
}

func TestTheListForPeople(t *testing.T) {
	var out bytes.Buffer
	if code := Main([]string{"defects"}, nothing, &out, io.Discard); code != 0 {
		t.Fatalf("exit %d", code)
	}
	for _, d := range All() {
		if strings.Count(out.String(), " "+d.Name+" ") != 1 || !strings.Contains(out.String(), d.Sees) {
			t.Errorf("%s is not in the table, or more than once", d.Name)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{
		{"--defect"}, {"--defect", "no-such-thing", "version"}, {"--defect="}, {"defects", "all"},
		{"defects", "--output", "xml"}, {"defects", "--output", "json", "more"}, {"serv"},
	} {
		var errs bytes.Buffer
		if code := Main(args, nothing, io.Discard, &errs); code != 2 || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("%q: exit %d, %q", args, code, errs.String())
		}
	}
	var out bytes.Buffer
	if code := Main([]string{"--defect", "breaker-never-opens", "version"}, nothing, &out, io.Discard); code != 0 || out.String() != "event-service 1.0.0\n" {
		t.Errorf("exit %d, %q", code, out.String())
	}
	out.Reset()
	if code := Main([]string{"help"}, nothing, &out, io.Discard); code != 0 || !strings.Contains(out.String(), "--defect NAME") {
		t.Errorf("exit %d, %q", code, out.String())
	}
}

func nothing(string) string { return "" }
