package initialize

import (
	"fmt"
	"io"
	"strings"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/files"
)

// starterHealth are the lines of the starter that what a service shows takes the place of.
const (
	starterLive  = "  live: {path: /health/live}\n"
	starterReady = "  ready: {path: /health/ready}\n"
)

// writeProfile writes a commented starter of a profile, with what a running service shows
// of itself, where one is named.
func writeProfile(o Options, out io.Writer) error {
	text, err := starters.ReadFile("starter/profile.yaml")
	if err != nil {
		return exit.Undecided("%w", err)
	}
	written := string(text)
	if o.URL != "" {
		found, err := discover(o.URL)
		if err != nil {
			return err
		}
		written = found.into(written)
		for _, line := range found.notes {
			fmt.Fprintln(out, line)
		}
	}
	if err := files.Create(o.Profile, []byte(written)); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: written\nnext: fill it in, then runproof doctor --profile %s\n", o.Profile, o.Profile)
	return nil
}

// into puts what was seen into the starter.
func (s discovery) into(starter string) string {
	if s.live != "" {
		starter = strings.Replace(starter, starterLive, "  live: "+s.live+"\n", 1)
	}
	if s.ready != "" {
		starter = strings.Replace(starter, starterReady, "  ready: "+s.ready+"\n", 1)
	}
	if len(s.routes) > 0 {
		lines := "# Routes that the service documents; put those that the runbook speaks of on the right:\n"
		for _, route := range s.routes {
			lines += "#   " + route + "\n"
		}
		starter = strings.Replace(starter, "# By what runproof itself knows", lines+"\n# By what runproof itself knows", 1)
	}
	return starter
}
