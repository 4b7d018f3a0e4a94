package audit

import (
	"fmt"
	"slices"
)

// RetriedUnknown is how many unknown writes an audit sends again, at most.
const RetriedUnknown = 8

// Facts has the facts of an audit: the writes, in the order in which they were
// sent, and how many rows there were of each.
type Facts struct {
	Writes []Write `json:"writes"`
	// Counts are those of the scenario's audits so far, each by the writes' order and
	// without those that were sent later; one that is as the count before is left out.
	Counts [][]int `json:"counts"`
}

// Found is what follows from an audit, the writes by name.
type Found struct {
	// Acknowledged, Refused and Unknown count the writes by what their senders know.
	Acknowledged, Refused, Unknown int
	// Lost were acknowledged and are not there, Unexpected refused and there,
	// Duplicated there more than once: all so in any count, for a write that is sent
	// again covers up that another was lost.
	Lost, Unexpected, Duplicated []string
	// Unsettled are unknown writes that sending them again did not make certain.
	Unsettled []string
}

// Found concludes what became of the writes.
func (b Facts) Found() (found Found) {
	retried := 0
	for i, w := range b.Writes {
		in := func(since int, wrong func(count []int) bool) bool {
			return slices.ContainsFunc(b.Counts[min(since, len(b.Counts)):], wrong)
		}
		if in(0, func(count []int) bool { return b.rows(i, count) > 1 }) {
			found.Duplicated = append(found.Duplicated, w.Name)
		}
		switch {
		case w.Acknowledged():
			found.Acknowledged++
			if in(w.Since, func(count []int) bool { return b.rows(i, count) == 0 && !b.replaced(i, count) }) {
				found.Lost = append(found.Lost, w.Name)
			}
		case w.Refused():
			found.Refused++
			if in(w.Since, func(count []int) bool { return b.rows(i, count) > 0 }) {
				found.Unexpected = append(found.Unexpected, w.Name)
			}
		default:
			found.Unknown++
			if w.Keyless || b.Superseded(i) {
				continue
			}
			gone := len(b.Counts) == 0 || b.rows(i, b.Counts[len(b.Counts)-1]) == 0
			if retried++; retried <= RetriedUnknown && (!w.Settled() || gone) {
				found.Unsettled = append(found.Unsettled, w.Name)
			}
		}
	}
	return found
}

// rows counts what there is of a write: an event is there under its first name or under
// one that it was changed to.
func (b Facts) rows(i int, count []int) int {
	there := 0
	for j, n := range count {
		if j == i || b.Writes[j].Of == b.Writes[i].Number {
			there += n
		}
	}
	return there
}

// replaced reports whether a change that is not there any more was followed by one
// that is: acknowledged later, or one of which nobody knows when it took effect.
func (b Facts) replaced(i int, count []int) bool {
	for j, n := range count {
		c := b.Writes[j]
		if n > 0 && c.Of != 0 && c.Of == b.Writes[i].Of && (c.Unknown() || c.Acknowledged() && j > i) {
			return true
		}
	}
	return false
}

// Superseded reports whether another change of the same event came after a change.
func (b Facts) Superseded(i int) bool {
	of := b.Writes[i].Of
	return of != 0 && slices.ContainsFunc(b.Writes[i+1:], func(w Write) bool { return w.Of == of })
}

// Wrong reports whether a write is lost, duplicated or unexpected.
func (f Found) Wrong() bool { return len(f.Lost)+len(f.Unexpected)+len(f.Duplicated) > 0 }

// Final reports whether no later audit can find otherwise: what is lost, there though
// it was refused, or there twice, stays so.
func (b Facts) Final() bool {
	found := b.Found()
	return len(found.Unsettled) == 0 && found.Wrong()
}

// String gives the counts, and names what is wrong.
func (b Facts) String() string {
	found := b.Found()
	s := fmt.Sprintf("%d writes acknowledged, %d refused, %d unknown", found.Acknowledged, found.Refused, found.Unknown)
	for _, wrong := range []struct {
		what string
		list []string
	}{{"missing", found.Lost}, {"there though refused", found.Unexpected}, {"there twice", found.Duplicated}, {"unsettled", found.Unsettled}} {
		if len(wrong.list) > 0 {
			s += fmt.Sprintf("; %d %s: %q", len(wrong.list), wrong.what, wrong.list[0])
		}
	}
	return s
}
