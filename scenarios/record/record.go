package record

import (
	"slices"
	"sync"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
)

// EventKind says what an event tells.
type EventKind string

// The kinds of events.
const (
	// EventPhase: a phase begins. Deadlines of its expectations count from here.
	EventPhase EventKind = "phase"
	// EventProof: the stack was proven, or Err says what does not work.
	EventProof EventKind = "proof"
	// EventStart: the service was started and made ready for the scenario, or Err
	// says why not; Target blames it.
	EventStart EventKind = "start"
	// EventObservation: the expectation Of of Phase and Stage looked.
	EventObservation EventKind = "observation"
	// EventWitnessReport: a witness spoke.
	EventWitnessReport EventKind = "witness"
	// EventInject: a fault was put in force, which Took some time and was over At, or
	// Err says why not.
	EventInject EventKind = "inject"
	// EventHeal: a fault was lifted, which began At and Took some time, or Err says why not.
	EventHeal EventKind = "heal"
	// EventAnswer: the diagnosis step Of was executed, or Err says why it could not be.
	EventAnswer EventKind = "answer"
	// EventLoad: a load begins, of requests of these Kinds.
	EventLoad EventKind = "load"
	// EventHit: a request of the load is over.
	EventHit EventKind = "hit"
	// EventReach: the dependencies were asked by the service's way; Reached
	// says of each what was wrong, or nothing.
	EventReach EventKind = "reach"
	// EventRemedy: the remedy Of was done, which Took some time, or Err says why not;
	// Executions are those of a command.
	EventRemedy EventKind = "remedy"
	// EventStall: Text, which no fault can reach, kept us waiting for too long: it
	// Took that time, and was over At.
	EventStall EventKind = "stall"
	// EventUnsupported: Err says what is lacking; it is of [OfStack] where another kind of
	// stack can stage the scenario.
	EventUnsupported EventKind = "unsupported"
	// EventUnready: Err says why the scenario could not be made ready, and the
	// service is not why. Lack of time may be.
	EventUnready EventKind = "unready"
	// EventDeviation says that an expectation (Of) is not met while nothing is broken, or
	// met already, by a service that is well by its own profile.
	EventDeviation EventKind = "deviation"
	// EventTruncated is the last line of a file that would be too long: Text says what it
	// lacks. It is never in a recording.
	EventTruncated EventKind = "truncated"
	// EventEnded: something under the world has ended by nobody's doing of ours, as
	// Err says. What was seen from about then on says nothing of the service.
	EventEnded EventKind = "ended"
	// EventBroken: Err says how the harness failed.
	EventBroken EventKind = "broken"
)

// OfStack is what an EventUnsupported is of where the kind of stack is why.
const OfStack = "stack"

// Event is one line of a recording: plain data, written before it is judged.
type Event struct {
	At    time.Time       `json:"at"`
	Kind  EventKind       `json:"kind"`
	Phase scenarios.Phase `json:"phase,omitempty"`
	// Stage counts the faults of the scenario from zero.
	Stage int `json:"stage,omitempty"`
	// Of is the id of what the event is of: of an expectation or a property, a
	// diagnosis step, a remedy.
	Of            string                 `json:"of,omitempty"`
	Observation   *scenarios.Observation `json:"observation,omitempty"`
	WitnessReport *WitnessReport         `json:"witness,omitempty"`
	Hit           *Hit                   `json:"hit,omitempty"`
	Took          time.Duration          `json:"took,omitempty"`
	// Kinds are those of the load's requests.
	Kinds []string `json:"kinds,omitempty"`
	// Reached is what each dependency said, empty for one that works.
	Reached map[fault.Dependency]string `json:"reached,omitempty"`
	// Executions are those of a diagnosis step or of a remedy, one for each role.
	Executions []scenarios.Execution `json:"executions,omitempty"`
	Text       string                `json:"text,omitempty"`
	Err        string                `json:"err,omitempty"`
	Target     bool                  `json:"target,omitempty"`
}

// Recorder takes events as they happen. It is called from many goroutines.
type Recorder interface{ Record(Event) }

// Keeper keeps events where a later version can read them. What Keep returns is
// the event as it will be read: judged now or from disk, it is the same.
type Keeper interface{ Keep(Event) Event }

// Recording keeps events in memory, in the order in which they were recorded. Its
// zero value is ready; it may not be copied.
type Recording struct {
	// Next, where set, gets every event first; the recording has what that keeps.
	Next Keeper

	mu     sync.Mutex
	events []Event
}

// Record implements Recorder.
func (r *Recording) Record(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Next != nil {
		e = r.Next.Keep(e)
	}
	r.events = append(r.events, e)
}

// Events returns a copy of what was recorded so far.
func (r *Recording) Events() []Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.events)
}
