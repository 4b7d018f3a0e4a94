package bundle

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/fixtures/redact"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// fill puts a text into every string that v has, one element into every list and
// map, and a number into the rest.
func fill(v reflect.Value, text string, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), text, depth)
	case reflect.Slice:
		if depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), text, depth-1)
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, text, depth)
		fill(value, text, depth)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(1, 0).UTC()))
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), text, depth)
			}
		}
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Bool:
		v.SetBool(true)
	}
}

// TestAHostileTargetLeavesNoSecretAndNothingThatExecutes: whatever it sends, in every
// field that it can send. By hand: let Keep write what JSON has made, or Write the
// result as it is.
func TestAHostileTargetLeavesNoSecretAndNothingThatExecutes(t *testing.T) {
	handedOut := redact.New()
	secrets := []string{handedOut, "hunter2hunter2", "s3cr3tb34r3r", "c00kie-value", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0", "MIIEowIBAAKCAQEA"}
	text := "<script>alert(1)</script>\x1b[2J\x1b]0;title\a\xff\xfe\u202e " + handedOut + " postgres://event:hunter2hunter2@db:5432/events " +
		"Authorization: Bearer s3cr3tb34r3r\nSet-Cookie: sid=c00kie-value\n{\"password\":\"hunter2hunter2\"} " +
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln -----BEGIN PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END PRIVATE KEY-----"
	b, err := Create(t.TempDir(), "run", nil)
	if err != nil {
		t.Fatal(err)
	}
	keeper, done, err := b.Sink(scenarios.Scenario{}, record.Playing{Scenario: "s"}, scenarios.Verify)
	if err != nil {
		t.Fatal(err)
	}
	var e record.Event
	fill(reflect.ValueOf(&e).Elem(), text, 4)
	e.Observation.Header = map[string]string{"Set-Cookie": "c00kie-value", "Authorization": "hunter2hunter2"}
	kept := keeper.Keep(e)
	long := e
	long.Observation = &scenarios.Observation{Body: strings.Repeat(text, 1<<20/len(text))} // no more is read of an answer
	keeper.Keep(long)
	if err := done(); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(kept.Observation.Body, "hunter2") {
		t.Error("the judge reads a secret")
	}
	var r ledger.RunResult
	fill(reflect.ValueOf(&r).Elem(), text, 4)
	r.ID, r.Provenance.Runbook.Text = "run", "# A runbook\n"
	if err := b.Write(r); err != nil {
		t.Fatal(err)
	}
	if err := b.WriteText("error.txt", []byte(text)); err != nil {
		t.Fatal(err)
	}
	files := 0
	if err := filepath.WalkDir(b.Dir(), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, secret := range secrets {
			if at := bytes.Index(content, []byte(secret)); at >= 0 {
				t.Errorf("%s has %q: ...%q", filepath.Base(path), secret, content[max(0, at-60):at])
			}
		}
		if ending := filepath.Ext(path); ending == ".html" && bytes.Contains(content, []byte("<script>alert")) || ending != ".txt" && bytes.ContainsAny(content, "\x1b\x07") {
			t.Errorf("%s executes what the target has sent", filepath.Base(path))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if files < 8 {
		t.Errorf("only %d files: an empty look proves nothing", files)
	}
	opened, err := Open(b.Dir())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, err := range opened.Events(record.Playing{Scenario: "s"}) {
		if err != nil {
			t.Error(err)
		}
		n++
	}
	if n != 2 {
		t.Errorf("%d events are read again", n)
	}
}
