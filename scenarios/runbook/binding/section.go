package binding

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// vague are the words of a heading that tell nothing apart.
var vague = map[string]bool{
	"issue": true, "problem": true, "failure": true, "trouble": true, "the": true, "a": true, "an": true, "of": true, "and": true,
	"or": true, "with": true, "for": true, "in": true, "is": true, "when": true,
}

// about are the words of a heading that tell what it is about.
func about(heading string) map[string]bool {
	set := map[string]bool{}
	for _, w := range facts.Words(heading) {
		if len(w) > 3 {
			w = strings.TrimSuffix(w, "s")
		}
		if !vague[w] {
			set[w] = true
		}
	}
	return set
}

// likeness is the share of words that two headings have in common.
func likeness(a, b map[string]bool) float64 {
	common := 0
	for w := range a {
		if b[w] {
			common++
		}
	}
	all := len(a) + len(b) - common
	if all == 0 {
		return 0
	}
	return float64(common) / float64(all)
}

// enough is the likeness at which two headings mean the same section.
const enough = 0.5

// sections finds, for every section that claims name, the heading of the
// document that means it: the same words, else mostly the same words, else the
// one under which most of its claims are made. Where two fit equally, none does.
func (b *binder) sections() map[string]string {
	found := map[string]string{}
	taken := map[string]bool{}
	headings := b.headings()
	names := b.sectionNames()
	for _, name := range names {
		for _, h := range headings {
			if document.Normal(h) == document.Normal(name) {
				found[name], taken[h] = h, true
			}
		}
	}
	for _, name := range names {
		if found[name] != "" {
			continue
		}
		best, score, tie := "", 0.0, false
		for _, h := range headings {
			if taken[h] {
				continue
			}
			switch l := likeness(about(name), about(h)); {
			case l > score:
				best, score, tie = h, l, false
			case l == score:
				tie = true
			}
		}
		if score >= enough && !tie {
			found[name], taken[best] = best, true
		}
	}
	for _, name := range names {
		if found[name] == "" {
			if h := b.vote(name, headings, taken); h != "" {
				found[name], taken[h] = h, true
			}
		}
	}
	return found
}

// vote finds the heading under which the claims of a section are made word
// for word: at least two of those that cannot be mistaken, and half of them.
func (b *binder) vote(name string, headings []string, taken map[string]bool) string {
	best, score, size, tie := "", 0, 0, false
	for _, h := range headings {
		if taken[h] || h == b.d.Title {
			continue
		}
		under := b.under(h)
		n, distinct := 0, 0
		for _, c := range b.claims {
			if c.Section != name || !c.distinctive() {
				continue
			}
			distinct++
			for _, i := range under {
				if ok, _ := b.match(c, i); ok {
					n++
					break
				}
			}
		}
		if n < 2 || 2*n < distinct {
			continue
		}
		switch {
		case n > score || n == score && len(under) < size:
			best, score, size, tie = h, n, len(under), false
		case n == score && len(under) == size:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

// distinctive tells whether a claim's facts cannot well be another's: a
// command, or a name of some length.
func (c Claim) distinctive() bool {
	if len(c.Forms) > 0 {
		return true
	}
	for _, f := range c.Facts {
		if p := facts.Parse(f); p.Type == facts.Name && len(p.Value) >= 8 {
			return true
		}
	}
	return false
}

func (b *binder) sectionNames() []string {
	var names []string
	seen := map[string]bool{}
	for _, c := range b.claims {
		if !seen[c.Section] {
			seen[c.Section] = true
			names = append(names, c.Section)
		}
	}
	return names
}

func (b *binder) headings() []string {
	var list []string
	seen := map[string]bool{}
	for _, s := range b.d.Statements {
		for _, h := range s.Sections {
			if !seen[h] {
				seen[h] = true
				list = append(list, h)
			}
		}
	}
	return list
}

// under lists the statements below a heading; of the title those that stand
// under no other.
func (b *binder) under(heading string) []int {
	var list []int
	for i, s := range b.d.Statements {
		if heading == b.d.Title {
			if s.Section() == heading {
				list = append(list, i)
			}
			continue
		}
		for _, h := range s.Sections {
			if h == heading {
				list = append(list, i)
				break
			}
		}
	}
	return list
}
