package runbook

import (
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
)

// Subject is the service that the claims are about.
const Subject = "event-service"

// Claims lists what the runbook promises, in the order of the document. Says
// is the claim in the project's words, Facts the literals that make it
// checkable.
func Claims() []ledger.Claim { return Embedded().Promises() }

// bindable lists the claims with what is needed to find their statements.
func bindable() []binding.Claim {
	var all []binding.Claim
	for _, section := range []struct {
		heading string
		claims  []binding.Claim
	}{
		{"Event Service Runbooks", documentClaims},
		{"Incident Severity Levels", severityClaims},
		{"Acknowledge", acknowledgeClaims},
		{"Assess Impact", assessClaims},
		{"Mitigate", mitigateClaims},
		{"Communicate", communicateClaims},
		{"Resolve & Document", resolveClaims},
		{"Database Connection Issues", databaseClaims},
		{"Database Connection Issues", databaseEditionClaims},
		{"High Latency", latencyClaims},
		{"Event Creation Failures", creationClaims},
		{"Tenant Isolation Issues", tenantClaims},
		{"Circuit Breaker Open", breakerClaims},
		{"Primary On-Call", onCallClaims},
		{"Service Owners", ownerClaims},
		{"External Dependencies", externalClaims},
		{"External Dependencies", bestEffortClaims},
		{"Health Checks", healthClaims},
		{"Health Checks", editionClaims},
		{"Service Restart", restartClaims},
		{"Database Recovery", recoveryClaims},
		{"Cache Invalidation", cacheClaims},
		{"Rollback Deployment", rollbackClaims},
		{"Environment Variables", environmentClaims},
		{"Useful Commands", usefulClaims},
	} {
		for _, c := range section.claims {
			c.Section = section.heading
			all = append(all, c)
		}
	}
	return all
}

// facts are the literals of a claim, in a word that reads well in a table.
type facts = []string

// text is a claim that a sentence makes. Each word is a group of beginnings,
// parted by "|", of which the sentence has one.
func text(id, says string, f facts, words ...string) binding.Claim {
	return binding.Claim{Claim: ledger.Claim{ID: id, Text: says, Facts: f}, Words: words}
}

// command is a claim that a command makes, as it may be printed.
func command(id, says string, f facts, forms ...string) binding.Claim {
	return binding.Claim{Claim: ledger.Claim{ID: id, Text: says, Facts: f}, Class: binding.Command, Forms: forms}
}

// field is a claim that a field of an output, or a setting, makes.
func field(id, says, key, value string) binding.Claim {
	return binding.Claim{Claim: ledger.Claim{ID: id, Text: says, Facts: facts{key, value}}, Class: binding.Field}
}

// untestable marks claims that no machine can decide.
func untestable(reason string, list ...binding.Claim) []binding.Claim {
	for i := range list {
		list[i].Untestable = reason
	}
	return list
}

// The reasons why something cannot be tested, as a reader is told them.
const (
	ofTheDocument = "says something of the document itself, nothing of the service"
	ofPeople      = "what people do and agree on; no machine can keep it or break it"
	ofTheQuestion = "a question to whoever is on call; the commands that answer it have claims of their own"
	ofProviders   = "a promise of somebody else's service, kept or broken over a year"
	ofLeaks       = "whether a leak is found is up to people, and what more replicas do for memory only a cluster with limits shows"
	ofPointers    = "points to what stands elsewhere; what is there has claims of its own"
	ofKubelets    = "what Kubernetes does, not the service: a cluster's manifest is tried, a document's copy of it is not"
	ofRemarks     = "a caption; what it stands over has claims of its own"
)
