package hazards

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/runproof/runproof/scenarios"
)

// change is something that was another after a command than before it.
type change struct{ what, before, after string }

func (c change) String() string {
	return fmt.Sprintf("%s: %s before, %s after", c.what, orNone(c.before), orNone(c.after))
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// less is by how much a count became smaller.
func (c change) less() int {
	before, err := strconv.Atoi(c.before)
	after, _ := strconv.Atoi(c.after)
	if err != nil {
		return 0
	}
	return before - after
}

// changes lists what an execution changed, by name.
func changes(x scenarios.Execution) []change {
	names := map[string]bool{}
	for name := range x.Before {
		names[name] = true
	}
	for name := range x.After {
		names[name] = true
	}
	var list []change
	for name := range names {
		if x.Before[name] != x.After[name] {
			list = append(list, change{name, x.Before[name], x.After[name]})
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].what < list[j].what })
	return list
}

// counted tells whether anybody looked at the state around an execution.
func counted(x scenarios.Execution) bool { return len(x.Before)+len(x.After) > 0 }

func describe(list []change) string {
	var parts []string
	for _, c := range list {
		parts = append(parts, c.String())
	}
	return strings.Join(parts, "; ")
}
