package advice

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	aboutConnections = regexp.MustCompile(`(?i)\bconnections?\b.{0,30}\b(?:pool|exhaust\w*|limit|leak\w*|refused|too many)\b|\b(?:pool|too many)\b.{0,20}\b(?:exhaust\w*|connections?|clients)\b`)
	serverLimit      = regexp.MustCompile(`(?i)\bmax_connections\b|max connections|\bconnection limit\b|\bDB limits?\b|\bsuperuser_reserved|(?:replicas|pods|instances)\s*(?:\*|×|x)\s*(?:the )?pool`)
	poolSetting      = regexp.MustCompile(`(?i)\b(?:increas\w+|rais\w+|bump|expand|double)\b.{0,40}\b(?:pool(?:[ _-]?size)?|max(?:imum)?[ _]connections?)\b|\bpool[ _-]?size\b.{0,30}\b(?:increas\w+|rais\w+|larger|higher)\b`)
	poolVariable     = regexp.MustCompile(`\b\w*POOL_?(?:MAX|SIZE)\w*\b["']?\s*[=:]\s*["']?(\d+)`)
	pooled           = regexp.MustCompile(`(?i)\bpgbouncer\b|\brds proxy\b|\bodyssey\b|\bpgpool\b|\bmongo\w*|\bredis\b|\bhttp client\b`)
)

var poolLimit = rule.Rule{
	ID: "pool-limit", Title: "more connections fit into the server", Severity: lint.Warning,
	Why: "the server takes a fixed number of connections: what one pool gets more, others are refused",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		if !aboutConnections.MatchString(titles(in)) {
			return
		}
		if pooled.MatchString(in.Title) {
			return
		}
		examined := 0
		for _, c := range in.Script.Calls {
			n := grown(c)
			if n > 1 {
				examined++
			}
			if examined > maxGrown {
				break
			}
			if n > 1 && aboutConnections.MatchString(in.Title+"\n"+strings.Join(in.Statements[c.Statement].Sections, "\n")) && !limitBefore(in, c.Statement) {
				report(rule.At(c, fmt.Sprintf("%d replicas open %d pools: where connections run out, that takes more of them", n, n), "compare replicas x pool size with max_connections first, or close what leaks"))
				break
			}
		}
		if limitBefore(in, len(in.Statements)) {
			return
		}
		for i, s := range in.Statements {
			switch s.Kind {
			case document.Command, document.Code, document.Setting:
				if m := poolVariable.FindStringSubmatch(s.Text); m != nil {
					report(in.On(i, fmt.Sprintf("the pool is set to %s connections, and nothing says how many the server takes", m[1]), "compare replicas x pool size with max_connections, and say which is raised first"))
					return
				}
			}
			if text := s.Text + "\n" + s.Purpose; (strings.Contains(text, "ool") || strings.Contains(text, "onnection")) && poolSetting.MatchString(text) && s.Kind != document.Link {
				report(in.On(i, "the pool is made larger, and nothing says how many connections the server takes", "compare replicas x pool size with max_connections, and say which is raised first"))
				return
			}
		}
	},
}

// maxGrown bounds the commands before which the text is read.
const maxGrown = 20

// limitBefore tells whether the text speaks of the server's limit before a
// command, or right behind it.
func limitBefore(in *rule.Input, i int) bool {
	for j := 0; j < len(in.Statements) && j < i+4; j++ {
		if text := in.Statements[j].Text + " " + in.Statements[j].Purpose; (strings.Contains(text, "onnection") || strings.Contains(text, "limit") || strings.Contains(text, "superuser") || strings.Contains(text, "pool")) && serverLimit.MatchString(text) {
			return true
		}
	}
	return false
}

// titles are the title and the headings of a document.
func titles(in *rule.Input) string {
	list := []string{in.Title}
	for _, h := range in.Headings {
		list = append(list, h.Text)
	}
	return strings.Join(list, "\n")
}

// grown is the number of replicas that a command scales a workload to, or 0.
func grown(c *script.Call) int {
	if c.Program != "kubectl" && c.Program != "oc" || c.Word(0) != "scale" {
		return 0
	}
	w, _ := c.Value("--replicas")
	n, _ := strconv.Atoi(w.Text)
	return n
}
