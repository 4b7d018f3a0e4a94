package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// claimer makes claims of statements, each once.
type claimer struct {
	d     *document.Document
	made  []binding.Claim
	lines map[string]int    // by claim
	ofOne map[string]string // claim by statement
}

// claim is the claim of a statement, which is made where it is not there yet; empty:
// nothing tells the statement from others.
func (c *claimer) claim(s document.Statement) string {
	if id, known := c.ofOne[s.ID]; known {
		return id
	}
	claim := binding.Claim{Claim: ledger.Claim{ID: c.id(s), Section: s.Section(), Text: meaning(s)}}
	switch s.Kind {
	case document.Command:
		claim.Class, claim.Forms = binding.Command, []string{s.Text}
	case document.Output, document.Setting:
		if s.Key == "" {
			return ""
		}
		claim.Class, claim.Facts = binding.Field, []string{s.Key, s.Value}
	default:
		claim.Facts, claim.Words = tellingFacts(s.Text), tellingWords(s.Text)
	}
	if !c.binds(claim, s) {
		return ""
	}
	c.made, c.lines[claim.ID], c.ofOne[s.ID] = append(c.made, claim), s.Line, claim.ID
	return claim.ID
}

// binds reports whether a claim is bound to its very statement, beside those that are
// there already.
func (c *claimer) binds(claim binding.Claim, s document.Statement) bool {
	if len(claim.Facts)+len(claim.Words)+len(claim.Forms) == 0 || claim.Section == "" {
		return false
	}
	// A few claims of a large document would be taken for those of another one.
	r := binding.Bind(c.d, "", append(slices.Clone(c.made), claim))
	b := r.Bindings[len(r.Bindings)-1]
	return b.State == binding.Bound && r.Document.Statements[b.Statement].ID == s.ID
}

// part is the middle of a claim's id: what stands under a label is of its role.
func part(s document.Statement) string {
	switch {
	case s.Role == document.RoleSymptom:
		return "symptom"
	case s.Role == document.RoleResolution:
		return "resolution"
	case s.Kind == document.Command:
		return "command"
	}
	return "statement"
}

// id is section, part and what the statement is about.
func (c *claimer) id(s document.Statement) string {
	about := s.Text
	if s.Key != "" {
		about = s.Key
	}
	if s.Purpose != "" {
		about = s.Purpose
	}
	if s.Kind == document.Row && len(s.Cells) > 0 {
		about = s.Cells[0]
	}
	id := strings.Join([]string{ascii(s.Section(), 3), part(s), ascii(about, 4)}, ".")
	for n := 2; slices.ContainsFunc(c.made, func(m binding.Claim) bool { return m.ID == id }); n++ {
		id = fmt.Sprintf("%s-%d", strings.TrimSuffix(id, fmt.Sprintf("-%d", n-1)), n)
	}
	return id
}

var notASCII = regexp.MustCompile(`[^a-z0-9]+`)

// ascii is the first words of a text in kebab case; "x" where it has none in ASCII.
func ascii(text string, words int) string {
	slug := strings.Trim(notASCII.ReplaceAllString(document.Slug(text, words), "-"), "-")
	if slug == "" {
		return "x"
	}
	return slug
}

// meaning is what a statement claims, as a sentence.
func meaning(s document.Statement) string {
	text := strings.TrimRight(oneLine(s.Text), ".:")
	switch {
	case s.Kind == document.Command && s.Purpose != "":
		return "the command does what is said of it: " + strings.TrimRight(oneLine(s.Purpose), ".:")
	case s.Kind == document.Command:
		return "the command runs as printed: " + text
	case s.Kind == document.Row && len(s.Header) == len(s.Cells):
		var cells []string
		for i, cell := range s.Cells {
			cells = append(cells, strings.TrimSpace(oneLine(s.Header[i])+" "+oneLine(cell)))
		}
		return strings.Join(cells, ", ")
	case s.Key != "":
		return fmt.Sprintf("the field %s shows %s", s.Key, s.Value)
	}
	return text
}

// tellingFacts are the facts of a sentence that must not change in it.
func tellingFacts(text string) []string {
	var list []string
	for _, f := range facts.Of(text) {
		raw := strings.Trim(f.Raw, "\"'`“”")
		if len(list) < 4 && raw != "" && !slices.Contains(list, raw) && facts.In(text, facts.Of(text), facts.Parse(raw)) {
			list = append(list, raw)
		}
	}
	return list
}

// idle are words that tell no sentence from another.
var idle = regexp.MustCompile(`^(?:never|without|the|and|are|for|from|that|this|with|when|where|which|will|would|should|must|have|has|been|being|into|than|then|them|they|their|there|these|those|your|each|every|some|such|also|only|most|more|less|very|does|about|after|before|while|over|under)$`)

// tellingWords are beginnings of up to four words that a sentence is about.
func tellingWords(text string) []string {
	const most, letters = 4, 6
	var list []string
	for _, w := range facts.Words(text) {
		if w == "not" || w == "never" || w == "without" { // or the words behind it would be taken for denied
			list = append(list, w)
		}
		if len(w) < 4 || idle.MatchString(w) || strings.ContainsAny(w, "0123456789") {
			continue
		}
		begin := []rune(w)
		if begin = begin[:min(len(begin), letters)]; len(list) < most && !slices.Contains(list, string(begin)) {
			list = append(list, string(begin))
		}
	}
	return list
}
