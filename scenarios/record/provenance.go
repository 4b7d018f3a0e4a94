package record

// Provenance says what a run was made of, so that it can be made again and
// two runs can be compared.
type Provenance struct {
	// Suite is the version of runproof.
	Suite   string     `json:"suite"`
	Target  TargetInfo `json:"target"`
	Runbook Document   `json:"runbook"`
	// Claims and Scenarios are the files that they were read from; none: they are those
	// of the suite itself.
	Claims    []Document `json:"claims,omitempty"`
	Scenarios []Document `json:"scenarios,omitempty"`
	Stack     StackInfo  `json:"stack"`
	// Seed is what every random choice of the run was drawn from.
	Seed    int64       `json:"seed"`
	Machine MachineInfo `json:"machine"`
}

// TargetInfo says which service was tested.
type TargetInfo struct {
	ID      string `json:"id"`
	Version string `json:"version,omitempty"`
	// Digest is the SHA-256 of the binary, or the image's digest.
	Digest string `json:"digest,omitempty"`
}

// Document is a file that a run is about, as the runbook that was on trial.
type Document struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	// Text is the document itself, so that it can be shown with the verdicts.
	Text string `json:"text,omitempty"`
}

// StackInfo says what the service was run beside.
type StackInfo struct {
	Kind     string       `json:"kind"`
	Services []ServerInfo `json:"services,omitempty"`
}

// ServerInfo is one server of the stack.
type ServerInfo struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
	Image   string `json:"image,omitempty"`
	Digest  string `json:"digest,omitempty"`
}

// MachineInfo says where the run was made.
type MachineInfo struct {
	OS     string `json:"os"`
	Arch   string `json:"arch"`
	CPUs   int    `json:"cpus"`
	Kernel string `json:"kernel,omitempty"`
}
