package gameday

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
)

// webhook is where the page is sent.
type webhook struct {
	url   string
	slack bool
}

// parseWebhook reads URL or slack=URL. Unless any host is allowed it must be this
// machine: a game calls nobody by accident.
func parseWebhook(text string, anyHost bool) (w webhook, err error) {
	w.url, w.slack = strings.CutPrefix(text, "slack=")
	u, err := url.Parse(w.url)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return w, exit.Usage("--webhook %s: want a URL of http or https, or slack=URL", text)
	}
	ip := net.ParseIP(u.Hostname())
	if !anyHost && u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return w, exit.Usage("--webhook %s: %s is another machine; --allow-host allows that", text, u.Hostname())
	}
	return w, nil
}

// alert is what on-call is told.
type alert struct {
	game, service, text, console string
	at                           time.Time
}

// body is the alert as PagerDuty's Events API v2 or Slack's incoming webhooks take it.
func (w webhook) body(a alert) ([]byte, error) {
	if w.slack {
		return json.Marshal(map[string]any{
			"text": a.service + ": " + a.text,
			"blocks": []any{
				map[string]any{"type": "header", "text": map[string]any{"type": "plain_text", "text": a.service + ": page"}},
				map[string]any{"type": "section", "text": map[string]any{"type": "plain_text", "text": a.text}},
				map[string]any{"type": "context", "elements": []any{map[string]any{"type": "plain_text", "text": a.console}}},
			},
		})
	}
	return json.Marshal(map[string]any{
		"routing_key":  a.game,
		"event_action": "trigger",
		"dedup_key":    a.game,
		"payload": map[string]any{
			"summary": a.service + ": " + a.text, "source": a.service, "severity": "error",
			"timestamp": a.at.UTC().Format(time.RFC3339Nano), "component": a.service,
		},
		"links": []any{map[string]any{"href": a.console, "text": "console"}},
	})
}

// webhookTimeout bounds one request.
const webhookTimeout = 10 * time.Second

// send sends it once; redirects are not followed, who receives it is to be who was named.
func (w webhook) send(ctx context.Context, a alert) error {
	body, err := w.body(a)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, webhookTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	client := http.Client{
		Transport:     &http.Transport{},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }() // nothing in it is needed
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("%s answers %s", w.url, answer.Status)
	}
	return nil
}
