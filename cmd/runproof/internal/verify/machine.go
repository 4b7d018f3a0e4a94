package verify

import (
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/runproof/runproof/scenarios/record"
)

// suiteVersion is the version that the module was built as.
func suiteVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// thisMachine says where the run is made.
func thisMachine() record.MachineInfo {
	m := record.MachineInfo{OS: runtime.GOOS, Arch: runtime.GOARCH, CPUs: runtime.NumCPU()}
	if release, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m.Kernel = strings.TrimSpace(string(release))
	}
	return m
}
