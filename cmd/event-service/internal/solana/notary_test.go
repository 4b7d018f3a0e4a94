package solana

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.uber.org/goleak"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// buffer is a log that two goroutines use.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func notary(t *testing.T, log io.Writer, h http.HandlerFunc) *Notary {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	n := NewNotary(s.URL+"/?api-key=hidden", slog.New(slog.NewJSONHandler(log, nil)))
	t.Cleanup(n.Close)
	return n
}

func TestAPublicationIsNoted(t *testing.T) {
	var log buffer
	asked := make(chan string, 1)
	n := notary(t, &log, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		asked <- string(b)
		_, _ = io.WriteString(w, `{"jsonrpc":"2.0","result":1234,"id":1}`)
	})
	n.Published(t.Context(), events.Event{ID: uuid.New()})
	if body := <-asked; !strings.Contains(body, `"getSlot"`) {
		t.Errorf("asked for %s", body)
	}
	n.Published(t.Context(), events.Event{ID: uuid.New()})
	<-asked // the first is done by now
	if !strings.Contains(log.String(), `"slot":1234`) || !n.Healthy() {
		t.Errorf("log: %s", log.String())
	}
}

// Nobody waits, whatever the node does, and a full queue drops.
func TestANodeThatHangsIsInNobodysWay(t *testing.T) {
	var log buffer
	n := notary(t, &log, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body) // net/http notices a caller that left only after this
		<-r.Context().Done()
	})
	start := time.Now()
	for range 3 * queue {
		n.Published(t.Context(), events.Event{})
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("callers waited %s", took)
	}
	if !strings.Contains(log.String(), "too many wait") {
		t.Error("nothing was dropped")
	}
}

func TestAFailureIsLoggedWithoutTheKey(t *testing.T) {
	var log buffer
	asked := make(chan struct{}, 2)
	n := notary(t, &log, func(http.ResponseWriter, *http.Request) {
		asked <- struct{}{}
		panic(http.ErrAbortHandler)
	})
	n.Published(t.Context(), events.Event{})
	<-asked
	n.Published(t.Context(), events.Event{})
	<-asked // the first is done by now
	if n.Healthy() || strings.Contains(log.String(), "hidden") || !strings.Contains(log.String(), "solana-rpc unavailable") {
		t.Errorf("healthy %v, log: %s", n.Healthy(), log.String())
	}
}

func FuzzDecodeSlot(f *testing.F) {
	f.Add([]byte(`{"result":1}`))
	f.Add([]byte(`{"error":{"code":-32005,"message":"Node is behind"}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if slot, err := decodeSlot(bytes.NewReader(b)); err != nil && slot != 0 {
			t.Errorf("%q: %d and %v", b, slot, err)
		}
	})
}
