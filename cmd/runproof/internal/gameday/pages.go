package gameday

import (
	"bytes"
	"context"
	"crypto/subtle"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"net"
	"net/http"
	"strings"
	"time"

	fixture "github.com/runproof/runproof/fixtures/gameday"
	"github.com/runproof/runproof/scenarios/gameday"
)

// pages serves the console and the facilitator's page on loopback. Whoever has no
// token gets nothing.
type pages struct {
	game    *fixture.Game
	subject string // what the service is called
	run     string // by which a shell finds the game; of a planned one not its id
	book    gameday.Book
	runbook template.HTML
	service string

	host                       string // address and port
	playersKey, facilitatorKey string
	server                     *http.Server
	stop                       context.CancelFunc // ends what is streamed
	ended                      chan struct{}
}

const (
	headerTimeout = 10 * time.Second
	// streamEvery is the pause between two states of a page that is open.
	streamEvery = 500 * time.Millisecond
	// maxForm bounds what a form sends, in bytes.
	maxForm = 64 << 10
)

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
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	streams, stop := context.WithCancel(context.Background())
	p := &pages{
		game: game, subject: subject, run: run, book: book, runbook: rendered, service: service,
		host: listener.Addr().String(), playersKey: players, facilitatorKey: key, stop: stop, ended: make(chan struct{}),
	}
	p.server = &http.Server{
		ReadHeaderTimeout: headerTimeout, Handler: p,
		BaseContext: func(net.Listener) context.Context { return streams },
	}
	go func() {
		defer close(p.ended)
		_ = p.server.Serve(listener) // until it is closed
	}()
	return p, nil
}

// closeTimeout bounds the sending of the last state to who still watches.
const closeTimeout = 2 * time.Second

func (p *pages) close() {
	p.stop()
	closing, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	_ = p.server.Shutdown(closing) // who does not take the last state goes without
	_ = p.server.Close()
	<-p.ended
}

func (p *pages) console() string     { return "http://" + p.host + "/" + p.playersKey + "/" }
func (p *pages) facilitator() string { return "http://" + p.host + "/" + p.facilitatorKey + "/" }

// ServeHTTP implements http.Handler.
func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	var serve func(http.ResponseWriter, *http.Request, string) error
	switch {
	case r.Host != p.host: // a name that somebody lets point here
	case same(key, p.playersKey):
		serve = p.servePlayer
	case same(key, p.facilitatorKey):
		serve = p.serveFacilitator
	}
	if serve == nil {
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	// With "no-referrer" browsers send a form of our own with "Origin: null".
	header.Set("Referrer-Policy", "same-origin")
	header.Set("X-Content-Type-Options", "nosniff")
	if r.Method == http.MethodPost {
		if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+p.host {
			http.Error(w, "this form is of another page", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	}
	err := serve(w, r, rest)
	var wrong *wrongError
	switch {
	case errors.As(err, &wrong):
		http.Error(w, wrong.Error(), http.StatusBadRequest)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// wrongError is a form that cannot be carried out.
type wrongError struct{ error }

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

//go:embed style.css
var style string

//go:embed live.js
var script string

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

// page is what the data of both templates begin with.
type page struct {
	Style  template.CSS
	Script template.JS
	Filter string
	// Live are the parts that change, by name; Part is the one of a frame.
	Live map[string]template.HTML
	Part string
}

// The parts of the pages that change.
var (
	consoleParts     = []string{"now", "log"}
	facilitatorParts = []string{"now"}
)

// policy lets a page load nothing from elsewhere; its own script has the nonce.
func policy(w http.ResponseWriter, nonce string) {
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-"+nonce+
		"'; connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'")
}

// live renders the parts of a page that change.
func live(t *template.Template, parts []string, data any) (map[string]template.HTML, error) {
	rendered := map[string]template.HTML{}
	for _, name := range parts {
		var b bytes.Buffer
		if err := t.ExecuteTemplate(&b, name, data); err != nil {
			return nil, err
		}
		rendered[name] = template.HTML(b.String()) //nolint:gosec // our own
	}
	return rendered, nil
}

// stream sends the parts that changed (server-sent events), as one line of JSON,
// until the reader leaves or the pages close, and then once more.
func stream(w http.ResponseWriter, r *http.Request, render func() (map[string]template.HTML, error)) error {
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w)
	ticker := time.NewTicker(streamEvery)
	defer ticker.Stop()
	last := map[string]template.HTML{}
	for ended := false; ; {
		parts, err := render()
		if err != nil {
			return err
		}
		changed := maps.Clone(parts)
		maps.DeleteFunc(changed, func(name string, text template.HTML) bool { return last[name] == text })
		if len(changed) > 0 {
			line, err := json.Marshal(changed)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(w, "data: %s\n\n", line); err != nil {
				return nil //nolint:nilerr // the reader has left
			}
			if err := flush.Flush(); err != nil {
				return nil //nolint:nilerr // likewise
			}
			last = parts
		}
		if ended {
			return nil
		}
		select {
		case <-r.Context().Done():
			ended = true
		case <-ticker.C:
		}
	}
}
