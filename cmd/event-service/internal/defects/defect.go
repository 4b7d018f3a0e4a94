package defects

import (
	"fmt"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
)

// Defect is one thing wrong with the service.
type Defect struct {
	Name   string `json:"name"`
	Family Family `json:"family"`
	// Breaks is the claim of the runbook that is no longer true, or the rule of
	// the contract that is no longer kept; each is one of promises.
	Breaks string `json:"breaks"`
	// Sees is what an operator would see.
	Sees string `json:"sees"`
	// Parts are the fields of app.Parts that the defect replaces.
	Parts []string `json:"parts"`
	// Latent tells that nothing shows as long as every dependency is well: the
	// mutant passes the fault-free scenarios and the contract.
	Latent bool `json:"latent"`
	// Exclusive tells that whoever shares a server with the service suffers as well.
	Exclusive bool `json:"exclusive,omitempty"`

	mutate func(p *app.Parts)
}

// Family is what a defect is about.
type Family string

// The families, in the order of the list.
const (
	health     Family = "health"     // readiness or liveness lies
	status     Family = "status"     // a wrong status code
	hang       Family = "hang"       // nothing where an error belongs
	exposure   Family = "exposure"   // stack traces and driver errors in answers
	lost       Family = "lost"       // acknowledged writes that are not there
	unexpected Family = "unexpected" // refused writes that are there
	double     Family = "double"     // one create, two events
	circuit    Family = "breaker"
	caching    Family = "cache"
	tenant     Family = "tenancy"
	identity   Family = "auth"
	setting    Family = "env"
	shutdown   Family = "shutdown"
	recovery   Family = "recovery"
	logs       Family = "logs"
	limits     Family = "limits"
)

// All lists every defect, by family.
func All() []Defect {
	var all []Defect
	for _, f := range []struct {
		family  Family
		members []Defect
	}{
		{health, healthDefects()},
		{status, statusDefects()},
		{hang, hangDefects()},
		{exposure, exposureDefects()},
		{lost, lostDefects()},
		{unexpected, unexpectedDefects()},
		{double, doubleDefects()},
		{circuit, breakerDefects()},
		{caching, cacheDefects()},
		{tenant, tenancyDefects()},
		{identity, authDefects()},
		{setting, envDefects()},
		{shutdown, shutdownDefects()},
		{recovery, recoveryDefects()},
		{logs, logDefects()},
		{limits, limitDefects()},
	} {
		for _, d := range f.members {
			d.Family = f.family
			all = append(all, d)
		}
	}
	return all
}

// find returns the defect of a name.
func find(name string) (Defect, error) {
	for _, d := range All() {
		if d.Name == name {
			return d, nil
		}
	}
	return Defect{}, fmt.Errorf("unknown defect %q: \"event-service defects\" lists them", name)
}

// Mutant is the honest service with this one defect.
func (d Defect) Mutant() app.Parts {
	p := app.Honest()
	d.mutate(&p)
	return p
}
