package binding

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// Contradicted finds, for the claims whose fact was changed in the document,
// what was seen that cannot be where the new fact is true: by id, in words. The
// old fact must have been found true by a documented check of this run, and the
// new one must be of what was seen, not of what was done: that another path was
// never asked says nothing about it. One check that saw the new fact is enough
// to leave it open.
func (r *Report) Contradicted(results []judge.Result) map[string]string {
	found := map[string]string{}
	for _, b := range r.In(Stale) {
		s := r.Document.Statements[b.Statement]
		reason := ""
		for _, o := range proofs(b.Claim.ID, results) {
			if seen := contradicts(b, s, o.Outcome); seen != "" && reason == "" {
				reason = fmt.Sprintf("the runbook says %q; %s: %s", b.New, o.scenario, seen)
			}
			if agrees(inStatement(s, b.New), o.Outcome) {
				reason = ""
				break
			}
		}
		if reason != "" {
			found[b.Claim.ID] = reason
		}
	}
	return found
}

type proof struct {
	scenario string
	judge.Outcome
}

// proofs are the documented checks that held, in playings in which the claim did.
func proofs(claim string, results []judge.Result) []proof {
	var list []proof
	for _, res := range results {
		held := slices.ContainsFunc(res.Claims, func(c judge.ClaimOutcome) bool {
			return c.Claim == claim && c.State == judge.ClaimHeld
		})
		for _, o := range res.Outcomes {
			if held && o.Held && o.Basis == scenarios.Documented && slices.Contains(o.Claims, claim) && res.Mode != scenarios.Control {
				list = append(list, proof{res.Scenario, o})
			}
		}
	}
	return list
}

// contradicts says what was seen that contradicts the changed statement, or nothing.
func contradicts(b Binding, s document.Statement, o judge.Outcome) string {
	switch {
	case b.Claim.Class == Command:
		return ""
	case b.Claim.Class == Field:
		return otherField(b, s, o.Last)
	case b.Old == b.Claim.Text, b.New == "not "+b.Old:
		return "it was seen: " + o.Last.String()
	}
	olds, news := strings.Split(b.Old, ", "), strings.Split(b.New, ", ")
	if len(olds) != len(news) {
		return ""
	}
	for i := range olds {
		if seen := otherFact(facts.Parse(olds[i]), inStatement(s, news[i]), o); seen != "" {
			return seen
		}
	}
	return ""
}

// inStatement is a fact with the comparison that its sentence gives it.
func inStatement(s document.Statement, raw string) facts.Fact {
	for _, f := range facts.Of(s.Text) {
		if f.Raw == raw {
			return f
		}
	}
	return facts.Parse(raw)
}

func otherFact(old, now facts.Fact, o judge.Outcome) string {
	if old.Type != now.Type {
		return ""
	}
	switch old.Type {
	case facts.Status:
		if old.Value == strconv.Itoa(o.Last.Status) {
			return fmt.Sprintf("%d was seen", o.Last.Status)
		}
	case facts.Duration:
		return otherDuration(now, o)
	case facts.Name:
		if opposites(old.Value, now.Value) {
			return "it was seen: " + o.Last.String()
		}
		// Only what the check itself asked for was tried.
		said := strings.Join(append(slices.Clone(o.Last.Lines), o.Last.Body), "\n")
		if strings.Contains(o.Expectation, strconv.Quote(old.Value)) && strings.Contains(said, old.Value) && !strings.Contains(said, now.Value) {
			return fmt.Sprintf("%q was seen, and no %q", old.Value, now.Value)
		}
	}
	return ""
}

// agrees tells whether a check saw what the changed statement says.
func agrees(now facts.Fact, o judge.Outcome) bool {
	switch now.Type {
	case facts.Status:
		return now.Value == strconv.Itoa(o.Last.Status)
	case facts.Duration:
		d, err := time.ParseDuration(strings.TrimLeft(now.Value, "<>="))
		return err == nil && o.Last.Status > 0 &&
			(strings.HasPrefix(now.Value, ">") && o.Last.Took > d || strings.HasPrefix(now.Value, "<") && o.Last.Took < d)
	}
	return false
}

func opposites(old, now string) bool {
	old, now = strings.ToLower(old), strings.ToLower(now)
	return old == "yes" && now == "no" || old == "no" && now == "yes"
}

// otherDuration compares a duration with the window in which something came
// about, or with the time that an answer took.
func otherDuration(now facts.Fact, o judge.Outcome) string {
	bare := strings.TrimLeft(now.Value, "<>=")
	sign := strings.TrimSuffix(now.Value, bare)
	d, err := time.ParseDuration(bare)
	if err != nil {
		return ""
	}
	took := o.Last.Took.Round(time.Millisecond)
	switch {
	case sign == "" && o.NotAfter > 0 && (d < o.NotBefore || d > o.NotAfter):
		return fmt.Sprintf("it came about between %s and %s", o.NotBefore, o.NotAfter)
	case strings.HasPrefix(sign, ">") && o.Last.Status > 0 && took < d,
		strings.HasPrefix(sign, "<") && o.Last.Status > 0 && took > d:
		return fmt.Sprintf("%s was seen", took)
	}
	return ""
}

// otherField looks a field of an answer up: the old value under its name, or
// the old name and no such new one.
func otherField(b Binding, s document.Statement, seen scenarios.Observation) string {
	var answer any
	if s.Kind != document.Output || len(b.Claim.Facts) < 2 || json.Unmarshal([]byte(seen.Body), &answer) != nil {
		return ""
	}
	key, want := strings.TrimPrefix(b.Claim.Facts[0], "."), b.Claim.Facts[1]
	value, found := textUnder(answer, key)
	if !found || !SameValue(value, want) {
		return ""
	}
	if b.Old == strings.TrimPrefix(want, Shape) {
		if !SameValue(b.New, want) && value != b.New {
			return fmt.Sprintf("%s was %q", key, value)
		}
		return ""
	}
	if _, there := textUnder(answer, b.New); !there {
		return fmt.Sprintf("the field is called %s, and there is no %s", key, b.New)
	}
	return ""
}

// textUnder finds a text under a name, or a path of names, anywhere in an answer.
func textUnder(value any, key string) (string, bool) {
	object, ok := value.(map[string]any)
	if !ok {
		return "", false
	}
	if text, ok := object[key].(string); ok {
		return text, true
	}
	if name, rest, found := strings.Cut(key, "."); found {
		if text, ok := textUnder(object[name], rest); ok {
			return text, true
		}
	}
	for _, inner := range object {
		if text, ok := textUnder(inner, key); ok {
			return text, true
		}
	}
	return "", false
}
