package binding

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// nearCommand is the share of words that two printings of a command must have
// in common for one to be the changed other.
const nearCommand = 0.5

// replaced tells whether a statement says something else in a claim's place:
// as the claim, but for facts of which each was replaced by one of its type.
func (b *binder) replaced(r *Report, n, i int) (pair, bool) {
	c, s := r.Bindings[n].Claim, b.d.Statements[i]
	p := pair{claim: n, statement: i}
	if !c.admits(s) {
		return p, false
	}
	free := len(r.byStatement[i]) == 0
	switch {
	case c.Class == Command:
		return b.changedCommand(p, c, free)
	case c.Class == Field && (s.Kind == document.Output || s.Kind == document.Setting):
		return changedField(p, c, s, free)
	case c.Class == Field:
		return p, false
	}
	return b.changedText(r, p, c, free)
}

func (b *binder) changedCommand(p pair, c Claim, free bool) (pair, bool) {
	if !free {
		return p, false
	}
	have := b.tokens(p.statement)
	query := b.d.Statements[p.statement].Kind == document.Query
	for _, form := range c.Forms {
		want := b.formTokens(form)
		if query {
			want = queriesOf(want)
		}
		if len(want) == 0 {
			continue
		}
		haveWords, wantWords := split(have), split(want)
		missing, extra := difference(haveWords, wantWords)
		score := 1 - float64(len(missing)+len(extra))/float64(len(haveWords)+len(wantWords))
		if score >= nearCommand && score > p.score {
			p.score, p.old, p.now = score, strings.Join(missing, " "), strings.Join(extra, " ")
		}
	}
	return p, p.score > 0
}

// changedField takes a field of the same name with another value, or one of
// the same value and place under another name.
func changedField(p pair, c Claim, s document.Statement, free bool) (pair, bool) {
	if !free || len(c.Facts) < 2 || s.Key == "" {
		return p, false
	}
	key := c.Facts[0]
	if sameKey(s.Key, key) {
		p.score, p.old, p.now = 2, strings.TrimPrefix(c.Facts[1], Shape), s.Value
		return p, true
	}
	if SameValue(s.Value, c.Facts[1]) && depth(s.Key, strings.TrimPrefix(key, ".")) {
		p.score, p.old, p.now = 1, key, s.Key
		return p, true
	}
	return p, false
}

// depth tells whether two field names can stand for each other: their paths
// are equal but for one part, as far as the shorter goes.
func depth(key, want string) bool {
	have, need := strings.Split(key, "."), strings.Split(want, ".")
	if len(need) == 1 {
		return true
	}
	if len(have) < len(need) {
		return false
	}
	have = have[len(have)-len(need):]
	differ := 0
	for i := range need {
		if have[i] != need[i] {
			differ++
		}
	}
	return differ == 1
}

// changedText takes a sentence in which each missing fact has been replaced by
// a fact of its type that no other claim accounts for. Facts that are left, or
// words, must show that the sentence is the claim's; failing those, it must at
// least be nobody else's.
func (b *binder) changedText(r *Report, p pair, c Claim, free bool) (pair, bool) {
	s := b.d.Statements[p.statement]
	list := b.facts(p.statement)
	var missing []facts.Fact
	kept := 0
	for _, f := range c.Facts {
		if states(s.Text, list, f) && !negated(s.Text, f) {
			kept++
		} else {
			missing = append(missing, facts.Parse(strings.Split(f, Or)[0]))
		}
	}
	hits := b.hits(c, p.statement)
	wordy := len(c.Words) > 0 && 2*hits >= len(c.Words)
	if len(missing) == 0 {
		// The facts are there, and so are the words: only a denial is new.
		whole := hits == len(c.Words) && hits > 0 || len(c.Facts) > 0 && wordy
		if !whole || !b.denied(c, p.statement) {
			return p, false
		}
		p.score, p.old, p.now = 1, c.Text, s.Text
		return p, free
	}
	spare := b.spare(r, c, p.statement)
	var old, now []string
	for _, m := range missing {
		if negated(s.Text, m.Raw) {
			old, now = append(old, m.Raw), append(now, "not "+m.Raw)
			continue
		}
		at := replacement(m, spare)
		if at < 0 {
			return p, false
		}
		old, now = append(old, m.Raw), append(now, spare[at].Raw)
		spare = append(spare[:at:at], spare[at+1:]...)
	}
	p.old, p.now = strings.Join(old, ", "), strings.Join(now, ", ")
	p.score = float64(kept)/float64(len(c.Facts)) + 0.1
	if len(c.Words) > 0 {
		p.score += float64(hits) / float64(len(c.Words))
	}
	if !free && !wordy {
		// It is another claim's already; a fact in common does not make it this one's.
		return p, false
	}
	if kept == 0 && !wordy {
		// By elimination alone: nobody else's, and nothing but facts of its types.
		return p, free && s.Kind == kindOf(c, s)
	}
	return p, true
}

// kindOf is the kind that a statement must have to be a claim's by elimination:
// a symptom's must be a symptom.
func kindOf(c Claim, s document.Statement) document.Kind {
	if c.role() == document.RoleSymptom {
		return document.Symptom
	}
	if s.Kind == document.Row || s.Kind == document.Comment {
		return s.Kind
	}
	return ""
}

// spare are the facts of a statement that neither this claim nor another one
// bound to it accounts for. In a row, whole cells count too.
func (b *binder) spare(r *Report, c Claim, i int) []facts.Fact {
	s := b.d.Statements[i]
	var wanted []facts.Fact
	wanted = append(wanted, parsed(c.Facts)...)
	for _, n := range r.byStatement[i] {
		wanted = append(wanted, parsed(r.Bindings[n].Claim.Facts)...)
	}
	list := b.facts(i)
	for _, cell := range s.Cells {
		bare := strings.Trim(cell, "`\"[]")
		if len(facts.Of(cell)) == 0 && bare != "" && len(strings.Fields(bare)) <= 4 {
			list = append(list[:len(list):len(list)], facts.Fact{Type: facts.Name, Value: bare, Raw: bare})
		}
	}
	var spare []facts.Fact
	for _, f := range list {
		explained := false
		for _, w := range wanted {
			explained = explained || f.Same(w) || f.Type == facts.Name && facts.In(f.Value, nil, w)
		}
		if !explained {
			spare = append(spare, f)
		}
	}
	return spare
}

// parsed are facts in all their writings.
func parsed(list []string) []facts.Fact {
	var all []facts.Fact
	for _, f := range list {
		for _, one := range strings.Split(f, Or) {
			all = append(all, facts.Parse(one))
		}
	}
	return all
}

// replacement is the spare fact that stands in a missing one's place: of its
// type, and of several the most alike.
func replacement(missing facts.Fact, spare []facts.Fact) int {
	best, score := -1, 0
	for i, f := range spare {
		if f.Type != missing.Type {
			continue
		}
		n := 10*alike(f.Value, missing.Value) - 10*strings.Count(f.Value, " ") + 10*strings.Count(missing.Value, " ") - max(len(f.Value)-len(missing.Value), len(missing.Value)-len(f.Value))
		if best < 0 || n > score {
			best, score = i, n
		}
	}
	return best
}

// alike counts the characters that two values have in common at both ends.
func alike(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	m := 0
	for m < len(a)-n && m < len(b)-n && a[len(a)-1-m] == b[len(b)-1-m] {
		m++
	}
	return n + m
}
