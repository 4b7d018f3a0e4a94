// Package progress tells a person who waits how far a run is: on a terminal by a bar
// with the time left and the scenarios under way, elsewhere by a line for each thing
// that happens.
package progress

import (
	"fmt"
	"sync"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
)

// Progress is that of one run. It is called from many goroutines.
type Progress struct {
	out    *screen.Terminal
	silent bool
	now    func() time.Time
	began  time.Time
	stop   func() // of the drawing

	mu      sync.Mutex
	closed  bool
	work    work
	done    int
	failed  int
	running []*playing // in the order in which they began
}

// playing is a scenario under way.
type playing struct {
	scenario scenarios.Scenario
	name     string
	began    time.Time
	doing    string          // what it is at, for the block of lines
	reported map[string]bool // witness reports printed already
}

// redrawInterval is how often the block is drawn: its times are in seconds.
const redrawInterval = 250 * time.Millisecond

// New begins to tell. A silent one tells nothing at all.
func New(out *screen.Terminal, silent bool) *Progress {
	p := &Progress{out: out, silent: silent, now: time.Now, began: time.Now(), stop: func() {}}
	if silent || !out.Live() {
		return p
	}
	ticker, ended, drawn := time.NewTicker(redrawInterval), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(drawn)
		for {
			select {
			case <-ticker.C:
				p.draw()
			case <-ended:
				return
			}
		}
	}()
	p.stop = func() {
		ticker.Stop()
		close(ended)
		<-drawn
		out.Block()
	}
	return p
}

// Close ends it, and removes what is drawn. What is told afterwards is not.
func (p *Progress) Close() {
	p.mu.Lock()
	was := p.closed
	p.closed = true
	p.mu.Unlock()
	if !was {
		p.stop()
	}
}

// Line tells of the run as a whole.
func (p *Progress) Line(format string, args ...any) {
	p.tell(screen.Plain, format, args...)
}

// Plan says which scenarios are played next, in their order and how many at a time;
// later is how often all of them are played again afterwards.
func (p *Progress) Plan(list []scenarios.Scenario, jobs, later int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.work.plan(list, jobs, later)
}

// Sink follows a playing by its events, which it passes on. The function that it
// returns ends the playing, and calls done.
func (p *Progress) Sink(s scenarios.Scenario, which record.Playing, next record.Keeper, done func() error) (record.Keeper, func() error) {
	now := &playing{scenario: s, name: nameOf(which), began: p.now(), doing: "waits for its turn", reported: map[string]bool{}}
	p.mu.Lock()
	p.running = append(p.running, now)
	p.work.begin(s)
	p.mu.Unlock()
	return &follower{p, now, next}, func() error {
		p.mu.Lock()
		for i, r := range p.running {
			if r == now {
				p.running = append(p.running[:i], p.running[i+1:]...)
				break
			}
		}
		p.work.end(s, p.now().Sub(now.began))
		p.mu.Unlock()
		return done()
	}
}

// Done tells the verdict of a scenario. One that passed is only counted where the
// count can be seen.
func (p *Progress) Done(which record.Playing, r judge.Result) {
	p.mu.Lock()
	p.done++
	if r.Verdict == judge.Failed {
		p.failed++
	}
	p.mu.Unlock()
	switch {
	case r.Verdict != judge.Passed && r.Reason != "":
		p.tell(styleOf(r.Verdict), "%-18s %s: %s", nameOf(which), r.Verdict, r.Reason)
	case !p.out.Live() || r.Verdict != judge.Passed:
		p.tell(styleOf(r.Verdict), "%-18s %s", nameOf(which), r.Verdict)
	}
}

// nameOf is a playing as a person who waits tells it from the others.
func nameOf(which record.Playing) string {
	if which.Baseline {
		return which.Scenario + " (baseline)"
	}
	return which.Scenario
}

// Retry tells that a scenario is played once more at the end.
func (p *Progress) Retry(which record.Playing, r judge.Result) {
	p.mu.Lock()
	p.work.retries++
	p.mu.Unlock()
	p.tell(screen.Doubtful, "%-18s %s, will be retried: %s", nameOf(which), r.Verdict, r.Reason)
}

func styleOf(v judge.Verdict) screen.Style {
	switch v {
	case judge.Passed:
		return screen.Good
	case judge.Failed:
		return screen.Bad
	}
	return screen.Doubtful
}

// tell writes one line with the time since the beginning.
func (p *Progress) tell(style screen.Style, format string, args ...any) {
	p.mu.Lock()
	mute := p.closed || p.silent
	p.mu.Unlock()
	if mute {
		return
	}
	line := screen.Line(fmt.Sprintf(format, args...))
	since := fmt.Sprintf("%6.1fs  ", p.now().Sub(p.began).Seconds())
	if width := p.out.Width(); width > 0 {
		line = screen.Clip(line, width-len(since)) // the whole of it comes at the end
	}
	// A terminal that is gone is noticed by the summary.
	_ = p.out.Print(screen.P(since), screen.Span{Text: line, Style: style})
}

// draw shows the block as it is now.
func (p *Progress) draw() {
	p.mu.Lock()
	lines := p.frame(p.out.Width())
	closed := p.closed
	p.mu.Unlock()
	if !closed {
		p.out.Block(lines...)
	}
}
