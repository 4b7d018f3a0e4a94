package events

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"time"
)

// KeyTTL is how long the answer to a keyed request is kept: a client that
// retries for longer has other problems.
const KeyTTL = 24 * time.Hour

// MaxKey is the longest Idempotency-Key, in characters.
const MaxKey = 255

// Key is an Idempotency-Key with the request that it came with, so that the
// same key cannot stand for two requests. The zero Key is none.
type Key struct {
	Value       string
	Fingerprint [sha256.Size]byte
}

// NewKey makes a key of its value and the details it came with. An empty
// value is no key.
func NewKey(value string, d Details) Key {
	if value == "" {
		return Key{}
	}
	text := fmt.Sprintf("%q %q %q %s %s %d %d %q", d.VenueID, d.Name, d.Description,
		d.StartsAt.UTC().Format(time.RFC3339Nano), d.EndsAt.UTC().Format(time.RFC3339Nano),
		d.Capacity, d.PriceCents, d.Currency)
	return Key{Value: value, Fingerprint: sha256.Sum256([]byte(text))}
}

// Empty tells that there is no key.
func (k Key) Empty() bool { return k.Value == "" }

// Matches tells whether a stored fingerprint is this request's.
func (k Key) Matches(fingerprint []byte) bool {
	return subtle.ConstantTimeCompare(k.Fingerprint[:], fingerprint) == 1
}
