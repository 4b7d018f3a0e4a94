package scenarios

import (
	"testing"
	"time"
)

func TestChecksOfTheCache(t *testing.T) {
	value := CacheEntry{Key: "event:1", Type: "string", TTL: time.Minute, Value: `{"name":"Concert"}`}
	forever := CacheEntry{Key: "event:2", Type: "string", TTL: -1, Value: "-"}
	some := Observation{Cached: []CacheEntry{value}}
	blind := Observation{Err: "i/o timeout", Class: ClassOther}
	for _, c := range []struct {
		e    Expectation
		o    Observation
		want bool
	}{
		{Cache("event:*").HasKeys(), some, true},
		{Cache("event:*").HasKeys(), Observation{}, false},
		{Cache("event:*").HasNoKeys(), Observation{}, true},
		{Cache("event:*").HasNoKeys(), some, false},
		{Cache("event:*").HasNoKeys(), blind, false}, // who cannot look sees no emptiness
		{Cache("event:*").Contains("Concert"), some, true},
		{Cache("event:*").Contains("Recital"), some, false},
		{Cache("event:*").Lacks("Recital"), some, true},
		{Cache("event:*").Lacks("Concert"), some, false},
		{Cache("event:*").Lacks("Concert"), blind, false},
		{Cache("event:*").EndingWithin(2 * time.Minute), some, true},
		{Cache("event:*").EndingWithin(time.Second), some, false},
		{Cache("event:*").EndingWithin(time.Hour), Observation{Cached: []CacheEntry{value, forever}}, false},
		{Cache("event:*").EndingWithin(time.Hour), Observation{}, false},
	} {
		if got, _ := c.e.Spec().Holds(c.o); got != c.want {
			t.Errorf("%s on %s: %v, want %v", c.e, c.o, got, c.want)
		}
	}
}
