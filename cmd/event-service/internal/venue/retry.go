package venue

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"syscall"
	"time"
)

// backoff is the wait before the one retry, half of it by chance: a process
// that restarts needs a moment, and its callers should not all come at once.
const backoff = 50 * time.Millisecond

// retried makes a call a second time when the connection, and only the
// connection, has failed. An answer, however bad, and a time that is over are
// not asked for again: the venue-service has enough to do then.
func retried(ctx context.Context, call func(context.Context) error) error {
	err := call(ctx)
	if err == nil || ctx.Err() != nil || !connectionFailed(err) {
		return err
	}
	wait := time.NewTimer(backoff/2 + rand.N(backoff/2))
	defer wait.Stop()
	select {
	case <-ctx.Done():
		return err
	case <-wait.C:
		return call(ctx)
	}
}

// connectionFailed tells refused, reset and closed connections from all else.
func connectionFailed(err error) bool {
	var network net.Error
	if errors.As(err, &network) && network.Timeout() {
		return false
	}
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial" ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
