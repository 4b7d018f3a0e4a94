package gameday

import (
	"fmt"
	"html/template"
	"net/http"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/livepage"
	fixture "github.com/runproof/runproof/fixtures/gameday"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/gameday"
)

// consoleView is what the players' page shows.
type consoleView struct {
	livepage.Common
	Name, Subject, Service, Game string
	Book                         gameday.Book
	Runbook                      template.HTML
	Severities                   []scenarios.Severity
	View                         fixture.View
}

// responseView is a response time that runs, or would run.
type responseView struct {
	Severity      scenarios.Severity
	Allowed, Left time.Duration
	Late          bool
}

// Shell is the line that opens the shell of this player.
func (v *consoleView) Shell() string {
	text := shellLine(v.Game)
	if plainName.MatchString(v.Name) {
		text += " --name " + v.Name
	}
	return text
}

// plainName is a name that needs no quotes in a shell.
var plainName = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)

// shellLine opens the shell of a game: by the path by which this program was called.
func shellLine(game string) string { return os.Args[0] + " gameday shell --game " + game }

// Now is the last sample.
func (v *consoleView) Now() gameday.Sample {
	if n := len(v.View.Samples); n > 0 {
		return v.View.Samples[n-1]
	}
	return gameday.Sample{}
}

// FailedNow are requests that failed over the last ten seconds.
func (v *consoleView) FailedNow() int {
	n := len(v.View.Samples)
	if n == 0 {
		return 0
	}
	last := v.View.Samples[n-1]
	for i := n - 1; i >= 0; i-- {
		if last.At.Sub(v.View.Samples[i].At) > 10*time.Second || i == 0 {
			return last.Failed - v.View.Samples[i].Failed
		}
	}
	return 0
}

// Responses are the response times since the page: that of the severity that was
// said, or of all.
func (v *consoleView) Responses() (list []responseView) {
	for _, s := range v.Severities {
		if v.View.Severity != "" && v.View.Severity != s {
			continue
		}
		allowed, said := v.Book.Response[s]
		if !said {
			allowed = gameday.DefaultResponse[s]
		}
		allowed = gameday.Rules{Speed: v.View.Speed}.Real(allowed)
		left := allowed - v.View.SincePage
		list = append(list, responseView{Severity: s, Allowed: allowed, Left: max(left, -left), Late: left < 0})
	}
	return list
}

// sparkline measures.
const (
	sparkWidth  = 480
	sparkHeight = 60
)

// Spark are the points of a line of the 95th percentile over the last minute, and
// FailedBars the x of samples in which requests failed.
func (v *consoleView) Spark() string {
	var b strings.Builder
	longest := time.Millisecond
	for _, s := range v.View.Samples {
		longest = max(longest, s.P95)
	}
	for i, s := range v.View.Samples {
		fmt.Fprintf(&b, "%d,%d ", sparkX(i, len(v.View.Samples)), sparkHeight-int(sparkHeight*s.P95/longest))
	}
	return b.String()
}

// FailedBars are where requests failed.
func (v *consoleView) FailedBars() (list []int) {
	for i := 1; i < len(v.View.Samples); i++ {
		if v.View.Samples[i].Failed > v.View.Samples[i-1].Failed {
			list = append(list, sparkX(i, len(v.View.Samples)))
		}
	}
	return list
}

func sparkX(i, n int) int { return sparkWidth * i / max(1, n-1) }

func (p *pages) consoleView(r *http.Request) livepage.View {
	filter := r.FormValue("filter")
	v := &consoleView{
		Name: nameOf(r), Subject: p.subject, Service: p.service, Book: p.book, Runbook: p.runbook,
		Severities: []scenarios.Severity{scenarios.P1, scenarios.P2, scenarios.P3, scenarios.P4},
		View:       p.game.View(filter),
	}
	v.Game = p.run
	return v
}

func nameOf(r *http.Request) string {
	if c, err := r.Cookie("name"); err == nil && c.Value != "" {
		return c.Value
	}
	return "player"
}

// doPlayer carries out a button.
func (p *pages) doPlayer(w http.ResponseWriter, r *http.Request) error {
	by, text := nameOf(r), strings.TrimSpace(r.FormValue("text"))
	var err error
	switch action := r.FormValue("action"); action {
	case "name":
		http.SetCookie(w, &http.Cookie{Name: "name", Value: cookieName(text), Path: "/" + p.playersKey + "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	case "acknowledge":
		err = p.game.Acknowledge(by, scenarios.Severity(r.FormValue("severity")))
	case "diagnose":
		err = p.game.Diagnose(by, r.FormValue("section"))
	case "report":
		err = p.game.Report(by, text)
	case "note":
		err = p.game.Note(by, text)
	case "escalate":
		err = p.game.Escalate(by, r.FormValue("contact"))
	case "resolve":
		err = p.game.Declare(by)
	default:
		err = fmt.Errorf("no such action %q", action)
	}
	return err
}

// cookieName is a name without what a cookie cannot have.
func cookieName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`",;\`, r) {
			return '_'
		}
		return r
	}, name)
	return name[:min(len(name), 40)]
}
