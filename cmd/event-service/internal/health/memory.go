package health

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Where the kernel tells of control groups (cgroups(7)).
const (
	ownGroups  = "/proc/self/cgroup"
	hierarchy2 = "/sys/fs/cgroup"
	hierarchy1 = "/sys/fs/cgroup/memory"
)

// account is what some processes use of what they may use, in bytes.
type account struct{ used, limit uint64 }

// over says that more than percent of the limit is in use.
func (a account) over(percent int) bool {
	return a.limit > 0 && a.used*100 > a.limit*uint64(percent)
}

// groups are the accounts of the control groups that this process is in, from
// its own up to the outermost that is visible: the tightest is what ends it. In
// a container the path of the first line may not exist where the hierarchy is
// mounted; its root is then the container's own group.
func groups(own, root1, root2 string, percent int) []account {
	b, err := os.ReadFile(own)
	if err != nil {
		return nil
	}
	var list []account
	for line := range strings.Lines(string(b)) {
		// hierarchy:controllers:path
		f := strings.SplitN(strings.TrimSpace(line), ":", 3)
		switch {
		case len(f) != 3:
		case f[1] == "":
			list = append(list, upwards(root2, f[2], percent, "memory.max", "memory.current", "inactive_file")...)
		case f[1] == "memory":
			list = append(list, upwards(root1, f[2], percent, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")...)
		}
	}
	return list
}

// upwards reads the accounts of a group and of those above it, by the names that
// its version gives the files. What the kernel can drop at once is not missing
// (as the kubelet reckons, which calls the rest the working set); it is asked
// for that only where more than percent is in use, since it adds it up anew.
func upwards(root, path string, percent int, limit, usage, inactive string) []account {
	var list []account
	for path = filepath.Clean("/" + path); ; path = filepath.Dir(path) {
		dir := filepath.Join(root, path)
		// "max" is no limit, and version 1's huge number is never reached.
		most, limited := readNumber(filepath.Join(dir, limit))
		used, known := readNumber(filepath.Join(dir, usage))
		if limited && known {
			a := account{used, most}
			if a.over(percent) {
				a.used -= min(used, readStat(filepath.Join(dir, "memory.stat"), inactive))
			}
			list = append(list, a)
		}
		if path == "/" {
			return list
		}
	}
}

func readNumber(path string) (uint64, bool) {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseUint(strings.TrimSpace(string(b)), 10, 64)
	return n, err == nil
}

// readStat is one number of a file of "name number" lines, zero when not there.
func readStat(path, name string) uint64 {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	for lines := bufio.NewScanner(bytes.NewReader(b)); lines.Scan(); {
		if f := strings.Fields(lines.Text()); len(f) > 1 && strings.TrimSuffix(f[0], ":") == name {
			n, _ := strconv.ParseUint(f[1], 10, 64)
			return n
		}
	}
	return 0
}
