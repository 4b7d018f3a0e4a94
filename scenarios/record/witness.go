package record

import (
	"github.com/runproof/runproof/scenarios"
)

// Presence is what a witness reports. The zero value is no report.
type Presence string

// What a witness can report.
const (
	Unknown  Presence = ""
	Active   Presence = "present"
	Inactive Presence = "absent"
)

// WitnessReport is what a witness saw.
type WitnessReport struct {
	Presence Presence `json:"presence"`
	// Old and New say what a connection opened before the injection and a new
	// one showed.
	Old string `json:"old,omitempty"`
	New string `json:"new,omitempty"`
}

// String gives both halves of the evidence.
func (t WitnessReport) String() string {
	s := string(t.Presence)
	if t.Presence == Unknown {
		s = "unclear"
	}
	if t.Old != "" {
		s += "; open connection: " + scenarios.Shorten(t.Old)
	}
	if t.New != "" {
		s += "; new connection: " + scenarios.Shorten(t.New)
	}
	return s
}
