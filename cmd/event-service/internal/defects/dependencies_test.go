package defects

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
)

func TestNoKeyIsKept(t *testing.T) {
	made := 0
	p := mutated(t, "keys-asked-for-each-time", func(p *app.Parts) {
		p.Keys = func(config.JWT, *slog.Logger) (auth.Keys, func(), error) { made++; return &rotating{}, func() {}, nil }
	})
	keys, end, err := p.Keys(rules, discard)
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	for range 2 {
		if _, err := keys.Key(t.Context(), "ES256", "x"); err != nil {
			t.Error(err)
		}
	}
	if made != 3 {
		t.Errorf("%d sets were made, for the start and two tokens", made)
	}
}

func TestAskingForHealthMovesTheBreaker(t *testing.T) {
	b := guard(t, "health-resets-breaker")
	for range 9 {
		if made := called(t, b, 1, errLost); made != 1 || b.Stats().Circuit != breaker.Closed {
			t.Fatalf("%d calls made, %s", made, b.Stats().Circuit)
		}
	}
}

func TestThePublisherWaits(t *testing.T) {
	node := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body) // net/http notices a caller that left only after this
		<-r.Context().Done()
	}))
	defer node.Close()
	for name, waits := range map[string]bool{"": false, "publish-waits-for-node": true} {
		p := app.Honest()
		if name != "" {
			p = mutated(t, name, nil)
		}
		notary := p.Notary(node.URL, discard)
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		notary.Published(ctx, events.Event{})
		if waited := ctx.Err() != nil; waited != waits {
			t.Errorf("%q waited: %v", name, waited)
		}
		cancel()
		notary.Close()
	}
}
