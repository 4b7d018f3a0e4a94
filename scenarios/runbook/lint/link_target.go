package lint

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

var linkTarget = Rule{
	ID: "link", Title: "links lead somewhere", Severity: Error,
	Why: "a link that leads nowhere is found out at the worst moment",
	Find: func(in Input, report func(Finding)) {
		anchors := map[string]bool{"": true, "top": true}
		for _, h := range in.Document.Headings {
			anchors[h.Anchor] = true
		}
		for _, s := range in.Document.Statements {
			if s.Kind != document.Link {
				continue
			}
			target, err := url.Parse(s.Target)
			switch {
			case err != nil || strings.TrimSpace(s.Target) == "":
				report(at(s, fmt.Sprintf("%q is no address", s.Target), "write where the link leads"))
			case target.Scheme != "" || target.Host != "":
				// Elsewhere in the world: not to be asked in a check of a document.
			case target.Path == "":
				if !anchors[strings.ToLower(target.Fragment)] {
					f := at(s, fmt.Sprintf("there is no heading %q", "#"+target.Fragment), "link to a heading that is there")
					if near := nearest(target.Fragment, in.Document.Headings); near != "" {
						f.Proposal = "link to #" + near
						f = f.withFix(s.Line, "(#"+target.Fragment+")", "(#"+near+")")
					}
					report(f)
				}
			case in.Exists != nil && !in.Exists(target.Path):
				report(at(s, fmt.Sprintf("there is no file %q beside the runbook", target.Path), "name the document and where it is kept, or link to an address that everybody on call can open"))
			}
		}
	},
}

// nearest is the anchor of the heading that shares the most words with another.
func nearest(anchor string, headings []document.Heading) string {
	best, most := "", 0
	for _, h := range headings {
		n := 0
		for _, w := range strings.Split(anchor, "-") {
			if w != "" && strings.Contains("-"+h.Anchor+"-", "-"+w+"-") {
				n++
			}
		}
		if n > most {
			best, most = h.Anchor, n
		}
	}
	return best
}
