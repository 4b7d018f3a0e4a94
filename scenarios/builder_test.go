package scenarios

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/fault"
)

// oneOfEach is an expectation of each kind, about nothing yet.
var oneOfEach = []Expectation{
	POST("/api/v1/events", ""), Log(), Isolation(), Audit(), Cache("*"), Calls(fault.Venue), Command("true"), Hits(), Process(),
}

// Every word of the vocabulary, those to come as well, is said twice of each kind
// with different arguments: the second must keep what the first has said, or
// Validate must reject the expectation. Seen red for fourteen of them while each
// only set its field: Contains, Lacks, By, Times, As, Of, Sending, ...
func TestNoSettingIsWrittenTwice(t *testing.T) {
	words := 0
	for _, e := range oneOfEach {
		typ := reflect.TypeOf(e)
		for i := range typ.NumMethod() {
			method := typ.Method(i)
			if method.Type.NumOut() != 1 || method.Type.Out(0) != typ {
				continue
			}
			words++
			once := called(e, method, 1)
			twice := called(once, method, 2)
			if len(once.Spec().mistakes) > 0 || len(twice.Spec().mistakes) > 0 {
				continue // rejected for the second call
			}
			if lost := loses(once.Spec(), twice.Spec()); lost != "" {
				t.Errorf("%s of %s: the second call takes %s from the first, and nobody is told", method.Name, typ.Name(), lost)
			}
		}
	}
	if words < 100 {
		t.Errorf("only %d words were said", words)
	}
}

// A check of one kind of probe means nothing on another: such an expectation holds
// never, or always. The compiler refuses it. Seen red: Log().Answers(200) was valid.
func TestEachKindHasItsOwnChecks(t *testing.T) {
	files, source := token.NewFileSet(), importer.ForCompiler(token.NewFileSet(), "source", nil)
	compiles := func(expression string) error {
		text := "package p\nimport . \"github.com/runproof/runproof/scenarios\"\nimport \"github.com/runproof/runproof/scenarios/fault\"\nvar _ fault.Fault\nvar _ Expectation = " + expression
		file, err := parser.ParseFile(files, "p.go", text, 0)
		if err != nil {
			t.Fatal(err)
		}
		_, err = (&types.Config{Importer: source}).Check("p", files, []*ast.File{file}, nil)
		return err
	}
	for _, right := range []string{
		`GET("/").Answers(200).Contains("x").Proves("a")`, `Log().Contains("x").Times(2)`, `Cache("*").Contains("x")`, `Command("true").Contains("x")`,
		`Process().Showing("state", "running")`,
	} {
		if err := compiles(right); err != nil {
			t.Errorf("%s: %v", right, err)
		}
	}
	for _, wrong := range []string{
		`Log().Answers(200)`, `Log().FasterThan(1)`, `Log().As(Anonymous)`, `Log().Contains("x").AtOnce()`,
		`GET("/").Silent()`, `GET("/").HasNoKeys()`, `GET("/").Rise()`, `Isolation().Silent().Answers(200)`, `Process().Answers(200)`,
		`Cache("*").Showing("status", "UP")`, `Audit().Silent()`, `Calls(fault.Venue).Contains("x")`, `Hits().HasKeys()`, `Command("true").Mentions("x")`,
		`Log().By(1).Proves("a").InsteadOf(200)`,
	} {
		if err := compiles(wrong); err == nil || !strings.Contains(err.Error(), "has no field or method") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}

// What no type can tell is rejected at registration.
func TestExpectationsThatContradictThemselves(t *testing.T) {
	for _, e := range []Expectation{
		GET("/api/v1/events").Answers(200).Sending(`{}`),
		GET("/health/ready").As(Anonymous).Answers(200),
		Isolation().Silent().Leaks(),
		Log().Contains("x").Lacks("y"),
		Log().Mentions("x").Lacks("y"),
		GET("/api/v1/events").Answers(200).Answers(404),
		GET("/api/v1/events").Answers(200).Contains("x").Contains("x"),
	} {
		if err := e.Spec().Validate(); err == nil {
			t.Errorf("%q is valid", e)
		}
	}
}

// What is written of one line is looked for in one line.
func TestContainsAndMentionsAreOfOneLine(t *testing.T) {
	e := Log().Contains("Setting tenant").Mentions("request_id").Spec()
	if err := e.Validate(); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]bool{
		`Setting tenant {"Request_ID":1}`: true,
		`Setting tenant {}`:               false,
		`{"request_id":1}`:                false,
		`setting tenant {"request_id":1}`: false,
	} {
		if e.Probe.Matches(line) != want {
			t.Errorf("%q: matches is %t", line, !want)
		}
	}
	if said := e.String(); !strings.Contains(said, "Setting tenant") || !strings.Contains(said, "request_id") {
		t.Errorf("says %q", said)
	}
}

// called says a word with arguments made of a number.
func called(e Expectation, method reflect.Method, n int) Expectation {
	in := []reflect.Value{reflect.ValueOf(e)}
	for i := 1; i < method.Type.NumIn(); i++ {
		typ := method.Type.In(i)
		if method.Type.IsVariadic() && i == method.Type.NumIn()-1 {
			typ = typ.Elem()
		}
		v := reflect.New(typ).Elem()
		switch typ.Kind() {
		case reflect.String:
			v.SetString(fmt.Sprintf("word%d", n))
		case reflect.Interface:
			v.Set(reflect.ValueOf(fmt.Sprintf("word%d", n)))
		default:
			v.SetInt(int64(n))
		}
		in = append(in, v)
	}
	return method.Func.Call(in)[0].Interface().(Expectation)
}

// loses names a field of the first that the second has not kept, whole or as the
// beginning of a longer list.
func loses(first, second ExpectationSpec) string {
	return changedField("", reflect.ValueOf(first), reflect.ValueOf(second))
}

func changedField(name string, a, b reflect.Value) string {
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if gone := changedField(name+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i)); gone != "" {
				return gone
			}
		}
	case reflect.Slice:
		if b.Len() < a.Len() {
			return name
		}
		for i := range a.Len() {
			if gone := changedField(name, a.Index(i), b.Index(i)); gone != "" {
				return gone
			}
		}
	case reflect.Func:
	default:
		if !a.Equal(b) {
			return name
		}
	}
	return ""
}
