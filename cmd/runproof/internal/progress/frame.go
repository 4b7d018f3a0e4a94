package progress

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/screen"
)

const (
	// mostRunning is how many scenarios under way are shown: the block must leave room
	// for what has happened.
	mostRunning = 8
	// barWidth is that of the bar, in characters.
	barWidth = 24
)

// frame is the block: the bar, then what is under way, the longest first.
func (p *Progress) frame(width int) []screen.Spans {
	if p.work.total == 0 {
		return nil
	}
	now := p.now()
	lines := []screen.Spans{p.bar(now)}
	longest := 0
	shown := p.running[:min(len(p.running), mostRunning)]
	for _, s := range p.work.batch { // of all, so that the columns stay where they are
		longest = max(longest, len(s.ID))
	}
	for _, r := range shown {
		longest = max(longest, len(r.name))
	}
	for _, r := range shown {
		took := fmt.Sprintf("%5s", now.Sub(r.began).Round(time.Second))
		room := cmp.Or(width, 80) - longest - len(took) - 6
		lines = append(lines, screen.Spans{
			screen.P(fmt.Sprintf("  %-*s  ", longest, r.name)),
			screen.Span{Text: fmt.Sprintf("%s  ", took), Style: screen.Faint},
			screen.P(screen.Clip(r.doing, room)),
		})
	}
	if more := len(p.running) - len(shown); more > 0 {
		lines = append(lines, screen.Spans{{Text: fmt.Sprintf("  and %d more", more), Style: screen.Faint}})
	}
	return lines
}

// bar is the first line: how much is done and how long the rest takes.
func (p *Progress) bar(now time.Time) screen.Spans {
	left := p.work.left(p.running, now)
	elapsed := now.Sub(p.began)
	part := float64(elapsed) / float64(elapsed+left)
	full := min(int(part*barWidth), barWidth)
	line := screen.Spans{
		screen.P("["), screen.Span{Text: strings.Repeat("#", full), Style: screen.Good},
		screen.P(strings.Repeat(".", barWidth-full) + "] "),
		screen.P(fmt.Sprintf("%d of %d done", p.work.over, p.work.total)),
	}
	if p.failed > 0 {
		line = append(line, screen.P(", "), screen.Span{Text: fmt.Sprintf("%d failed", p.failed), Style: screen.Bad})
	}
	return append(line, screen.P(", "+remaining(left)))
}

// remaining is a time that nobody should take for exact.
func remaining(d time.Duration) string {
	switch {
	case d < 5*time.Second:
		return "a few seconds left"
	case d < 100*time.Second:
		return fmt.Sprintf("about %d s left", int(d.Round(5*time.Second).Seconds()))
	}
	return fmt.Sprintf("about %d min left", int((d + 30*time.Second).Minutes()))
}
