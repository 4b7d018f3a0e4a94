package scenarios

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// Every builder of the vocabulary, those to come as well, is called twice with
// different words: the second call must keep what the first has said, or Validate
// must reject the expectation. Seen red for fourteen of them while each only set
// its field: Contains, Lacks, By, Times, As, Of, Sending, ...
func TestNoSettingIsWrittenTwice(t *testing.T) {
	for kind := range probes {
		e := Expectation{Probe: Probe{Kind: kind, Method: "POST", Path: "/api/v1/events"}}
		typ := reflect.TypeOf(e)
		for i := range typ.NumMethod() {
			method := typ.Method(i)
			if method.Type.NumOut() != 1 || method.Type.Out(0) != typ {
				continue
			}
			once := called(e, method, 1)
			twice := called(once, method, 2)
			if len(once.mistakes) > 0 || len(twice.mistakes) > 0 {
				continue // rejected for the kind, or for the second call
			}
			if lost := loses(once, twice); lost != "" {
				t.Errorf("%s of a probe %q: the second call takes %s from the first, and nobody is told", method.Name, kind, lost)
			}
		}
	}
}

// A check of one kind of probe means nothing on another: such an expectation
// holds never, or always. Seen red: Log().Answers(200) was valid.
func TestEachCheckHasItsKindOfProbe(t *testing.T) {
	for _, e := range []Expectation{
		Log().Answers(200),
		Log().FasterThan(time.Second),
		Log().As(Anonymous).Contains("x"),
		Log().Contains("x").AtOnce(),
		GET("/api/v1/events").Contains("x"),
		GET("/api/v1/events").Silent(),
		GET("/api/v1/events").HasNoKeys(),
		GET("/api/v1/events").Answers(200).Sending(`{}`),
		GET("/health/ready").As(Anonymous).Answers(200),
		Isolation().Silent().Answers(200),
		Isolation().Silent().Leaks(),
		Process().Answers(200),
		Cache("*").Showing("status", "UP"),
		Audit().Silent(),
		Log().Contains("x").Lacks("y"),
		Log().Mentions("x").Lacks("y"),
		GET("/api/v1/events").Answers(200).Answers(404),
		GET("/api/v1/events").Answers(200).Saying("x").Saying("x"),
		GET("/api/v1/events").and(Check{Name: "of nobody knows what", Holds: func(Observation) bool { return true }}),
	} {
		if err := e.Validate(); err == nil {
			t.Errorf("%q is valid", e)
		}
	}
}

// What is written of one line is looked for in one line.
func TestContainsAndMentionsAreOfOneLine(t *testing.T) {
	e := Log().Contains("Setting tenant").Mentions("request_id")
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

var probes = map[ProbeKind]bool{
	ProbeHTTP: true, ProbeLog: true, ProbeIsolation: true, ProbeAudit: true, ProbeCache: true, ProbeCalls: true,
	ProbeCommand: true, ProbeHits: true, ProbeProcess: true,
}

// called calls a builder with words made of a number.
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
func loses(first, second Expectation) string {
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
