package scenarios

import "testing"

// Two words are looked for in one line: apart they tell nothing together.
func TestALogLineMentionsBoth(t *testing.T) {
	both := Log().Mentions("Database").Mentions("timeout").Spec().Probe
	for line, want := range map[string]bool{
		"database TIMEOUT":     true,
		"redis timeout":        false,
		"database unavailable": false,
		"":                     false,
	} {
		if both.Matches(line) != want {
			t.Errorf("%q: matches is %t", line, !want)
		}
	}
	if one := Log().Mentions("timeout").Spec().Probe; !one.Matches("redis Timeout") || one.Key() == both.Key() {
		t.Errorf("one word: %+v, two: %+v", one, both)
	}
}
