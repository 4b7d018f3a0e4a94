package livepage

import (
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"time"
)

// streamEvery is the pause between two states of a page that is open.
const streamEvery = 500 * time.Millisecond

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
