package fault

import "slices"

// Capability is what a testbed must offer before a fault can be injected.
type Capability string

const (
	// ProcessControl is control over the service's own process and environment.
	ProcessControl Capability = "control over the service's process"
	// WatchedDisk is a disk of the service's own, of which it watches how full it is.
	WatchedDisk Capability = "disk that the service watches"
	// FetchedKeys are keys that the service fetches from a stand-in for the identity provider.
	FetchedKeys Capability = "keys that the service fetches"
)

// ProxyOf is a proxy of the harness in front of a dependency.
func ProxyOf(on Dependency) Capability { return Capability("proxy in front of " + string(on)) }

// ServerOf is a dependency's server that belongs to one lane alone.
func ServerOf(on Dependency) Capability { return Capability(string(on) + " server of the lane's own") }

// StandInFor is a stand-in for a dependency that can be told what to answer.
func StandInFor(on Dependency) Capability { return Capability("stand-in for " + string(on)) }

// Needs lists the capabilities without which f cannot be injected. The service's
// databases are the lane's own in every testbed, and no capability.
func (f Fault) Needs() []Capability {
	var list []Capability
	if needs := kinds[f.Kind].needs; needs != nil {
		for _, on := range f.On.Each() {
			list = append(list, needs(on)...)
		}
	}
	return list
}

// OwnsServers reports whether f reaches beyond one database of a server, so
// that whoever injects it must not share its servers.
func (f Fault) OwnsServers() bool { return slices.Contains(f.Needs(), ServerOf(f.On)) }

// What faults of a family need.
func link(on Dependency) []Capability      { return []Capability{ProxyOf(on)} }
func ownServer(on Dependency) []Capability { return []Capability{ServerOf(on)} }
func standIn(on Dependency) []Capability   { return []Capability{StandInFor(on)} }
func process(Dependency) []Capability      { return []Capability{ProcessControl} }
