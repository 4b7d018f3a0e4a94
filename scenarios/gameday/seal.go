package gameday

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"
)

// Sealed is a draw with the salt that keeps its hash from being guessed.
type Sealed struct {
	Draw Draw   `json:"draw"`
	Salt string `json:"salt"` // 32 random bytes in hexadecimal
}

// Hash is published before the game: SHA-256 of the salt, a line break, and the
// draw in JSON, in hexadecimal.
func (s Sealed) Hash() (string, error) {
	text, err := json.Marshal(s.Draw)
	if err != nil {
		return "", fmt.Errorf("draw: %w", err)
	}
	sum := sha256.Sum256(append([]byte(s.Salt+"\n"), text...))
	return hex.EncodeToString(sum[:]), nil
}

// minSalt is the length of a salt in hexadecimal digits.
const minSalt = 64

// injectTolerance is how late a fault may be: what is in front of it in the
// harness may take that long on a slow machine.
const injectTolerance = 10 * time.Second

// Check proves that what was played is what was published: the draw has the
// hash, follows from its seed, and each of its faults was injected at its time.
// It lists what is wrong.
func (r Record) Check(published string) error {
	var errs []error
	hash, err := r.Sealed.Hash()
	if err != nil {
		return err
	}
	if hash != published {
		errs = append(errs, fmt.Errorf("the draw has the hash %s, published was %s", hash, published))
	}
	if len(r.Sealed.Salt) < minSalt {
		errs = append(errs, fmt.Errorf("the salt has %d digits; want %d", len(r.Sealed.Salt), minSalt))
	}
	d := r.Sealed.Draw
	redrawn, err := NewDraw(d.Seed, d.Rules, d.Candidates)
	if err != nil {
		errs = append(errs, fmt.Errorf("nothing can be drawn from the seed: %w", err))
	} else if !reflect.DeepEqual(redrawn, d) {
		errs = append(errs, errors.New("the draw does not follow from its seed, rules and candidates"))
	}
	return errors.Join(append(errs, r.checkPlays()...)...)
}

// checkPlays compares the faults that were injected with those that were drawn.
func (r Record) checkPlays() (errs []error) {
	var injected []Event
	for _, e := range r.Events {
		if e.Kind == Injected && e.By == ByGame {
			injected = append(injected, e)
		}
	}
	plays := r.Sealed.Draw.Plays
	if len(injected) > len(plays) {
		errs = append(errs, fmt.Errorf("%d faults were injected, %d were drawn", len(injected), len(plays)))
	}
	for i, p := range plays {
		if i >= len(injected) {
			if r.Outcome == Resolved || r.Outcome == TimeOver {
				errs = append(errs, fmt.Errorf("%s was drawn and not injected", p.Scenario))
			}
			continue
		}
		e := injected[i]
		if e.Scenario != p.Scenario {
			errs = append(errs, fmt.Errorf("%s was drawn, %s was injected", p.Scenario, e.Scenario))
		}
		late := r.Elapsed(r.Began, e.At) - r.Sealed.Draw.Rules.Real(p.At)
		if late < 0 || late > injectTolerance {
			errs = append(errs, fmt.Errorf("%s was injected %s after the time that was drawn", p.Scenario, late.Round(time.Millisecond)))
		}
	}
	return errs
}
