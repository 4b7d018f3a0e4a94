package file

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/symptoms"
)

var update = flag.Bool("update", false, "write the schemas")

type object = map[string]any

// durationPattern is that of a duration.
const durationPattern = `^(0|-?([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+)$`

var (
	aText     = object{"type": "string"}
	aNumber   = object{"type": "integer"}
	aDuration = object{"anyOf": []any{object{"type": "string", "pattern": durationPattern}, object{"const": 0}}}
	yes       = object{"const": true}
)

func oneOrList(of object) object {
	return object{"anyOf": []any{of, object{"type": "array", "items": of, "minItems": 1}}}
}

func mappingOf(properties object, required ...string) object {
	o := object{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		o["required"] = required
	}
	return o
}

func listOf(of object) object { return object{"type": "array", "items": of} }

func ref(name string) object { return object{"$ref": "#/$defs/" + name} }

func enum[V any](m map[string]V) object { return object{"enum": namesOf(m)} }

func ofType(t reflect.Type) object {
	switch t {
	case reflect.TypeFor[string]():
		return aText
	case reflect.TypeFor[int]():
		return aNumber
	case reflect.TypeFor[time.Duration]():
		return aDuration
	case reflect.TypeFor[[]int]():
		return oneOrList(aNumber)
	}
	return object{"type": []string{"string", "number", "boolean"}}
}

func (w word) schema() object {
	switch w.shape {
	case yesShape:
		return yes
	case textShape, textsShape:
		return oneOrList(aText)
	case numberShape:
		return aNumber
	case numbersShape:
		return oneOrList(aNumber)
	case durationShape:
		return aDuration
	case callerShape:
		return enum(callers)
	case fieldsShape:
		return object{"type": "object", "additionalProperties": ofType(w.method.Type.In(2)), "minProperties": 1}
	}
	properties, required := object{}, []string{}
	for i, name := range w.names {
		properties[name] = ofType(w.method.Type.In(i + 1))
		if !slices.Contains(optional, name) {
			required = append(required, name)
		}
	}
	return mappingOf(properties, required...)
}

// wordsName is what the words of a kind are called among the definitions: kinds of one
// type share them.
func wordsName(e scenarios.Expectation) string { return "wordsOf" + reflect.TypeOf(e).Name() }

// strict is what has the properties of another and those given, and no others.
func strict(of object, properties object) object {
	of["properties"], of["unevaluatedProperties"] = properties, false
	return of
}

func expectationSchemas(defs object) {
	var each []any
	for _, k := range kinds {
		e := k.of("")
		said := object{}
		for name, w := range words(e) {
			said[name] = w.schema()
		}
		defs[wordsName(e)] = object{"properties": said}
		own := object{k.key: aText, andKey: oneOrList(strict(ref(wordsName(e)), object{}))}
		switch {
		case k.key == probeKey:
			own[k.key] = object{"const": k.name}
		case k.name == "calls":
			own[k.key] = enum(dependencies)
		case k.name == "POST" || k.name == "PUT":
			own[bodyKey] = aText
		}
		one := strict(ref(wordsName(e)), own)
		one["type"], one["required"] = "object", []string{k.key}
		each = append(each, one)
	}
	defs["expectation"] = object{"oneOf": each}
}

func faultSchema() object {
	var plain []string
	var each []any
	for _, w := range faultWords {
		properties, required := object{}, []string{}
		for _, a := range w.arguments {
			properties[a.name] = map[argumentOf]object{
				onDependency: enum(dependencies), delay: aDuration, jitter: aDuration, amount: aNumber, detail: aText, variables: oneOrList(aText),
			}[a.of]
			if a.of != jitter {
				required = append(required, a.name)
			}
		}
		switch a := w.single(); {
		case a != nil:
			each = append(each, mappingOf(object{w.name: properties[a.name]}, w.name))
		case len(w.arguments) == 0:
			plain = append(plain, w.name)
		default:
			each = append(each, mappingOf(object{w.name: mappingOf(properties, required...)}, w.name))
		}
	}
	return object{"oneOf": append([]any{object{"enum": plain}}, each...)}
}

func scenariosSchema() object {
	var remedies []any
	for _, w := range remedyWords {
		value := aText
		switch w.argument {
		case replicasKey:
			value = mappingOf(object{claimKey: aText, replicasKey: aNumber}, claimKey, replicasKey)
		case commandKey:
			value = mappingOf(object{claimKey: aText, commandKey: aText}, claimKey, commandKey)
		}
		remedies = append(remedies, mappingOf(object{w.name: value}, w.name))
	}
	expectations := listOf(ref("expectation"))
	scenario := mappingOf(object{
		"id": object{"type": "string", "pattern": `^[a-z][a-z0-9]*(-[a-z0-9]+)*$`}, "title": aText, "section": aText,
		"severity": object{"enum": severities}, "budget": aDuration, "also": oneOrList(object{"enum": properties}),
		"load": mappingOf(object{"rate": aNumber, "readsOnly": yes, "createsOnly": yes}),
		"pods": aNumber, "repeat": aNumber, "steady": expectations, "always": expectations, "fault": ref("fault"), "during": expectations,
		"escalates": oneOrList(mappingOf(object{"fault": ref("fault"), "during": expectations}, "fault", "during")),
		"diagnosis": oneOrList(mappingOf(object{"claim": aText, "command": aText, "shows": oneOrList(aText), "showsUnderFault": oneOrList(aText), "ofAnotherFault": yes}, "claim", "command")),
		"remedy":    oneOrList(object{"oneOf": remedies}), "after": expectations,
	}, "id", "title", "section", "severity", "budget", "steady")
	root := mappingOf(object{"format": object{"const": format}, "scenarios": object{"type": "array", "minItems": 1, "items": scenario}}, "scenarios")
	root["$schema"], root["title"] = "https://json-schema.org/draft/2020-12/schema", "scenarios that runproof verify --scenarios reads"
	defs := object{"fault": faultSchema()}
	expectationSchemas(defs)
	root["$defs"] = defs
	return root
}

func claimsSchema() object {
	claim := mappingOf(object{
		"id": object{"type": "string", "pattern": claimID.String()}, "section": aText, "text": object{"type": "string", "minLength": 1},
		"facts": oneOrList(aText), "words": oneOrList(aText), "command": oneOrList(aText),
		"field": mappingOf(object{"key": aText, "value": aText}, "key"), "untestable": aText,
		"counterExamples": oneOrList(mappingOf(object{"world": aText, "scenario": aText, "phase": object{"enum": phases}, "stage": aNumber, "expectation": aText},
			"world", "scenario", "phase", "expectation")),
	}, "id", "section", "text")
	root := mappingOf(object{"format": object{"const": format}, "subject": aText, "claims": object{"type": "array", "minItems": 1, "items": claim}}, "claims")
	root["$schema"], root["title"] = "https://json-schema.org/draft/2020-12/schema", "claims that runproof verify --claims reads"
	return root
}

// schemas are the documents that have one.
var schemas = map[string]func() object{"scenarios": scenariosSchema, "claims": claimsSchema}

// TestTheSchemasAreOfTheVocabulary: by hand, add a word to a kind of expectation.
func TestTheSchemasAreOfTheVocabulary(t *testing.T) {
	for name, schema := range schemas {
		want, err := json.MarshalIndent(schema(), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, '\n')
		path := filepath.Join("schema", name+".schema.json")
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if is, err := os.ReadFile(path); err != nil || !bytes.Equal(is, want) {
			t.Errorf("%s is stale: go test ./scenarios/runbook/file -update: %v", path, err)
		}
	}
}

// valid holds a YAML text against a schema of the repository.
func valid(t *testing.T, name string, text []byte) error {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join("schema", name+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var document any
	if err := yaml.Unmarshal(text, &document); err != nil {
		return err
	}
	plain, err := json.Marshal(document)
	if err != nil {
		return err
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(plain))
	if err != nil {
		return err
	}
	return schema.Validate(instance)
}

// TestOursAreValid: what is written fits the schemas. By hand: leave out a property.
func TestOursAreValid(t *testing.T) {
	text, err := WriteScenarios(symptoms.All(), Notes{})
	if err != nil {
		t.Fatal(err)
	}
	if err := valid(t, "scenarios", text); err != nil {
		t.Error(err)
	}
	if err := valid(t, "scenarios", bytes.Replace(text, []byte("answers: 503"), []byte("answer: 503"), 1)); err == nil {
		t.Error("a misspelled word is valid")
	}
}

// TestTheTablesAreWhole: each name of the vocabulary that a file may say is in a table,
// and each fault is written as it was made. By hand: leave out a line.
func TestTheTablesAreWhole(t *testing.T) {
	named := map[string][]string{"Dependency": nil, "Caller": nil, "Property": nil}
	faults := []string{}
	declared(t, filepath.Join("..", ".."), named, &faults)
	declared(t, filepath.Join("..", "..", "fault"), named, &faults)
	for kind, table := range map[string]int{"Dependency": len(dependencies), "Caller": len(callers), "Property": len(properties)} {
		if len(named[kind]) != table || table == 0 {
			t.Errorf("%d constants of %s, %d in the table: %v", len(named[kind]), kind, table, named[kind])
		}
	}
	if len(faults) != len(faultWords) {
		t.Errorf("%d constructors of faults, %d words", len(faults), len(faultWords))
	}
	for _, name := range faults {
		if !slices.ContainsFunc(faultWords, func(w faultWord) bool { return w.name == name }) {
			t.Errorf("no word for the fault %s", name)
		}
	}
	for kind := range checkWords {
		if !kindNamed(kind).Known() {
			t.Errorf("no check is called %s", kind)
		}
	}
}
