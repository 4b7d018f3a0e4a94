package mend

import (
	"fmt"
	"strings"
)

// around is how many unchanged lines a hunk shows on either side.
const around = 3

// mostCells bounds the table in which two texts are compared, in cells: beyond
// it what differs is shown as replaced as a whole.
const mostCells = 16 << 20

// line is a line of a diff: its sign and its text, and where it stands in both
// texts, counted from zero.
type line struct {
	sign     byte
	text     string
	old, now int
}

// Diff shows what turns one text into another, in the unified format that
// patch reads. Equal texts have none.
func Diff(oldName, newName string, from, to []byte) string {
	lines := compare(split(string(from)), split(string(to)))
	var b strings.Builder
	for i := 0; i < len(lines); {
		if lines[i].sign == ' ' {
			i++
			continue
		}
		begin, end, quiet := max(i-around, 0), i, 0
		for end < len(lines) && quiet <= 2*around {
			if quiet++; lines[end].sign != ' ' {
				quiet = 0
			}
			end++
		}
		end = min(end-quiet+around, len(lines))
		if b.Len() == 0 {
			fmt.Fprintf(&b, "--- %s\n+++ %s\n", oldName, newName)
		}
		hunk(&b, lines[begin:end])
		i = end
	}
	return b.String()
}

func hunk(b *strings.Builder, lines []line) {
	old, now := 0, 0
	for _, l := range lines {
		if l.sign != '+' {
			old++
		}
		if l.sign != '-' {
			now++
		}
	}
	fmt.Fprintf(b, "@@ -%s +%s @@\n", span(lines[0].old, old), span(lines[0].now, now))
	for _, l := range lines {
		text, whole := strings.CutSuffix(l.text, "\n")
		fmt.Fprintf(b, "%c%s\n", l.sign, text)
		if !whole {
			b.WriteString("\\ No newline at end of file\n")
		}
	}
}

// span is a place in a text; an empty one is named by the line before it.
func span(from, count int) string {
	if count == 0 {
		return fmt.Sprintf("%d,0", from)
	}
	return fmt.Sprintf("%d,%d", from+1, count)
}

func split(text string) []string {
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// compare finds the longest common part of what is neither the beginning nor
// the end of both.
func compare(from, to []string) []line {
	head, tail := 0, 0
	for head < len(from) && head < len(to) && from[head] == to[head] {
		head++
	}
	for tail < len(from)-head && tail < len(to)-head && from[len(from)-1-tail] == to[len(to)-1-tail] {
		tail++
	}
	var list []line
	i, j := 0, 0
	add := func(sign byte, text string) {
		list = append(list, line{sign, text, i, j})
		if sign != '+' {
			i++
		}
		if sign != '-' {
			j++
		}
	}
	for _, text := range from[:head] {
		add(' ', text)
	}
	oldEnd, newEnd := len(from)-tail, len(to)-tail
	common := table(from[head:oldEnd], to[head:newEnd])
	for i < oldEnd || j < newEnd {
		switch {
		case i < oldEnd && j < newEnd && common != nil && from[i] == to[j]:
			add(' ', from[i])
		case i < oldEnd && (j == newEnd || common == nil || common[i-head+1][j-head] >= common[i-head][j-head+1]):
			add('-', from[i])
		default:
			add('+', to[j])
		}
	}
	for _, text := range from[oldEnd:] {
		add(' ', text)
	}
	return list
}

// table is the length of the longest common subsequence of every two ends, or
// nothing where that is too much.
func table(from, to []string) [][]int32 {
	if (len(from)+1)*(len(to)+1) > mostCells {
		return nil
	}
	t := make([][]int32, len(from)+1)
	for i := range t {
		t[i] = make([]int32, len(to)+1)
	}
	for i := len(from) - 1; i >= 0; i-- {
		for j := len(to) - 1; j >= 0; j-- {
			if from[i] == to[j] {
				t[i][j] = t[i+1][j+1] + 1
			} else {
				t[i][j] = max(t[i+1][j], t[i][j+1])
			}
		}
	}
	return t
}
