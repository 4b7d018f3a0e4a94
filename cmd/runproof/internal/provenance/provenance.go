// Package provenance says what a run was made with, and where.
package provenance

import (
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/runproof/runproof/scenarios/record"
)

// Suite is the version that the module was built as.
func Suite() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// Machine says where the run is made.
func Machine() record.MachineInfo {
	m := record.MachineInfo{OS: runtime.GOOS, Arch: runtime.GOARCH, CPUs: runtime.NumCPU()}
	if release, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m.Kernel = strings.TrimSpace(string(release))
	}
	return m
}
