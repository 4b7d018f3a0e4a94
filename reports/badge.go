package reports

import (
	"bytes"
	"fmt"
	"html"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// BadgeFile is the badge's name in a bundle.
const BadgeFile = "badge.svg"

// Badge renders an image for a README: how many claims of the runbook are proven, of
// how many, and when. It is green for a run that passed, red for one that failed, and
// grey for one that decided nothing. It loads nothing and runs no script.
func Badge(r ledger.RunResult) ([]byte, error) {
	proven, claims := 0, 0
	for _, row := range r.Ledger {
		if row.ID == "" {
			continue
		}
		claims++
		if row.Verdict == ledger.True {
			proven++
		}
	}
	value := fmt.Sprintf("%d of %d claims proven", proven, claims)
	if !r.Began.IsZero() {
		value += ", " + r.Began.UTC().Format("2006-01-02")
	}
	colour := "#6e7781"
	switch exit(r) {
	case judge.ExitPassed:
		colour = "#1a7f37"
	case judge.ExitFailed:
		value, colour = "failed: "+value, "#cf222e"
	default:
		value = "undecided: " + value
	}
	const name = "runbook"
	left, right := badgeWidth(name), badgeWidth(value)
	title := html.EscapeString(name + ": " + value)
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" role="img" aria-label="%s"><title>%s</title>`+"\n", left+right, title, title)
	fmt.Fprintf(&b, `<clipPath id="r"><rect width="%d" height="20" rx="3"/></clipPath>`+"\n", left+right)
	fmt.Fprintf(&b, `<g clip-path="url(#r)"><rect width="%d" height="20" fill="#24292f"/><rect x="%d" width="%d" height="20" fill="%s"/></g>`+"\n", left, left, right, colour)
	b.WriteString(`<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">` + "\n")
	fmt.Fprintf(&b, `<text x="%d" y="14" textLength="%d">%s</text>`+"\n", left/2, left-badgeMargin, name)
	fmt.Fprintf(&b, `<text x="%d" y="14" textLength="%d">%s</text>`+"\n</g></svg>\n", left+right/2, right-badgeMargin, html.EscapeString(value))
	return b.Bytes(), nil
}

// badgeMargin is what is left beside a text, on both sides together, in pixels.
const badgeMargin = 12

// badgeWidth is the width of a text with its margin, in pixels: a character of Verdana at
// 11 pixels takes 6.6 on average. textLength makes it exact in other fonts.
func badgeWidth(text string) int { return int(float64(len(text))*6.6) + badgeMargin }
