package lab

import (
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/livepage"
	"github.com/runproof/runproof/fixtures/lab"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/scenarios"
)

// console is a page that shows a lab and breaks it.
type console struct {
	lab    *lab.Lab
	token  string
	server *livepage.Server
}

func openConsole(l *lab.Lab) (*console, error) {
	token, err := livepage.Token()
	if err != nil {
		return nil, err
	}
	c := &console{lab: l, token: token}
	c.server, err = livepage.Serve(map[string]livepage.Page{
		token: {Template: consolePage, Parts: []string{"now", "log"}, View: c.view, Do: c.do},
	})
	return c, err
}

//go:embed console.html.tmpl
var consoleText string

var consolePage = template.Must(template.New("console").Funcs(template.FuncMap{
	"ago": func(t time.Time) string { return time.Since(t).Round(time.Second).String() },
}).Parse(consoleText))

// consoleView is what the page shows.
type consoleView struct {
	livepage.Common
	Info   lab.Info
	Status lab.Health
	Active []*lab.Active
	Load   string
	Rate   int
	Offers lab.Catalogue
	Log    []target.Line // the newest first
}

const (
	// consoleLines of the log are shown.
	consoleLines = 60
	// consoleLog is how far they go back.
	consoleLog = 5 * time.Minute
	// probeTimeout bounds the health of one state of the page.
	probeTimeout = 2 * time.Second
)

func (c *console) view(r *http.Request) livepage.View {
	asking, cancel := context.WithTimeout(r.Context(), probeTimeout)
	defer cancel()
	load := c.lab.Traffic()
	v := &consoleView{Status: c.lab.Health(asking), Active: c.lab.Active(), Load: describe(load), Rate: load.Rate, Offers: c.lab.Catalogue}
	v.Info, _ = c.lab.Info() // without it the page has no addresses, and all the rest
	filter := strings.ToLower(r.FormValue("filter"))
	lines, _ := c.lab.Logs(time.Now().Add(-consoleLog))
	for _, line := range slices.Backward(lines) {
		if strings.Contains(strings.ToLower(line.Text), filter) {
			v.Log = append(v.Log, line)
		}
		if len(v.Log) == consoleLines {
			break
		}
	}
	return v
}

// Tile is a health probe as a word and whether it is a good one.
func (consoleView) Tile(o scenarios.Observation) (t struct {
	Text string
	Good bool
}) {
	t.Text, t.Good = fmt.Sprint(o.Status), o.Status == http.StatusOK
	if o.Status == 0 {
		t.Text = "no answer"
	}
	return t
}

// do carries out a button: the command of the same name.
func (c *console) do(_ http.ResponseWriter, r *http.Request) error {
	action := r.FormValue("action")
	if !slices.Contains([]string{"inject", "heal", "load", "restart", "scale", "fallback"}, action) {
		return exit.Usage("no such action %q", action)
	}
	return execute(context.WithoutCancel(r.Context()), c.lab, append([]string{action}, strings.Fields(r.FormValue("text"))...), io.Discard)
}

func open(_ context.Context, l *lab.Lab, _ []string, out io.Writer) error {
	if l.Console == "" {
		return exit.Undecided("this lab has no console")
	}
	_, err := fmt.Fprintln(out, l.Console)
	return err
}
