package bench_test

import (
	"strconv"
	"strings"
	"syscall"
	"time"
)

// tick is the unit of /proc/stat: USER_HZ is 100 on every Linux.
const tick = time.Second / 100

// sampleInterval is the pause between two looks at the memory in use.
const sampleInterval = 200 * time.Millisecond

// usage is what a machine spent while something ran.
type usage struct {
	// busy is the CPU time of everything on the machine, a container included,
	// which is no child of whoever starts it.
	busy time.Duration
	// memory is by how much the available memory fell at most, in bytes.
	memory int64
}

// watchMachine measures until the function that it returns is called.
func watchMachine() func() usage {
	busy, available := busyTime(), meminfo("MemAvailable")
	stop, lowest := make(chan struct{}), make(chan int64)
	go func() {
		least := available
		ticker := time.NewTicker(sampleInterval)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				least = min(least, meminfo("MemAvailable"))
			case <-stop:
				lowest <- least
				return
			}
		}
	}()
	return func() usage {
		close(stop)
		return usage{busy: busyTime() - busy, memory: available - <-lowest}
	}
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
