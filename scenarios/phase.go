package scenarios

// Phase is a part of a scenario's course.
type Phase string

// The phases, in their order.
const (
	PhaseProve  Phase = "prove"
	PhaseStart  Phase = "start"
	PhaseSteady Phase = "steady"
	PhaseBefore Phase = "before"
	PhaseDuring Phase = "during"
	PhaseHeal   Phase = "heal"
	PhaseAfter  Phase = "after"
	// PhaseAudit holds the writes against the database, once nothing is under way.
	PhaseAudit Phase = "audit"
	// PhaseAlways runs beside the others.
	PhaseAlways Phase = "always"
	// PhaseProperty checks the properties that hold of every service, after the last
	// recovery as stage 1, and before the first fault as stage 0 what they compare with.
	PhaseProperty Phase = "property"
	// PhaseRemedy does what the runbook prescribes, PhaseRemedied looks again
	// at what must hold afterwards.
	PhaseRemedy   Phase = "remedy"
	PhaseRemedied Phase = "remedied"
	// PhaseArm is the end of an arm in which the fault was to stay.
	PhaseArm Phase = "arm"
	PhaseEnd Phase = "end"
)
