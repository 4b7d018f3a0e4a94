package reports

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
)

//go:embed gameday.html.tmpl
var gamePageText string

var gamePage = template.Must(template.New("gameday.html").Parse(gamePageText))

// GameHTML renders a game as one file that loads nothing and runs nothing.
func GameHTML(g Game) ([]byte, error) {
	var b bytes.Buffer
	if err := gamePage.Execute(&b, viewGame(g)); err != nil {
		return nil, fmt.Errorf("gameday.html: %w", err)
	}
	return b.Bytes(), nil
}
