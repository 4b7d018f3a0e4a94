package gameday

import "runtime/debug"

// suiteVersion is the version that the module was built as.
func suiteVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "unknown"
	}
	return info.Main.Version
}
