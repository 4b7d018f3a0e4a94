// Package control lets other terminals send commands to what runs in this one, by
// a socket in the run's directory, which is its user's alone.
package control

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/statedir"
)

// Execute carries out a command line.
type Execute func(ctx context.Context, args []string, out io.Writer) error

// message is one line of an answer; the last one has an exit code.
type message struct {
	Out  string `json:"out,omitempty"`
	Exit *int   `json:"exit,omitempty"`
	Err  string `json:"err,omitempty"`
}

// Server serves the commands of other terminals.
type Server struct {
	server *http.Server
	ended  chan struct{}
}

const suffix = ".sock"

// headerTimeout bounds the reading of a request's head.
const headerTimeout = 10 * time.Second

// Listen opens the socket that is called after what runs.
func Listen(dir, what string, execute Execute) (*Server, error) {
	path := filepath.Join(dir, what+suffix)
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	c := &Server{ended: make(chan struct{}), server: &http.Server{ReadHeaderTimeout: headerTimeout, Handler: handler(execute)}}
	go func() {
		defer close(c.ended)
		_ = c.server.Serve(listener) // until it is closed
	}()
	return c, nil
}

// Close ends it.
func (c *Server) Close() {
	_ = c.server.Close() // who still waits for an answer learns that there is none
	<-c.ended
}

// handler executes the command line of a request, and streams what it prints.
func handler(execute Execute) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var args []string
		if err := json.NewDecoder(r.Body).Decode(&args); err != nil || len(args) == 0 {
			http.Error(w, "want a command line", http.StatusBadRequest)
			return
		}
		out := &stream{to: json.NewEncoder(w), flush: http.NewResponseController(w)}
		err := execute(r.Context(), args, out)
		last := message{Exit: new(int)}
		if err != nil {
			*last.Exit, last.Err = exit.Code(err), exit.Line(err)
		}
		_ = out.send(last) // who asked may have left
	})
}

// stream sends what is written to it as messages.
type stream struct {
	mu    sync.Mutex
	to    *json.Encoder
	flush *http.ResponseController
	err   error
}

// Write implements io.Writer.
func (s *stream) Write(p []byte) (int, error) {
	if err := s.send(message{Out: string(p)}); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (s *stream) send(m message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = errors.Join(s.to.Encode(m), s.flush.Flush())
	}
	return s.err
}

// Send sends a command line to the one that runs, and prints what it answers. Where
// several run, its id says which; else it may be empty.
func Send(ctx context.Context, what, id string, args []string, out io.Writer) error {
	path, err := running(what, id)
	if err != nil {
		return err
	}
	body, err := json.Marshal(args)
	if err != nil {
		return exit.Undecided("%w", err)
	}
	client := http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", path)
		},
	}}
	defer client.CloseIdleConnections()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://control/", strings.NewReader(string(body)))
	if err != nil {
		return exit.Undecided("%w", err)
	}
	answer, err := client.Do(r)
	if err != nil {
		return exit.Undecided("the %s does not answer: %w", what, err)
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	for from := json.NewDecoder(answer.Body); ; {
		var m message
		if err := from.Decode(&m); err != nil {
			return exit.Undecided("the %s ended before its answer did: %w", what, err)
		}
		if _, err := io.WriteString(out, m.Out); err != nil {
			return exit.Undecided("%w", err)
		}
		if m.Exit == nil {
			continue
		}
		if m.Err != "" {
			return &exit.Error{Code: *m.Exit, Err: errors.New(m.Err)}
		}
		return nil
	}
}

// running is the socket of the one that this user runs.
func running(what, id string) (string, error) {
	var found, ids []string
	for _, base := range statedir.All() {
		paths, err := filepath.Glob(filepath.Join(base, "*", what+suffix))
		if err != nil {
			return "", exit.Undecided("%w", err)
		}
		for _, path := range paths {
			name := filepath.Base(filepath.Dir(path))
			if id != "" && name != id {
				continue
			}
			if conn, err := net.Dial("unix", path); err == nil && ours(path) {
				_ = conn.Close() // it was opened to see that somebody listens
				found, ids = append(found, path), append(ids, name)
			}
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0 && id != "":
		return "", exit.Usage("no %s is called %s", what, id)
	case len(found) == 0:
		return "", exit.Usage("no %s is running; start one with \"runproof %s\" in another terminal", what, what)
	}
	return "", exit.Usage("%d of the kind %s are running: %s", len(found), what, strings.Join(ids, ", "))
}

// ours says whether the run's directory is this user's: anybody may put one where
// ours would be.
func ours(socket string) bool {
	root, err := statedir.Open(filepath.Dir(socket))
	if err != nil {
		return false
	}
	return root.Close() == nil
}
