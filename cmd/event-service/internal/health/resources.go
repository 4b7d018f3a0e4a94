package health

import (
	"bufio"
	"bytes"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// Memory checks this process's resident memory against the limit it lives
// under: the control group's, else the machine's.
func Memory(percent int) func() string {
	// Runbook: Health Checks: memory OK.
	return func() string {
		used, limit := resident(), memoryLimit()
		if limit > 0 && used*100 > limit*uint64(percent) {
			return Low
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
	if b, err := os.ReadFile("/proc/self/statm"); err == nil {
		if f := strings.Fields(string(b)); len(f) > 1 {
			if pages, err := strconv.ParseUint(f[1], 10, 64); err == nil {
				return pages * uint64(os.Getpagesize())
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}

// memoryLimit is in bytes, zero when unknown.
func memoryLimit() uint64 {
	total := machineMemory()
	for _, file := range []string{
		"/sys/fs/cgroup/memory.max",                   // control groups version 2
		"/sys/fs/cgroup/memory/memory.limit_in_bytes", // version 1
	} {
		b, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		// "max" and version 1's huge number both mean no limit.
		if n, err := strconv.ParseUint(strings.TrimSpace(string(b)), 10, 64); err == nil && (total == 0 || n < total) {
			return n
		}
	}
	return total
}

func machineMemory() uint64 {
	b, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	for lines := bufio.NewScanner(bytes.NewReader(b)); lines.Scan(); {
		if f := strings.Fields(lines.Text()); len(f) > 1 && f[0] == "MemTotal:" {
			kib, _ := strconv.ParseUint(f[1], 10, 64)
			return kib << 10
		}
	}
	return 0
}
