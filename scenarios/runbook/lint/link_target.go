package lint

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
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
		for _, m := range writtenAnchor.FindAllSubmatch(in.Document.Source, -1) {
			anchors[strings.ToLower(string(m[1])+string(m[2]))] = true
		}
		missing, there := []Finding{}, 0
		for _, s := range in.Document.Statements {
			if s.Kind != document.Link {
				continue
			}
			target, err := url.Parse(s.Target)
			switch {
			case strings.ContainsAny(s.Target, "{<$"):
				// A site's own macro.
			case err != nil || strings.TrimSpace(s.Target) == "":
				report(at(s, fmt.Sprintf("%q is no address", s.Target), "write where the link leads"))
			case target.Scheme != "" || target.Host != "":
				// Elsewhere in the world: not to be asked in a check of a document.
			case target.Path == "":
				if anchor := strings.ToLower(target.Fragment); !anchors[anchor] {
					f := at(s, fmt.Sprintf("there is no heading %q", "#"+target.Fragment), "link to a heading that is there")
					if near, sure := nearest(target.Fragment, in.Document.Headings); near != "" {
						f.Proposal = "link to #" + near
						if sure {
							f = f.withFix(s.Line, "(#"+target.Fragment+")", "(#"+near+")")
						}
					}
					report(f)
				}
			case strings.HasPrefix(target.Path, "/") || rendered[strings.ToLower(path.Ext(target.Path))]:
				// A page of a site, which is made of another file.
			case in.Exists != nil:
				if in.Exists(target.Path) {
					there++
					continue
				}
				missing = append(missing, at(s, fmt.Sprintf("there is no file %q beside the runbook", target.Path), "name the document and where it is kept, or link to an address that everybody on call can open"))
			}
		}
		if len(missing) > 1 && there == 0 {
			// One cause: the document stands alone here.
			f := missing[0]
			f.Text = fmt.Sprintf("%d links lead to files that are not beside the runbook, the first to %s", len(missing), f.Text[len("there is no file "):len(f.Text)-len(" beside the runbook")])
			for _, m := range missing {
				f.Others = append(f.Others, m.Line)
			}
			f.Severity = Warning
			missing = []Finding{f}
		}
		for _, f := range missing {
			report(f)
		}
	},
}

// rendered are the ends of links to pages that a site's generator makes.
var rendered = map[string]bool{"": true, ".html": true, ".htm": true, ".php": true, ".aspx": true}

// writtenAnchor is an anchor that is written out.
var writtenAnchor = regexp.MustCompile(`\b(?:name|id)=["']([^"']+)["']|\{#([^}\s]+)\}`)

// nearest is the anchor of the heading that shares the most words with another,
// and whether it is the only one and shares most of them.
func nearest(anchor string, headings []document.Heading) (best string, sure bool) {
	words := strings.FieldsFunc(strings.ToLower(anchor), func(r rune) bool { return r == '-' })
	most, alone := 0, false
	for _, h := range headings {
		n := 0
		for _, w := range words {
			if strings.Contains("-"+h.Anchor+"-", "-"+w+"-") {
				n++
			}
		}
		switch {
		case n > most:
			best, most, alone = h.Anchor, n, true
		case n == most:
			alone = false
		}
	}
	return best, alone && most*3 >= len(words)*2
}
