package fault

// FaultKeysRotated replaces the keys that tokens are signed and checked with.
const FaultKeysRotated Kind = "keys-rotated"

// RotateKeys makes the identity provider sign with its next key, publish that
// one, and withdraw the one before.
func RotateKeys() Fault { return Fault{Kind: FaultKeysRotated, On: Identity} }

func init() {
	kinds[FaultKeysRotated] = kindOf{
		needs:    func(Dependency) []Capability { return []Capability{FetchedKeys} },
		describe: onIt("%s has new keys, and the old ones are gone"),
	}
}
