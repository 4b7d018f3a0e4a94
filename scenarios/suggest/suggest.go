// Package suggest finds the name that a misspelled one may stand for.
package suggest

import "strings"

// Nearest finds the known name that differs from name by the fewest edits, if
// those are few enough for a slip of the hand; else the empty string.
func Nearest(name string, known []string) string {
	best, fewest := "", len(name)/3+1
	for _, k := range known {
		if d := edits(strings.ToLower(name), strings.ToLower(k)); d <= fewest {
			best, fewest = k, d-1
		}
	}
	return best
}

// edits is the Levenshtein distance of two strings, in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = min(diagonal, row[j], row[j+1]) + 1
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
