// Package livepage serves pages on loopback, parts of which change while they are
// open: by server-sent events, or without scripts by frames that refresh themselves.
// Whoever has no token gets nothing.
package livepage

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/hex"
	"errors"
	"html/template"
	"net"
	"net/http"
	"strings"
	"time"
)

// Common is what the data of every page embed.
type Common struct {
	Style  template.CSS
	Script template.JS
	Nonce  string
	Filter string // of the log
	// Live are the parts that change, by name; Part is the one of a frame.
	Live map[string]template.HTML
	Part string
}

// Shared implements View.
func (c *Common) Shared() *Common { return c }

// View is the data of a page.
type View interface{ Shared() *Common }

// Page is one page.
type Page struct {
	// Template defines "page", "frame", and each of the parts.
	Template *template.Template
	Parts    []string
	View     func(r *http.Request) View
	// Do carries out a button; its error is shown to who pressed it.
	Do func(w http.ResponseWriter, r *http.Request) error
}

// Server serves pages by their tokens.
type Server struct {
	// Host is its address and port.
	Host string

	pages  map[string]Page // by token
	server *http.Server
	stop   context.CancelFunc // ends what is streamed
	ended  chan struct{}
}

const (
	headerTimeout = 10 * time.Second
	// MaxForm bounds what a form sends, in bytes.
	MaxForm = 64 << 10
	// closeTimeout bounds the sending of the last state to who still watches.
	closeTimeout = 2 * time.Second
)

// Serve begins to serve on a free port.
func Serve(pages map[string]Page) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	streams, stop := context.WithCancel(context.Background())
	s := &Server{Host: listener.Addr().String(), pages: pages, stop: stop, ended: make(chan struct{})}
	s.server = &http.Server{
		ReadHeaderTimeout: headerTimeout, Handler: s,
		BaseContext: func(net.Listener) context.Context { return streams },
	}
	go func() {
		defer close(s.ended)
		_ = s.server.Serve(listener) // until it is closed
	}()
	return s, nil
}

// Close ends it, once the last state was sent.
func (s *Server) Close() {
	s.stop()
	closing, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	_ = s.server.Shutdown(closing) // who does not take the last state goes without
	_ = s.server.Close()
	<-s.ended
}

// Address is that of the page with a token.
func (s *Server) Address(token string) string { return "http://" + s.Host + "/" + token + "/" }

// Token is what nobody can guess: 32 random bytes in hexadecimal.
func Token() (string, error) {
	var random [32]byte
	if _, err := rand.Read(random[:]); err != nil {
		return "", err
	}
	return hex.EncodeToString(random[:]), nil
}

// find is the page of a token.
func (s *Server) find(token string) (found Page, known bool) {
	for own, page := range s.pages {
		if subtle.ConstantTimeCompare([]byte(own), []byte(token)) == 1 {
			found, known = page, true
		}
	}
	return found, known
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	page, known := s.find(token)
	if !known || r.Host != s.Host { // a name that somebody lets point here
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	// With "no-referrer" browsers send a form of our own with "Origin: null".
	header.Set("Referrer-Policy", "same-origin")
	header.Set("X-Content-Type-Options", "nosniff")
	if r.Method == http.MethodPost {
		if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+s.Host {
			http.Error(w, "this form is of another page", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, MaxForm)
	}
	err := page.serve(w, r, rest)
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

func (p Page) serve(w http.ResponseWriter, r *http.Request, path string) error {
	switch {
	case r.Method == http.MethodPost && path == "do":
		if err := p.Do(w, r); err != nil {
			return &wrongError{err}
		}
		back := "./"
		if filter := r.FormValue("filter"); filter != "" {
			back += "?filter=" + template.URLQueryEscaper(filter)
		}
		http.Redirect(w, r, back, http.StatusSeeOther)
		return nil
	case r.Method != http.MethodGet:
		http.Error(w, "no such method", http.StatusMethodNotAllowed)
		return nil
	case path == "":
		return p.render(w, "page", p.view(r))
	case path == "live":
		return p.render(w, "frame", p.view(r))
	case path == "events":
		return stream(w, r, func() (map[string]template.HTML, error) { return p.live(p.view(r)) })
	}
	http.NotFound(w, r)
	return nil
}

//go:embed style.css
var style string

//go:embed live.js
var script string

func (p Page) view(r *http.Request) View {
	v := p.View(r)
	c := v.Shared()
	c.Style, c.Script = template.CSS(style), template.JS(script) //nolint:gosec // our own
	c.Filter, c.Part = r.FormValue("filter"), r.FormValue("part")
	return v
}

// render renders a page with a nonce of its own.
func (p Page) render(w http.ResponseWriter, name string, v View) error {
	nonce, err := Token()
	if err != nil {
		return err
	}
	parts, err := p.live(v)
	if err != nil {
		return err
	}
	v.Shared().Nonce, v.Shared().Live = nonce, parts
	var text bytes.Buffer
	if err := p.Template.ExecuteTemplate(&text, name, v); err != nil {
		return err
	}
	// A page loads nothing from elsewhere; its own script has the nonce.
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-"+nonce+
		"'; connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = text.WriteTo(w) // the reader may have left
	return nil
}

// live renders the parts that change.
func (p Page) live(v View) (map[string]template.HTML, error) {
	rendered := map[string]template.HTML{}
	for _, name := range p.Parts {
		var b bytes.Buffer
		if err := p.Template.ExecuteTemplate(&b, name, v); err != nil {
			return nil, err
		}
		rendered[name] = template.HTML(b.String()) //nolint:gosec // our own
	}
	return rendered, nil
}
