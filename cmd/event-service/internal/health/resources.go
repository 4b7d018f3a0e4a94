package health

import (
	"runtime"
	"syscall"

	"github.com/prometheus/procfs"
)

// Memory checks what is used against what may be: in each control group that
// this process lives in, where whoever else is there counts too, and on the
// machine, where only this process is ours.
func Memory(percent int) func() string {
	// Runbook: Health Checks: memory OK.
	machine := machineMemory()
	return func() string {
		all := append(groups(ownGroups, hierarchy1, hierarchy2, percent), account{resident(), machine})
		for _, a := range all {
			if a.over(percent) {
				return Low
			}
		}
		return OK
	}
}

// Disk checks the space that is left for unprivileged users on the file
// system of path. One that cannot be asked is not OK.
func Disk(path string, minFree uint64) func() string {
	// Runbook: Health Checks: diskSpace OK.
	return func() string {
		var s syscall.Statfs_t
		if err := syscall.Statfs(path, &s); err != nil || s.Bavail*uint64(s.Bsize) < minFree {
			return Low
		}
		return OK
	}
}

// resident is this process's memory in bytes. Where the kernel does not say,
// the runtime's own account is the next best.
func resident() uint64 {
	if self, err := procfs.Self(); err == nil {
		if memory, err := self.Statm(); err == nil {
			return memory.ResidentBytes()
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}

// machineMemory is in bytes, zero when unknown.
func machineMemory() uint64 { return readStat("/proc/meminfo", "MemTotal") << 10 }
