package imports_test

import "regexp"

// A term is what one concept used to be called here, and its word in the field.
// "name" words are ordinary English too: they are looked for as parts of
// identifiers and file names, and whole ones as an identifier of their own.
// The prose words are nowhere right: help and Markdown are read for them as well.
// Those of some folders mean something else everywhere else.
type term struct {
	prose, name, whole []string
	folders            []string
	now                string
}

var glossary = []term{
	{prose: []string{"strain", "strained", "weary", "no time to spare"}, now: "host contention, Stall, overloaded host"},
	{prose: []string{"lull"}, name: []string{"ease", "board", "pulse"}, now: "quiet period, headroom, stall log, heartbeat"},
	// Prometheus has gauges.
	{name: []string{"gauge"}, folders: []string{"fixtures", "scenarios"}, now: "monitor"},
	{name: []string{"firm"}, now: "definite"},
	{name: []string{"blind"}, now: "observer error"},
	{prose: []string{"retrace"}, name: []string{"course", "moment"}, whole: []string{"well"}, now: "timeline, milestone, steadyAt"},
	{name: []string{"fold"}, now: "evaluator"},
	{name: []string{"watches"}, now: "invariants"},
	{name: []string{"blame", "blamed", "excused", "hasty"}, now: "attribute, discounted, too early"},
	{prose: []string{"testimony", "testify", "testifies"}, whole: []string{"unclear", "present", "absent"}, now: "witness report; Unknown, Active, Inactive"},
	{name: []string{"look", "looks", "looked"}, now: "observation, attempts"},
	{name: []string{"hear", "told"}, now: "await requests, LoadObserver"},
	{name: []string{"books", "fate", "enter", "outdone", "ask again", "against"}, now: "write log, outcome, record, superseded, retryUnknown, reconcile"},
	{name: []string{"doubled", "phantom"}, now: "duplicated, unexpected"},
	{whole: []string{"missing"}, folders: []string{"scenarios", "fixtures/lane", "fixtures/writelog"}, now: "lost"},
	{name: []string{"void", "again"}, now: "discarded attempt, retry"},
	// An answer under an Idempotency-Key is replayed.
	{name: []string{"replay"}, folders: []string{"scenarios", "fixtures", "suites", "reports"}, now: "attempt 2"},
	{
		prose: []string{"meanwhile"}, name: []string{"shot", "shots", "flights", "landed", "turns", "meetings", "dealt", "met"},
		whole: []string{"flight", "round"}, now: "request template, mix, in flight, result, mixer, race offsets, issued, raced, read-during-write",
	},
	// A process is launched, too.
	{name: []string{"launch"}, folders: []string{"fixtures/lane", "fixtures/load", "fixtures/workload"}, now: "next"},
	{
		prose: []string{"furnish", "furnished", "refurnish"}, name: []string{"ground", "desk", "sit", "stock", "much keys", "orphan"},
		now: "Testbed, operator session, open shell, seed, reseed, large dataset, row without tenant",
	},
	{
		prose: []string{"onlooker", "sabotage", "sabotaged"}, name: []string{"disguise", "examine", "wired", "staged", "tamper", "tampered"},
		now: "witness tenant, apply caller, check response, verify proxied, tracked injection, test options",
	},
	{name: []string{"sight", "heard", "says", "asks", "spares", "spent", "renewed"}, whole: []string{"put"}, now: "probe result, reply, classify, query, send; spare connections, exhausted, reopened"},
	{name: []string{"way", "ways", "together", "force"}, now: "link, link fault, composite fault, active"},
	{prose: []string{"a stranger"}, name: []string{"stranger", "nowhere", "arrangement", "arranged"}, now: "unknown host, black hole, Shim, shims used"},
	{whole: []string{"reading", "recovered"}, now: "normalised output, matches baseline"},
	{
		prose: []string{"neighbour", "neighbours", "impostor"}, name: []string{"misdirected", "tenantless"}, whole: []string{"nobody"},
		now: "OtherTenant, MismatchedTenantHeader, WrongIssuer, WrongAudience, NoTenantClaim, Anonymous; a dependency, another lane",
	},
	{name: []string{"narrow", "close late", "lose commits"}, whole: []string{"cut", "slice"}, now: "LimitBandwidth, DelayClose, CloseAfterBytes, SliceResponses, DropCommitAck"},
	{name: []string{"garble", "garbled", "retype", "outdate", "swap tenants", "flush redis"}, now: "CorruptCache, ChangeCacheType, StaleCache, CrossTenantCache, EvictCache"},
	{name: []string{"give venues away", "forget venues", "half answer"}, now: "VenueOwnedByOther, VenueNotFound, TruncateResponse"},
	{whole: []string{"floor"}, now: "minimum duration"},
	{prose: []string{"leads nowhere", "told twice", "told in two ways", "seen elsewhere", "mend", "mended"}, now: "fix, duplicate, dead link, attributed elsewhere"},
	{prose: []string{"twin", "twins", "wavers", "spoil", "spoils", "spoiled"}, name: []string{"harms"}, whole: []string{"quiet"}, now: "mutant, flaky, mutation, mutated model, exclusive, latent"},
	{prose: []string{"answer key", "answer keys", "examination"}, name: []string{"answerkey", "rote"}, now: "cheating service"},
	{prose: []string{"gravestone", "gravestones"}, name: []string{"grave", "graves", "life", "untold", "tell all", "overflown"}, now: "tombstone, TTL, pending invalidations, flush pending, overflowed"},
	{prose: []string{"goodbye", "goodbyes"}, name: []string{"bounded", "switched", "patience"}, now: "semaphore, watch toggle signals, shutdown, Timeout"},
}

// theirs are names that the standard library, HTTP and others gave.
var theirs = []string{"LookPath", "RoundTrip", "PUT"}

// othersPages are texts of others, or generated from what is checked itself.
var othersPages = regexp.MustCompile(`/testdata/|^scenarios/runbook/edition/|^scenarios/runbook/KILLS\.md$`)
