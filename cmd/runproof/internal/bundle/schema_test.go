package bundle

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/reports/codec"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

var update = flag.Bool("update", false, "write the schemas")

// documents are the files of a bundle that have a schema.
var documents = []struct {
	name, title string
	of          reflect.Type
	formatted   bool // the document has the format's number
}{
	{"result", "result.json: a run and what came out of it", reflect.TypeFor[ledger.RunResult](), true},
	{"event", "a line of events.jsonl behind the first", reflect.TypeFor[record.Event](), false},
	{"scenario", "scenario.json: what a playing was to show", reflect.TypeFor[Definition](), false},
}

// schema makes a JSON Schema of a type as the codec writes it.
type schema struct {
	defs  map[string]any
	types map[string]reflect.Type // by name
}

func (s schema) of(t reflect.Type) map[string]any {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	case t == reflect.TypeFor[time.Duration]():
		return map[string]any{"type": "number", "description": "seconds"}
	}
	switch t.Kind() {
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": s.of(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Struct:
		name := t.Name()
		if other, known := s.types[name]; known && other != t {
			panic(fmt.Sprintf("two types are called %s", name))
		}
		s.types[name] = t
		if _, known := s.defs[name]; !known {
			s.defs[name] = nil // of itself, it is known
			s.defs[name] = s.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + name}
	}
	return map[string]any{}
}

func (s schema) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || f.Anonymous || !f.IsExported() {
			continue
		}
		property := s.of(f.Type)
		properties[name] = property
		if strings.HasPrefix(options, "omit") {
			continue
		}
		required = append(required, name)
		if kind := f.Type.Kind(); kind == reflect.Slice || kind == reflect.Map || kind == reflect.Pointer {
			properties[name] = map[string]any{"anyOf": []any{property, map[string]any{"type": "null"}}}
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// schemaFile is where the schema of a document is.
func schemaFile(name string) string { return filepath.Join("schema", name+".schema.json") }

// TestTheSchemasAreOfTheTypes: by hand, add a field to record.Event.
func TestTheSchemasAreOfTheTypes(t *testing.T) {
	for _, d := range documents {
		s := schema{map[string]any{}, map[string]reflect.Type{}}
		s.of(d.of)
		root, ok := s.defs[d.of.Name()].(map[string]any)
		if !ok {
			t.Fatalf("%s is no object", d.name)
		}
		delete(s.defs, d.of.Name())
		if d.formatted {
			root["properties"].(map[string]any)["format"] = map[string]any{"const": record.Format}
			root["required"] = append([]string{"format"}, root["required"].([]string)...)
		}
		root["$schema"], root["$defs"], root["title"] = "https://json-schema.org/draft/2020-12/schema", s.defs, d.title
		want, err := json.MarshalIndent(root, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, '\n')
		if *update {
			if err := os.WriteFile(schemaFile(d.name), want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(schemaFile(d.name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is stale: go test ./cmd/runproof/internal/bundle -update: %v", schemaFile(d.name), err)
		}
	}
}

// valid validates a document, and wants it to break its schema where a name is
// changed: a schema that takes everything is none.
func valid(t *testing.T, name string, text []byte) {
	t.Helper()
	compiled, err := jsonschema.NewCompiler().Compile(schemaFile(name))
	if err != nil {
		t.Fatal(err)
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(instance); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	instance.(map[string]any)["no_such_key"] = fmt.Sprint(1)
	if compiled.Validate(instance) == nil {
		t.Errorf("%s: the schema takes everything", name)
	}
}

func TestWhatABundleHasKeepsItsSchema(t *testing.T) {
	b, err := Create(t.TempDir(), "run", nil)
	if err != nil {
		t.Fatal(err)
	}
	s := scenarios.Scenario{ID: "s", Steady: []scenarios.Expectation{scenarios.GET("/").Answers(200).Proves("a.b.c")}}
	keeper, done, err := b.Sink(s, record.Playing{Scenario: "s"}, scenarios.Verify)
	if err != nil {
		t.Fatal(err)
	}
	var full record.Event
	fill(reflect.ValueOf(&full).Elem(), "text", 4)
	for _, e := range []record.Event{{}, full} {
		line, err := codec.Marshal(keeper.Keep(e))
		if err != nil {
			t.Fatal(err)
		}
		valid(t, "event", line)
	}
	if err := done(); err != nil {
		t.Fatal(err)
	}
	read := func(path ...string) []byte {
		text, err := os.ReadFile(filepath.Join(append([]string{b.Dir()}, path...)...))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	valid(t, "scenario", read(scenariosDir, "s", definitionFile))
	var whole ledger.RunResult
	fill(reflect.ValueOf(&whole).Elem(), "text", 6)
	for _, r := range []ledger.RunResult{{ID: "run"}, whole} {
		if err := b.Write(r); err != nil {
			t.Fatal(err)
		}
		valid(t, "result", read(reports.ResultFile))
	}
}
