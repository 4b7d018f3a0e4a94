// Package solana tells a Solana RPC node of published events: the runbook's
// "best effort" dependency. Nothing waits for it and nothing depends on it.
package solana

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/logging"
)

// Dependency is the name of the RPC node in logs and health.
const Dependency = "solana-rpc"

const (
	queue     = 100 // events that may wait; more are dropped
	timeout   = 5 * time.Second
	maxAnswer = 64 << 10
)

// Notary asks the node for the slot at which an event was published and logs
// it, one event at a time.
type Notary struct {
	url    string
	http   *http.Client
	log    *slog.Logger
	todo   chan events.Event
	stop   context.CancelFunc
	worker sync.WaitGroup
	failed atomic.Bool
}

// NewNotary starts the one worker. Close ends it.
func NewNotary(url string, log *slog.Logger) *Notary {
	ctx, stop := context.WithCancel(context.Background())
	n := &Notary{
		url: url, log: log, stop: stop,
		http: &http.Client{Timeout: timeout, Transport: http.DefaultTransport.(*http.Transport).Clone()},
		todo: make(chan events.Event, queue),
	}
	n.worker.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-n.todo:
				n.note(ctx, e)
			}
		}
	})
	return n
}

// Published implements events.Notary.
func (n *Notary) Published(ctx context.Context, e events.Event) {
	// Runbook: Escalation Contacts: Solana RPC is best effort.
	select {
	case n.todo <- e:
	default:
		n.log.WarnContext(ctx, "Publication not noted: too many wait", "dependency", Dependency, "event_id", e.ID.String())
	}
}

// Healthy tells whether the last call succeeded; true before the first.
func (n *Notary) Healthy() bool { return !n.failed.Load() }

// Close drops what waits.
func (n *Notary) Close() {
	n.stop()
	n.worker.Wait()
	n.http.CloseIdleConnections()
}

func (n *Notary) note(ctx context.Context, e events.Event) {
	slot, err := n.slot(ctx)
	if ctx.Err() != nil {
		return
	}
	n.failed.Store(err != nil)
	if err != nil {
		n.log.Warn("Publication not noted: "+logging.Failure(Dependency, err), "event_id", e.ID.String(), logging.Error(err))
		return
	}
	n.log.Info("Publication noted", "event_id", e.ID.String(), "tenant_id", string(e.TenantID), "slot", slot)
}

// slot is the RPC method getSlot (Solana JSON RPC over HTTP).
func (n *Notary) slot(ctx context.Context) (uint64, error) {
	body := []byte(`{"jsonrpc":"2.0","id":1,"method":"getSlot","params":[{"commitment":"finalized"}]}`)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, n.url, bytes.NewReader(body))
	if err != nil {
		return 0, errors.New("the URL is not one") // it may hold an API key
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := n.http.Do(request)
	if err != nil {
		return 0, withoutURL(err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("unexpected status %d", response.StatusCode)
	}
	return decodeSlot(io.LimitReader(response.Body, maxAnswer))
}

func decodeSlot(r io.Reader) (uint64, error) {
	var answer struct {
		Result *uint64 `json:"result"`
		Error  *struct {
			Code    int    `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	if err := json.NewDecoder(r).Decode(&answer); err != nil {
		return 0, fmt.Errorf("unreadable answer: %w", err)
	}
	if answer.Error != nil {
		return 0, fmt.Errorf("rpc error %d: %s", answer.Error.Code, answer.Error.Message)
	}
	if answer.Result == nil {
		return 0, errors.New("an answer without a result")
	}
	return *answer.Result, nil
}
