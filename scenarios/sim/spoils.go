package sim

// Spoil names the one thing that is wrong in a world.
type Spoil string

// Honest is a world in which nothing is wrong.
const Honest Spoil = ""

// Worlds with a broken service. Each breaks one mechanism, and every one of
// them must be Failed by some scenario.
const (
	RefusedIs500          Spoil = "refused-is-500"
	BlamesTheVenue        Spoil = "blames-the-venue"
	HangsWhenRefused      Spoil = "hangs-when-refused"
	PhantomWrite          Spoil = "phantom-write"
	ReadyLies             Spoil = "ready-lies"
	LiveAsksDatabase      Spoil = "live-asks-database"
	NeverReconnects       Spoil = "never-reconnects"
	LogsNothing           Spoil = "logs-nothing"
	ReadsFromMemory       Spoil = "reads-from-memory"
	NoDeadline            Spoil = "no-deadline"
	TimeoutIs500          Spoil = "timeout-is-500"
	VenueFailureIs500     Spoil = "venue-failure-is-500"
	BreakerNeverOpens     Spoil = "breaker-never-opens"
	BreakerWaits5s        Spoil = "breaker-waits-5s"
	BreakerNeverHalfOpens Spoil = "breaker-never-half-opens"
	BreakerHidden         Spoil = "breaker-hidden"
	BreaksContract        Spoil = "breaks-contract"
	LeaksUnderLoad        Spoil = "leaks-under-load"
	InternalNowAndThen    Spoil = "internal-now-and-then"
	DeniesNowAndThen      Spoil = "denies-now-and-then"
	OutdatedNowAndThen    Spoil = "outdated-now-and-then"
	RecoversByHalf        Spoil = "recovers-by-half"
	StoresRefused         Spoil = "stores-refused"
	LeaksAlways           Spoil = "leaks-always"
	NeverStarts           Spoil = "never-starts"
	LiveWithoutStatus     Spoil = "live-without-status"
	ReadyWithoutStatus    Spoil = "ready-without-status"
	WrongService          Spoil = "wrong-service"
	WrongVersion          Spoil = "wrong-version"
	LocalTimestamp        Spoil = "local-timestamp"
	StandingTimestamp     Spoil = "standing-timestamp"
	WithoutDatabase       Spoil = "without-database"
	RedisShownDown        Spoil = "redis-shown-down"
	WithoutMemory         Spoil = "without-memory"
	WithoutDisk           Spoil = "without-disk"
)

// ServiceSpoils lists the worlds with a broken service.
func ServiceSpoils() []Spoil {
	return []Spoil{
		RefusedIs500, BlamesTheVenue, HangsWhenRefused, PhantomWrite, ReadyLies, LiveAsksDatabase, NeverReconnects, LogsNothing,
		ReadsFromMemory, NoDeadline, TimeoutIs500, VenueFailureIs500, BreakerNeverOpens, BreakerWaits5s,
		BreakerNeverHalfOpens, BreakerHidden, BreaksContract, LeaksUnderLoad, InternalNowAndThen, DeniesNowAndThen, OutdatedNowAndThen, RecoversByHalf, StoresRefused, LeaksAlways, NeverStarts, LiveWithoutStatus, ReadyWithoutStatus,
		WrongService, WrongVersion, LocalTimestamp, StandingTimestamp, WithoutDatabase, RedisShownDown, WithoutMemory, WithoutDisk,
	}
}

// Worlds with a broken harness: none may ever blame the service.
const (
	StackDead      Spoil = "stack-dead"
	StackDiesLater Spoil = "stack-dies-later"
	// Stalled does not recover, on a host that stalls all the time.
	Stalled Spoil = "stalled"
	// StalledOnce does not recover either, long after a stall of the host.
	StalledOnce      Spoil = "stalled-once"
	CannotExec       Spoil = "cannot-exec"
	NothingInjected  Spoil = "nothing-injected"
	OldSpared        Spoil = "old-connections-spared"
	FaultFades       Spoil = "fault-fades"
	InjectionFails   Spoil = "injection-fails"
	HealingFails     Spoil = "healing-fails"
	HealingIsVain    Spoil = "healing-is-vain"
	BrokenBefore     Spoil = "broken-before"
	WitnessUnclear   Spoil = "witness-unclear"
	PreparationFails Spoil = "preparation-fails"
	Panics           Spoil = "panics"
	LoadStops        Spoil = "load-stops"
	// LoadForgets creates nothing any more after the first recovery.
	LoadForgets Spoil = "load-forgets"
	BooksClosed Spoil = "books-closed"
	Lacks       Spoil = "lacks-capability"
)

// Worlds in which a remedy does something.
const (
	// CuredByRestart refuses connections to the process that met the refusal
	// first, and to no other.
	CuredByRestart Spoil = "cured-by-restart"
	DiesOnRestart  Spoil = "dies-on-restart"
	RestartRefused Spoil = "restart-refused"
	// ReadsOnlyAfterRestart refuses the creates of everybody but the probes.
	ReadsOnlyAfterRestart Spoil = "reads-only-after-restart"
)

// Contains is a service that keeps tenants apart without row level security:
// nothing is wrong with it, and the runbook's symptom cannot be shown on it.
const Contains Spoil = "contains"

// readyChanges are the spoils that change one field of the readiness answer.
var readyChanges = map[Spoil][2]string{
	ReadyWithoutStatus: {`"status":"UP",`, ``},
	WrongService:       {`"event-service"`, `"events"`},
	WrongVersion:       {`"1.0.0"`, `"latest"`},
	WithoutDatabase:    {`"database":"UP",`, ``},
	RedisShownDown:     {`"redis":"UP"`, `"redis":"DOWN"`},
	WithoutMemory:      {`"memory":"OK",`, ``},
	WithoutDisk:        {`"diskSpace":"OK",`, ``},
}
