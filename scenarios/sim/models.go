package sim

import (
	"fmt"
	"slices"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
)

// Models reports whether the model knows what the service does in a scenario,
// and if not, why. Such a scenario is played on real parts alone.
func Models(s scenarios.Scenario) (bool, string) {
	for _, stage := range s.Stages() {
		if !modelsFault(stage.Fault) {
			return false, fmt.Sprintf("the model does not know what follows when %s", stage.Fault)
		}
	}
	for _, e := range s.Expectations() {
		if !modelsProbe(e.Probe) {
			return false, fmt.Sprintf("the model does not know how %s is answered", e.Probe.Key())
		}
	}
	return true, ""
}

func modelsFault(f fault.Fault) bool {
	switch {
	case f.Kind == fault.FaultRLSDisabled, f == fault.Refuse(fault.Postgres), f == fault.BlackHole(fault.Venue):
		return true
	}
	late := f.Kind == fault.FaultLatency || f.Kind == fault.FaultReadsLate
	return late && f.On == fault.Postgres
}

func modelsProbe(p scenarios.Probe) bool {
	if p.Kind != scenarios.ProbeHTTP {
		return slices.Contains([]scenarios.ProbeKind{scenarios.ProbeLog, scenarios.ProbeIsolation, scenarios.ProbeAudit}, p.Kind)
	}
	plain := p.As == scenarios.TheTenant && p.Raw == "" && p.Of == "" && p.IfMatch == "" && p.IdempotencyKey == ""
	return plain && slices.Contains([]string{
		"GET /health/live", "GET /health/ready", "GET /api/v1/events", "POST /api/v1/events",
	}, p.Method+" "+p.Path)
}
