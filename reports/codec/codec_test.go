package codec

import (
	"testing"
	"time"
)

type sample struct {
	Took  time.Duration   `json:"took"`
	None  time.Duration   `json:"none,omitempty"`
	Calls []time.Duration `json:"calls"`
	Maybe *time.Duration  `json:"maybe,omitempty"`
	Text  string          `json:"text"`
}

func TestDurationsAreSecondsAndExact(t *testing.T) {
	day := 24*time.Hour + time.Nanosecond
	want := sample{Took: 3213123001, Calls: []time.Duration{1, -time.Second, 0, 1500 * time.Millisecond}, Maybe: &day, Text: "<&> \xff"}
	text, err := Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(text); got != `{"took":3.213123001,"calls":[1e-9,-1,0,1.5],"maybe":86400.000000001,"text":"<&> `+"\ufffd"+`"}` && got != `{"took":3.213123001,"calls":[1e-9,-1,0,1.5],"maybe":86400.000000001,"text":"<&> \ufffd"}` {
		t.Error(got)
	}
	var back sample
	if err := Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if back.Took != want.Took || *back.Maybe != day || back.Calls[0] != 1 || back.Calls[3] != want.Calls[3] {
		t.Errorf("%+v", back)
	}
	for _, text := range []string{`{"took":"3s"}`, `{"took":null}`, `{"took":3213123001}`, `{"took":-1e300}`} {
		if err := Unmarshal([]byte(text), &back); err == nil {
			t.Errorf("%s is taken for seconds", text)
		}
	}
}
