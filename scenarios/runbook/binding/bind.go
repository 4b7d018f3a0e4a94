package binding

import (
	"fmt"
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// binder binds one document, and keeps what it found out about statements.
type binder struct {
	*reader
	claims []Claim
}

// reader reads each statement of a document once.
type reader struct {
	d *document.Document

	factsOf  map[int][]facts.Fact
	wordsOf  map[int][]string
	tokensOf map[int][]string
	forms    map[string][]string
}

// Bind binds claims to the statements of a document about a subject, such as
// "event-service". A document about anything else is bound nowhere, and
// neither is one about the subject that is no edition of the runbook which
// makes the claims.
func Bind(d *document.Document, subject string, claims []Claim) *Report {
	r := &Report{Document: d, byStatement: map[int][]int{}}
	b := &binder{&reader{d: d, factsOf: map[int][]facts.Fact{}, wordsOf: map[int][]string{}, tokensOf: map[int][]string{}, forms: map[string][]string{}}, claims}
	for _, c := range claims {
		r.Bindings = append(r.Bindings, Binding{Claim: c, State: Gone, Statement: -1})
	}
	if r.Foreign = foreign(d, subject); r.Foreign != "" {
		return r
	}
	sections := b.sections()
	near := map[string][]int{}
	for _, name := range b.sectionNames() {
		if h := sections[name]; h != "" {
			near[name] = b.under(h)
		}
	}
	for n := range r.Bindings {
		b.bind(&r.Bindings[n], near[r.Bindings[n].Claim.Section])
	}
	r.index()
	b.stale(r, near)
	r.byStatement = map[int][]int{}
	if r.Foreign = r.another(subject); r.Foreign != "" {
		for n := range r.Bindings {
			r.Bindings[n] = Binding{Claim: r.Bindings[n].Claim, State: Gone, Statement: -1}
		}
		return r
	}
	r.index()
	return r
}

// fewest is the share of the claims, one in so many, that an edition of a
// runbook makes at least, be they changed. A page that shares its subject and
// its kind makes one in twenty; half of a runbook that was split makes one in two.
const fewest = 4

// another says why a document is no edition of the runbook, or nothing.
func (r *Report) another(subject string) string {
	made := 0
	for _, b := range r.Bindings {
		if b.State != Gone {
			made++
		}
	}
	if made*fewest >= len(r.Bindings) {
		return ""
	}
	return fmt.Sprintf("taken for another document about %s: it makes %d of the %d claims of its runbook", orNobody(subject), made, len(r.Bindings))
}

func orNobody(subject string) string {
	if subject == "" {
		return "the service"
	}
	return subject
}

func (r *Report) index() {
	for n, bound := range r.Bindings {
		if bound.Statement >= 0 {
			r.byStatement[bound.Statement] = append(r.byStatement[bound.Statement], n)
		}
	}
}

// bind finds the one statement that makes the claim and fits best.
func (b *binder) bind(found *Binding, near []int) {
	best := 0.0
	var list []int
	for _, i := range near {
		ok, score := b.match(found.Claim, i)
		switch {
		case !ok:
		case score > best:
			best, list = score, []int{i}
		case score == best:
			list = append(list, i)
		}
	}
	switch len(list) {
	case 0:
	case 1:
		found.State, found.Statement = Bound, list[0]
	default:
		found.State, found.Candidates = Ambiguous, list
	}
}

// enoughMentions is how often a document must name its subject when its
// beginning does not.
const enoughMentions = 3

// foreign says why a document is not about the subject, or nothing.
func foreign(d *document.Document, subject string) string {
	if subject == "" {
		return ""
	}
	name := strings.ReplaceAll(strings.ToLower(subject), "-", " ")
	text := strings.ToLower(string(d.Source))
	if title := strings.ReplaceAll(strings.ToLower(d.Title), "-", " "); facts.In(title, nil, facts.Fact{Type: facts.Name, Value: name}) {
		return ""
	}
	own := mentions(text, strings.ToLower(subject))
	if own < enoughMentions {
		return "the document hardly mentions " + subject
	}
	for other, n := range services(text) {
		if other != subject && n >= own {
			return "the document is about " + other + " rather than " + subject
		}
	}
	return ""
}

// names are the words of a text that may name something.
func names(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
	})
}

// mentions counts how often a text has a name.
func mentions(text, name string) (n int) {
	for _, w := range names(text) {
		if w == name {
			n++
		}
	}
	return n
}

// services counts the names of services in a text.
func services(text string) map[string]int {
	count := map[string]int{}
	for _, w := range names(text) {
		if strings.HasSuffix(w, "-service") {
			count[w]++
		}
	}
	return count
}

func (b *reader) facts(i int) []facts.Fact {
	list, ok := b.factsOf[i]
	if !ok {
		list = facts.Of(b.d.Statements[i].Text)
		b.factsOf[i] = list
	}
	return list
}

// pauses make words of marks, so that a denial before one is not taken for a
// denial of what comes behind it.
var pauses = strings.NewReplacer(", ", " 0pause ", "; ", " 0pause ", ": ", " 0pause ", ". ", " 0pause ")

func (b *reader) words(i int) []string {
	list, ok := b.wordsOf[i]
	if !ok {
		list = facts.Words(pauses.Replace(b.d.Statements[i].Text))
		b.wordsOf[i] = list
	}
	return list
}

func (b *reader) tokens(i int) []string {
	list, ok := b.tokensOf[i]
	if !ok {
		if s := b.d.Statements[i]; s.Kind == document.Query {
			list = []string{Query(s.Text)}
		} else {
			list = Tokens(s.Text)
		}
		b.tokensOf[i] = list
	}
	return list
}

func (b *reader) formTokens(form string) []string {
	list, ok := b.forms[form]
	if !ok {
		list = Tokens(form)
		b.forms[form] = list
	}
	return list
}

// pair is a claim that lacks a statement and a statement that may have been its.
type pair struct {
	claim, statement int
	score            float64
	old, now         string
}

// stale finds, for claims that nothing states, the statement that says
// something else in their place. Best pairs first; where a claim or a
// statement has two equally good partners, it gets none.
func (b *binder) stale(r *Report, near map[string][]int) {
	var pairs []pair
	for n, bound := range r.Bindings {
		if bound.State != Gone {
			continue
		}
		for _, i := range near[bound.Claim.Section] {
			if p, ok := b.replaced(r, n, i); ok {
				pairs = append(pairs, p)
			}
		}
	}
	sort.SliceStable(pairs, func(i, j int) bool { return pairs[i].score > pairs[j].score })
	claimed, used := map[int]bool{}, map[int]bool{}
	for i, p := range pairs {
		if claimed[p.claim] || used[p.statement] {
			continue
		}
		rival := false
		for j, q := range pairs {
			if j != i && q.score == p.score && (q.claim == p.claim) != (q.statement == p.statement) && !claimed[q.claim] && !used[q.statement] {
				rival = true
			}
		}
		if rival {
			continue
		}
		claimed[p.claim], used[p.statement] = true, true
		bound := &r.Bindings[p.claim]
		bound.State, bound.Statement, bound.Old, bound.New = Stale, p.statement, p.old, p.now
	}
}
