package scenarios

// Basis says on whose word a check stands.
type Basis string

const (
	// Documented checks stand in the runbook. Only they decide a claim.
	Documented Basis = "documented"
	// Implied checks follow from the runbook. They decide a run. It is the default.
	Implied Basis = "implied"
	// Contract checks stand in the OpenAPI document. They decide a run.
	Contract Basis = "contract"
	// Inferred checks are good practice: advice, deciding only under strict judging.
	Inferred Basis = "inferred"
)
