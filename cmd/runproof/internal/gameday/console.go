package gameday

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	fixture "github.com/runproof/runproof/fixtures/gameday"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/gameday"
)

// consoleView is what the players' page shows.
type consoleView struct {
	page
	Nonce, Name, Subject, Service, Game string
	Book                                gameday.Book
	Runbook                             template.HTML
	Severities                          []scenarios.Severity
	View                                fixture.View
}

// responseView is a response time that runs, or would run.
type responseView struct {
	Severity      scenarios.Severity
	Allowed, Left time.Duration
	Late          bool
}

// Shell is the line that opens the shell of this player.
func (v consoleView) Shell() string {
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
func (v consoleView) Now() gameday.Sample {
	if n := len(v.View.Samples); n > 0 {
		return v.View.Samples[n-1]
	}
	return gameday.Sample{}
}

// FailedNow are requests that failed over the last ten seconds.
func (v consoleView) FailedNow() int {
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
func (v consoleView) Responses() (list []responseView) {
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
func (v consoleView) Spark() string {
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
func (v consoleView) FailedBars() (list []int) {
	for i := 1; i < len(v.View.Samples); i++ {
		if v.View.Samples[i].Failed > v.View.Samples[i-1].Failed {
			list = append(list, sparkX(i, len(v.View.Samples)))
		}
	}
	return list
}

func sparkX(i, n int) int { return sparkWidth * i / max(1, n-1) }

func (p *pages) consoleView(r *http.Request) consoleView {
	filter := r.FormValue("filter")
	v := consoleView{
		page: page{Filter: filter}, Name: nameOf(r), Subject: p.subject, Service: p.service, Book: p.book, Runbook: p.runbook,
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

// servePlayer serves what is below a player's token.
func (p *pages) servePlayer(w http.ResponseWriter, r *http.Request, path string) error {
	switch {
	case r.Method == http.MethodPost && path == "do":
		return p.doPlayer(w, r)
	case r.Method != http.MethodGet:
		http.Error(w, "no such method", http.StatusMethodNotAllowed)
		return nil
	case path == "":
		return renderPage(w, consolePage, "page", func(nonce string) (any, error) {
			v := p.consoleView(r)
			parts, err := live(consolePage, consoleParts, v)
			v.page = page{Style: template.CSS(style), Script: template.JS(script), Filter: v.Filter, Live: parts} //nolint:gosec // our own
			v.Nonce = nonce
			return v, err
		})
	case path == "live":
		return renderPage(w, consolePage, "frame", func(string) (any, error) {
			v := p.consoleView(r)
			v.Style, v.Part = template.CSS(style), r.FormValue("part") //nolint:gosec // our own
			return v, nil
		})
	case path == "events":
		return stream(w, r, func() (map[string]template.HTML, error) { return live(consolePage, consoleParts, p.consoleView(r)) })
	}
	http.NotFound(w, r)
	return nil
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
	if err != nil {
		return &wrongError{err}
	}
	back := "./"
	if filter := r.FormValue("filter"); filter != "" {
		back += "?" + url.Values{"filter": {filter}}.Encode()
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
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

// renderPage renders a page with a nonce of its own.
func renderPage(w http.ResponseWriter, t *template.Template, name string, data func(nonce string) (any, error)) error {
	nonce, err := token()
	if err != nil {
		return err
	}
	v, err := data(nonce)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := t.ExecuteTemplate(&text, name, v); err != nil {
		return err
	}
	policy(w, nonce)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = text.WriteTo(w) // the reader may have left
	return nil
}
