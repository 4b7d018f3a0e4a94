package gameday

import (
	_ "embed"
	"fmt"
	"html/template"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/livepage"
	fixture "github.com/runproof/runproof/fixtures/gameday"
	"github.com/runproof/runproof/scenarios/gameday"
)

// pages serves the console and the facilitator's page.
type pages struct {
	game    *fixture.Game
	subject string // what the service is called
	run     string // by which a shell finds the game; of a planned one not its id
	book    gameday.Book
	runbook template.HTML
	service string

	playersKey, facilitatorKey string
	server                     *livepage.Server
}

// servePages begins to serve on a free port. The facilitator's token is the key of
// what is encrypted on disk; the players' is its own.
func servePages(game *fixture.Game, subject, run string, book gameday.Book, source []byte, service, key string) (*pages, error) {
	rendered, err := render(source)
	if err != nil {
		return nil, err
	}
	players, err := token()
	if err != nil {
		return nil, err
	}
	p := &pages{
		game: game, subject: subject, run: run, book: book, runbook: rendered, service: service,
		playersKey: players, facilitatorKey: key,
	}
	p.server, err = livepage.Serve(map[string]livepage.Page{
		players: {Template: consolePage, Parts: []string{"now", "log"}, View: p.consoleView, Do: p.doPlayer},
		key:     {Template: facilitatorPage, Parts: []string{"now"}, View: p.facilitatorView, Do: p.doFacilitator},
	})
	return p, err
}

func (p *pages) close() { p.server.Close() }

func (p *pages) console() string     { return p.server.Address(p.playersKey) }
func (p *pages) facilitator() string { return p.server.Address(p.facilitatorKey) }

//go:embed console.html.tmpl
var consoleText string

//go:embed facilitator.html.tmpl
var facilitatorText string

var functions = template.FuncMap{
	"clock":    func(d time.Duration) string { return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60) },
	"at":       func(t time.Time) string { return t.Format(time.TimeOnly) },
	"ms":       func(d time.Duration) string { return d.Round(time.Millisecond).String() },
	"sentence": sentence,
}

var (
	consolePage     = template.Must(template.New("console").Funcs(functions).Parse(consoleText))
	facilitatorPage = template.Must(template.New("facilitator").Funcs(functions).Parse(facilitatorText))
)
