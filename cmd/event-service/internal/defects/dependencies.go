package defects

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
)

// forgetKeys makes a set of keys for each token, so that none is ever known.
func forgetKeys(p *app.Parts) {
	honest := p.Keys
	p.Keys = func(c config.JWT, log *slog.Logger) (auth.Keys, func(), error) {
		_, end, err := honest(c, log) // what is wrong with the settings is still said at the start
		return forgetful(func() (auth.Keys, func(), error) { return honest(c, log) }), end, err
	}
}

type forgetful func() (auth.Keys, func(), error)

func (f forgetful) Key(ctx context.Context, alg, kid string) (any, error) {
	keys, end, err := f()
	if err != nil {
		return nil, err
	}
	defer end()
	return keys.Key(ctx, alg, kid)
}

// asking shows the state of a breaker by a call through it. The call succeeds,
// and a success is what the breaker waits for.
type asking struct{ app.Breaker }

func (a asking) Stats() breaker.Stats {
	_ = a.Do(context.Background(), func(context.Context) error { return nil })
	return a.Breaker.Stats()
}

// waitForNode lets whoever publishes wait for the node's answer.
func waitForNode(p *app.Parts) {
	honest := p.Notary
	p.Notary = func(url string, log *slog.Logger) app.Notary { return waiting{honest(url, log), url} }
}

type waiting struct {
	app.Notary
	url string
}

func (w waiting) Published(ctx context.Context, e events.Event) {
	body := bytes.NewBufferString(`{"jsonrpc":"2.0","id":1,"method":"getHealth"}`)
	if request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, body); err == nil {
		request.Header.Set("Content-Type", "application/json")
		if response, err := http.DefaultClient.Do(request); err == nil {
			_ = response.Body.Close()
		}
	}
	w.Notary.Published(ctx, e)
}
