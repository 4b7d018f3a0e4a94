package lab

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
	"github.com/runproof/runproof/fixtures/lab"
	"github.com/runproof/runproof/fixtures/statedir"
)

// socketName is the socket in the run's directory by which other terminals reach a
// lab. The directory is its user's alone.
const socketName = "lab.sock"

// message is one line of an answer; the last one has an exit code.
type message struct {
	Out  string `json:"out,omitempty"`
	Exit *int   `json:"exit,omitempty"`
	Err  string `json:"err,omitempty"`
}

// control serves the commands of other terminals.
type control struct {
	server *http.Server
	ended  chan struct{}
}

// headerTimeout bounds the reading of a request's head.
const headerTimeout = 10 * time.Second

func listen(dir string, l *lab.Lab) (*control, error) {
	path := filepath.Join(dir, socketName)
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	c := &control{ended: make(chan struct{}), server: &http.Server{ReadHeaderTimeout: headerTimeout, Handler: handler(l)}}
	go func() {
		defer close(c.ended)
		_ = c.server.Serve(listener) // until it is closed
	}()
	return c, nil
}

func (c *control) close() {
	_ = c.server.Close() // who still waits for an answer learns that there is none
	<-c.ended
}

// handler executes the command line of a request, and streams what it prints.
func handler(l *lab.Lab) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var args []string
		if err := json.NewDecoder(r.Body).Decode(&args); err != nil || len(args) == 0 {
			http.Error(w, "want a command line", http.StatusBadRequest)
			return
		}
		out := &stream{to: json.NewEncoder(w), flush: http.NewResponseController(w)}
		err := execute(r.Context(), l, args, out)
		if errors.Is(err, errQuit) {
			err = exit.Usage("a lab is ended in its own terminal")
		}
		last := message{Exit: new(int)}
		if err != nil {
			*last.Exit, last.Err = exit.Code(err), exit.Line(err)
		}
		out.send(last)
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

// send sends a command line to the lab that runs, and prints what it answers.
func send(ctx context.Context, args []string, out io.Writer) error {
	path, err := running()
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
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://lab/", strings.NewReader(string(body)))
	if err != nil {
		return exit.Undecided("%w", err)
	}
	answer, err := client.Do(r)
	if err != nil {
		return exit.Undecided("the lab does not answer: %w", err)
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	for from := json.NewDecoder(answer.Body); ; {
		var m message
		if err := from.Decode(&m); err != nil {
			return exit.Undecided("the lab ended before its answer did: %w", err)
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

// running is the socket of the one lab that this user runs.
func running() (string, error) {
	var found []string
	for _, base := range statedir.All() {
		paths, err := filepath.Glob(filepath.Join(base, "*", socketName))
		if err != nil {
			return "", exit.Undecided("%w", err)
		}
		for _, path := range paths {
			if conn, err := net.Dial("unix", path); err == nil && ours(path) {
				_ = conn.Close() // it was opened to see that somebody listens
				found = append(found, path)
			}
		}
	}
	switch len(found) {
	case 0:
		return "", exit.Usage("no lab is running; start one with \"runproof lab\" in another terminal")
	case 1:
		return found[0], nil
	}
	return "", exit.Usage("%d labs are running: %s; end all but one", len(found), strings.Join(found, ", "))
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
