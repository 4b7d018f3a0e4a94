package scenarios

// ProbeHits reads a path twice, and how far Redis' own count of hits went up
// meanwhile ("High Latency", step 4). The count is the server's, so that the
// lane of a scenario that looks at it has a Redis of its own.
const ProbeHits ProbeKind = "hits"

// HitsExpectation is of Redis' count of hits.
type HitsExpectation struct{ afterReading[HitsExpectation] }

func ofHits(e ExpectationSpec) HitsExpectation {
	return HitsExpectation{afterReading[HitsExpectation]{builder[HitsExpectation]{e, ofHits}}}
}

// Hits looks at Redis' count of hits. Name what is read with AfterReading.
func Hits() HitsExpectation { return ofHits(ExpectationSpec{Probe: Probe{Kind: ProbeHits}}) }

// Rise asks that reading the same again is a hit.
func (h HitsExpectation) Rise() HitsExpectation {
	return h.check(Check{Kind: "hitsRise"})
}

func (Check) hitsRiseHolds(o Observation) bool { return o.Err == "" && o.Status == 200 && o.Hits > 0 }

// CountsHits reports whether the scenario looks at Redis' count of hits.
func (s Scenario) CountsHits() bool {
	for _, e := range s.Expectations() {
		if e.Probe.Kind == ProbeHits {
			return true
		}
	}
	return false
}
