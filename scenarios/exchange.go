package scenarios

import (
	"net/http"
	"slices"
)

// Exchange has the facts of a request and its whole answer that tell whether a
// contract was kept, and whose data was shown. What follows from them is concluded
// when they are judged.
type Exchange struct {
	// Method and Path are those of the request, in the runbook's words, with its query.
	Method string `json:"method"`
	Path   string `json:"path"`
	// As is who asked, and Tenant on whose behalf: 1 is the scenario's tenant, 2 the
	// other one, 0 nobody.
	As     Caller `json:"as,omitempty"`
	Tenant int    `json:"tenant,omitempty"`
	// Names and Canaries are the tenants whose name, and whose canary row, stands in
	// the body of the answer.
	Names    []int `json:"names,omitempty"`
	Canaries []int `json:"canaries,omitempty"`
	// Contract says that the answer is one that the contract is about.
	Contract bool `json:"contract,omitempty"`
	// Header and Body are those of an answer to the load; an observation has its own.
	// Of answers with one body the first has it.
	Header map[string]string `json:"header,omitempty"`
	Body   string            `json:"body,omitempty"`
	// Digest is the SHA-256 of the body, Size its bytes.
	Digest string `json:"digest,omitempty"`
	Size   int    `json:"size,omitempty"`
	// Partial says that the body is not recorded as it was: it is too long, or no text.
	// Breaches are then what was found of it while it was there.
	Partial  bool     `json:"partial,omitempty"`
	Breaches []string `json:"breaches,omitempty"`
}

// believed are the callers whom a service believes to be of the tenant that they
// name. A withdrawn key is one for as long as the service has not asked again: how
// soon it must refuse is what a scenario says.
var believed = []Caller{TheTenant, OtherTenant, AReader, NewKey, OldKey}

// ShowsForeign reports whether an answer of a status shows who asked something of
// another tenant. Who must not be believed to be of any is shown nothing of either; a
// refusal may repeat the name that the request itself has named, and shows nothing by
// that.
func (e Exchange) ShowsForeign(status int) bool {
	own, named := 0, []int{e.Tenant}
	switch {
	case slices.Contains(believed, e.As):
		own, named = e.Tenant, nil
	case e.As == MismatchedTenantHeader:
		named = []int{1, 2}
	}
	return slices.ContainsFunc(e.Canaries, func(tenant int) bool { return tenant != own }) ||
		slices.ContainsFunc(e.Names, func(tenant int) bool {
			return tenant != own && (status < http.StatusBadRequest || !slices.Contains(named, tenant))
		})
}

// Foreign lists the requests of an observation whose answers showed who asked another
// tenant's data.
func (o Observation) Foreign() []string {
	var list []string
	for _, e := range o.Exchanges {
		if e.ShowsForeign(o.Status) {
			list = append(list, e.Method+" "+e.Path)
		}
	}
	return list
}
