package manifest

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	percent   = regexp.MustCompile(`(\d+(?:\.\d+)?) ?%`)
	compared  = regexp.MustCompile(`[<>]=?\s*(\d+(?:\.\d+)?)\b`)
	lasting   = regexp.MustCompile(`(?i)\bfor (?:more than |over |at least )?(\d+) ?(m|minutes?|mins?|h|hours?|s|seconds?)\b`)
	period    = regexp.MustCompile(`^(\d+)(s|m|h)$`)
	threshold = regexp.MustCompile(`(?i)^\W*(?:alert )?(?:threshold|trigger|condition|fires when|firing condition)s?\b\W`)
)

var alertNumber = rule.Rule{
	ID: "alert-number", Title: "an alert says the number at which it fires", Severity: lint.Warning,
	Why: "whoever is woken by it believes the number in the text",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, r := range roots(in, "alert:") {
			each(r.node, maxDepth, func(n *yaml.Node) {
				expr := value(n, "expr")
				if value(n, "alert") == "" || expr == "" {
					return
				}
				for _, key := range []string{"summary", "description", "message"} {
					said := value(n, "annotations", key)
					if text := unequal(said, expr); text != "" {
						report(r.finding(at(n, "annotations", key), text, "write the same number in both"))
						return
					}
					if m, p := lasting.FindAllStringSubmatch(said, 2), period.FindStringSubmatch(value(n, "for")); len(m) == 1 && p != nil && seconds(m[0]) != seconds(p) {
						report(r.finding(at(n, "annotations", key), fmt.Sprintf("the text says %q, and the alert waits for %s", m[0][0], p[0]), "write the same time in both"))
						return
					}
				}
			})
		}
		inText(in, report)
	},
}

// inText holds the threshold that a section states against the expression that
// it prints.
func inText(in *rule.Input, report func(rule.Finding)) {
	for i, s := range in.Statements {
		if s.Kind != document.Item && s.Kind != document.Prose && s.Kind != document.Symptom || !threshold.MatchString(s.Text) || strings.Contains(s.Text, "`") {
			continue
		}
		var expressions []string
		for j := max(i-6, 0); j < len(in.Statements) && j < i+7; j++ {
			t := in.Statements[j]
			if t.Kind == document.Code && rule.SameSection(t, s) && strings.Contains(t.Text, "_") {
				expressions = append(expressions, t.Text)
			}
		}
		if len(expressions) != 1 || strings.Count(expressions[0], "\n") > 3 {
			continue
		}
		if text := unequal(s.Text, expressions[0]); text != "" {
			report(in.On(i, text, "write the same number in both"))
		}
	}
}

// unequal says how the percentage of a text differs from what an expression is
// compared with, where both have one.
func unequal(text, expr string) string {
	said, m := percent.FindAllStringSubmatch(text, 2), compared.FindAllStringSubmatch(expr, 2)
	if len(said) != 1 || len(m) != 1 || strings.Contains(expr, "{{") {
		return ""
	}
	p, _ := strconv.ParseFloat(said[0][1], 64)
	n, _ := strconv.ParseFloat(m[0][1], 64)
	for _, same := range []float64{n, n * 100, 100 - n*100, 100 - n, (n - 1) * 100, n / 100, math.Abs(1-n) * 100} {
		if math.Abs(same-p) < 0.001 {
			return ""
		}
	}
	if n > 100 || n == 0 {
		return "" // of another unit
	}
	return fmt.Sprintf("the text says %s, and the expression compares with %s", said[0][0], m[0][1])
}

func seconds(m []string) int {
	n, _ := strconv.Atoi(m[1])
	switch strings.ToLower(m[2][:1]) {
	case "m":
		return n * 60
	case "h":
		return n * 3600
	}
	return n
}
