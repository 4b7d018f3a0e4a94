package bench_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	// tick is the unit of /proc/stat: USER_HZ is 100 on every Linux.
	tick = time.Second / 100
	// sampleInterval is the pause between two looks at the memory in use.
	sampleInterval = 500 * time.Millisecond
)

// usage is what was spent while a process ran.
type usage struct {
	// busy is the CPU time of everything on the machine, a container included,
	// which is no child of whoever starts it.
	busy time.Duration
	// memory is the most that the process and its descendants had for themselves at
	// once, in bytes: what they share is left out.
	memory int64
}

// watch measures a process and the machine until the function that it returns is
// called.
func watch(pid int) func() usage {
	busy := busyTime()
	stop, most := make(chan struct{}), make(chan int64)
	go func() {
		peak := int64(0)
		ticker := time.NewTicker(sampleInterval)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				peak = max(peak, memoryBelow(pid))
			case <-stop:
				most <- peak
				return
			}
		}
	}()
	return func() usage {
		close(stop)
		return usage{busy: busyTime() - busy, memory: <-most}
	}
}

// memoryBelow is what a process and its descendants have for themselves, in bytes.
func memoryBelow(root int) int64 {
	folders, _ := filepath.Glob("/proc/[0-9]*") // the pattern is well formed
	children := map[int][]int{}
	for _, folder := range folders {
		pid, _ := strconv.Atoi(filepath.Base(folder))
		// pid (name) state parent; the name may have spaces and parentheses.
		stat := read(folder + "/stat")
		if fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:]); len(fields) > 1 {
			parent, _ := strconv.Atoi(fields[1])
			children[parent] = append(children[parent], pid)
		}
	}
	pages := int64(0)
	for all := []int{root}; len(all) > 0; {
		pid := all[0]
		all = append(all[1:], children[pid]...)
		var size, resident, shared int64
		if n, _ := fmt.Sscan(read(fmt.Sprintf("/proc/%d/statm", pid)), &size, &resident, &shared); n == 3 {
			pages += resident - shared
		}
	}
	return pages * int64(os.Getpagesize())
}

// busyTime is how long all processors together have worked since the boot.
func busyTime() time.Duration {
	line, _, _ := strings.Cut(read("/proc/stat"), "\n")
	fields := strings.Fields(line) // cpu user nice system idle iowait irq softirq steal
	var sum time.Duration
	for i, field := range fields {
		if n, err := strconv.Atoi(field); err == nil && i < 8 && i != 4 && i != 5 {
			sum += time.Duration(n) * tick
		}
	}
	return sum
}

// ownTime is the CPU time of this process so far.
func ownTime() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0 // it cannot fail with these arguments
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// meminfo is a line of /proc/meminfo in bytes.
func meminfo(name string) int64 {
	for line := range strings.Lines(read("/proc/meminfo")) {
		if rest, found := strings.CutPrefix(line, name+":"); found {
			n, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return n << 10
		}
	}
	return 0
}
