package sim

// Mutation names the one thing that is wrong in a world.
type Mutation string

// Honest is a world in which nothing is wrong.
const Honest Mutation = ""

// Worlds with a broken service. Each breaks one mechanism, and every one of
// them must be Failed by some scenario.
const (
	RefusedIs500            Mutation = "refused-is-500"
	BlamesTheVenue          Mutation = "blames-the-venue"
	HangsWhenRefused        Mutation = "hangs-when-refused"
	UnexpectedWrite         Mutation = "unexpected-write"
	ReadyLies               Mutation = "ready-lies"
	LivenessQueriesDatabase Mutation = "liveness-queries-database"
	NeverReconnects         Mutation = "never-reconnects"
	LogsNothing             Mutation = "logs-nothing"
	ReadsFromMemory         Mutation = "reads-from-memory"
	NoDeadline              Mutation = "no-deadline"
	TimeoutIs500            Mutation = "timeout-is-500"
	VenueFailureIs500       Mutation = "venue-failure-is-500"
	BreakerNeverOpens       Mutation = "breaker-never-opens"
	BreakerWaits5s          Mutation = "breaker-waits-5s"
	BreakerNeverHalfOpens   Mutation = "breaker-never-half-opens"
	BreakerHidden           Mutation = "breaker-hidden"
	BreaksContract          Mutation = "breaks-contract"
	LeaksUnderLoad          Mutation = "leaks-under-load"
	InternalNowAndThen      Mutation = "internal-now-and-then"
	DeniesNowAndThen        Mutation = "denies-now-and-then"
	OutdatedNowAndThen      Mutation = "outdated-now-and-then"
	RecoversByHalf          Mutation = "recovers-by-half"
	StoresRefused           Mutation = "stores-refused"
	LeaksAlways             Mutation = "leaks-always"
	NeverStarts             Mutation = "never-starts"
	LiveWithoutStatus       Mutation = "live-without-status"
	ReadyWithoutStatus      Mutation = "ready-without-status"
	WrongService            Mutation = "wrong-service"
	WrongVersion            Mutation = "wrong-version"
	LocalTimestamp          Mutation = "local-timestamp"
	StandingTimestamp       Mutation = "standing-timestamp"
	WithoutDatabase         Mutation = "without-database"
	RedisShownDown          Mutation = "redis-shown-down"
	WithoutMemory           Mutation = "without-memory"
	WithoutDisk             Mutation = "without-disk"
)

// ServiceMutations lists the worlds with a broken service.
func ServiceMutations() []Mutation {
	return []Mutation{
		RefusedIs500, BlamesTheVenue, HangsWhenRefused, UnexpectedWrite, ReadyLies, LivenessQueriesDatabase, NeverReconnects, LogsNothing,
		ReadsFromMemory, NoDeadline, TimeoutIs500, VenueFailureIs500, BreakerNeverOpens, BreakerWaits5s,
		BreakerNeverHalfOpens, BreakerHidden, BreaksContract, LeaksUnderLoad, InternalNowAndThen, DeniesNowAndThen, OutdatedNowAndThen, RecoversByHalf, StoresRefused, LeaksAlways, NeverStarts, LiveWithoutStatus, ReadyWithoutStatus,
		WrongService, WrongVersion, LocalTimestamp, StandingTimestamp, WithoutDatabase, RedisShownDown, WithoutMemory, WithoutDisk,
	}
}

// Worlds with a broken harness: none may ever blame the service.
const (
	StackDead      Mutation = "stack-dead"
	StackDiesLater Mutation = "stack-dies-later"
	// Stalled does not recover, on a host that stalls all the time.
	Stalled Mutation = "stalled"
	// StalledOnce does not recover either, long after a stall of the host.
	StalledOnce      Mutation = "stalled-once"
	CannotExec       Mutation = "cannot-exec"
	NothingInjected  Mutation = "nothing-injected"
	OldSpared        Mutation = "old-connections-spared"
	FaultFades       Mutation = "fault-fades"
	InjectionFails   Mutation = "injection-fails"
	HealingFails     Mutation = "healing-fails"
	HealingIsVain    Mutation = "healing-is-vain"
	BrokenBefore     Mutation = "broken-before"
	WitnessUnclear   Mutation = "witness-unclear"
	PreparationFails Mutation = "preparation-fails"
	Panics           Mutation = "panics"
	LoadStops        Mutation = "load-stops"
	// LoadForgets creates nothing any more after the first recovery.
	LoadForgets      Mutation = "load-forgets"
	AuditUnavailable Mutation = "audit-unavailable"
	Lacks            Mutation = "lacks-capability"
)

// Worlds in which a remedy does something.
const (
	// CuredByRestart refuses connections to the process that met the refusal
	// first, and to no other.
	CuredByRestart Mutation = "cured-by-restart"
	DiesOnRestart  Mutation = "dies-on-restart"
	RestartRefused Mutation = "restart-refused"
	// ReadsOnlyAfterRestart refuses the creates of everybody but the probes.
	ReadsOnlyAfterRestart Mutation = "reads-only-after-restart"
)

// Contains is a service that keeps tenants apart without row level security:
// nothing is wrong with it, and the runbook's symptom cannot be shown on it.
const Contains Mutation = "contains"

// readyChanges are the mutates that change one field of the readiness answer.
var readyChanges = map[Mutation][2]string{
	ReadyWithoutStatus: {`"status":"UP",`, ``},
	WrongService:       {`"event-service"`, `"events"`},
	WrongVersion:       {`"1.0.0"`, `"latest"`},
	WithoutDatabase:    {`"database":"UP",`, ``},
	RedisShownDown:     {`"redis":"UP"`, `"redis":"DOWN"`},
	WithoutMemory:      {`"memory":"OK",`, ``},
	WithoutDisk:        {`"diskSpace":"OK",`, ``},
}
