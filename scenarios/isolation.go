package scenarios

// ProbeIsolation asks as each of two tenants for what belongs to the other.
const ProbeIsolation ProbeKind = "isolation"

// IsolationExpectation is of what two tenants are shown of each other.
type IsolationExpectation struct {
	builder[IsolationExpectation]
}

func ofIsolation(e ExpectationSpec) IsolationExpectation {
	return IsolationExpectation{builder[IsolationExpectation]{e, ofIsolation}}
}

// Isolation asks as each of two tenants for its own canary row and for the other's.
func Isolation() IsolationExpectation {
	return ofIsolation(ExpectationSpec{Probe: Probe{Kind: ProbeIsolation}})
}

// Silent asks that each tenant sees its own canary row and no other tenant's.
func (i IsolationExpectation) Silent() IsolationExpectation { return i.check(silent()) }

func silent() Check { return Check{Kind: "silent"} }

func (Check) silentHolds(o Observation) bool { return o.Own && len(o.Foreign()) == 0 }

// Leaks asks that a tenant is shown another's data. A service may contain such a
// leak by other means, so that it is not seen is no failure: the claim then stays
// untested.
func (i IsolationExpectation) Leaks() IsolationExpectation {
	i.spec.Contained = true
	return i.check(Check{Kind: "leaks"})
}

func (Check) leaksHolds(o Observation) bool { return len(o.Foreign()) > 0 }

const theWatch = "what the watch shows"
