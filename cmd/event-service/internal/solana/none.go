package solana

import (
	"context"
	"errors"
	"net/url"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
)

// None is the Notary of a service without a node.
type None struct{}

// Published implements events.Notary.
func (None) Published(context.Context, events.Event) {}

// withoutURL takes the URL out of an error: a node's address commonly holds
// the API key.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
