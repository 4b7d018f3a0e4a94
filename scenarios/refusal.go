package scenarios

import (
	"errors"
	"net/http"
	"slices"
)

// refusal reports whether e asks for nothing but refusals: statuses that say that
// something is wrong with the request, or with who sent it, and that this will
// be so whenever it is sent again. Who asks too soon, too slowly or too often is
// told something else (RFC 9110, section 15.5.9; RFC 8470; RFC 6585, section 4).
func (e ExpectationSpec) refusal() bool {
	asked := false
	for _, c := range e.Checks {
		for _, status := range c.Statuses {
			asked = true
			switch {
			case status < http.StatusBadRequest || status >= http.StatusInternalServerError:
				return false
			case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusTooManyRequests:
				return false
			}
		}
	}
	return asked
}

// DecidedBy reports whether an answer decides, whatever a later one would be. What
// must be refused is refused at once: a service that lets a caller in the first
// time has done what was asked for, however often it refuses afterwards.
func (e ExpectationSpec) DecidedBy(o Observation) bool {
	switch {
	case o.Status == 0:
		return false
	case e.FirstAnswer:
		return true
	}
	return e.refusal() && !slices.Contains(e.UntilRefused, o.Status)
}

// validateRefusal rejects a word for a delay where nothing is delayed.
func (e ExpectationSpec) validateRefusal() error {
	written := slices.Contains(e.written, "RefusedLater")
	switch {
	case written && !e.refusal():
		return errors.New("is refused later, but asks for no refusal")
	case written && (e.RefusedLater == "" || len(e.UntilRefused) == 0):
		return errors.New("is refused later, but does not say why, or what is answered until then")
	}
	return nil
}
