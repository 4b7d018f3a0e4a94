package scenarios

import (
	"errors"
	"fmt"
	"time"
)

// Faults of a dependency itself: it is reached, but what it answers, and when,
// is wrong.
const (
	// FaultAnswersLate delays each answer; connections open at once.
	FaultAnswersLate FaultKind = "answers-late"
	// FaultHangs accepts requests and never answers them.
	FaultHangs FaultKind = "hangs"
	// FaultStatus answers everything with one status.
	FaultStatus FaultKind = "status"
	// FaultFlaps fails every second request.
	FaultFlaps FaultKind = "flaps"
	// FaultTruncatedResponse ends each answer in its middle.
	FaultTruncatedResponse FaultKind = "half-answer"
	// FaultNotJSON answers with a page for people.
	FaultNotJSON FaultKind = "not-json"
	// FaultWrongContent answers with JSON of another shape.
	FaultWrongContent FaultKind = "wrong-content"
	// FaultVenuesUnknown answers that there is no such venue, whichever is asked for.
	FaultVenuesUnknown FaultKind = "venues-unknown"
	// FaultVenuesForeign answers with each venue as if another tenant owned it.
	FaultVenuesForeign FaultKind = "venues-foreign"
	// FaultKeysRotated replaces the keys that tokens are signed and checked with.
	FaultKeysRotated FaultKind = "keys-rotated"
)

var dependencyFaults = map[FaultKind]kindOf{
	FaultAnswersLate: {
		needs:    needs(NeedsFake),
		describe: func(f Fault) string { return fmt.Sprintf("%s takes %s to answer", f.On, f.Delay) },
		check:    hasDelay,
	},
	FaultHangs: {needs: needs(NeedsFake), describe: onIt("%s accepts requests and answers none")},
	FaultStatus: {
		needs:    needs(NeedsFake),
		describe: func(f Fault) string { return fmt.Sprintf("%s answers everything with %d", f.On, f.Amount) },
		check:    hasStatus,
	},
	FaultFlaps:             {needs: needs(NeedsFake), describe: onIt("%s fails every second request")},
	FaultTruncatedResponse: {needs: needs(NeedsFake), describe: onIt("%s ends its answers in the middle")},
	FaultNotJSON:           {needs: needs(NeedsFake), describe: onIt("%s answers with a page for people")},
	FaultWrongContent:      {needs: needs(NeedsFake), describe: onIt("%s answers with JSON of another shape")},
	FaultVenuesUnknown:     {needs: needs(NeedsFake), describe: onIt("%s knows no venue")},
	FaultVenuesForeign:     {needs: needs(NeedsFake), describe: onIt("%s says of each venue that another tenant owns it")},
	FaultKeysRotated:       {needs: needs(NeedsFake), describe: onIt("%s has new keys, and the old ones are gone")},
}

// AnswerLate makes a dependency take its time over each answer.
func AnswerLate(on Dependency, by time.Duration) Fault {
	return Fault{Kind: FaultAnswersLate, On: on, Delay: by}
}

// Hang makes a dependency accept requests and never answer.
func Hang(on Dependency) Fault { return Fault{Kind: FaultHangs, On: on} }

// Fail makes a dependency answer everything with a status of 400 or above.
func Fail(on Dependency, status int) Fault {
	return Fault{Kind: FaultStatus, On: on, Amount: int64(status)}
}

// Overload makes a dependency answer 503 and ask to be left alone for a while.
func Overload(on Dependency, retryAfter time.Duration) Fault {
	return Fault{Kind: FaultStatus, On: on, Amount: 503, Delay: retryAfter}
}

// Flap makes a dependency fail every second request of each tenant.
func Flap(on Dependency) Fault { return Fault{Kind: FaultFlaps, On: on} }

// TruncateResponse makes a dependency end its answers in the middle.
func TruncateResponse(on Dependency) Fault { return Fault{Kind: FaultTruncatedResponse, On: on} }

// NotJSON makes a dependency answer with a page for people, and status 200.
func NotJSON(on Dependency) Fault { return Fault{Kind: FaultNotJSON, On: on} }

// WrongContent makes a dependency answer with JSON of another shape, and status 200.
func WrongContent(on Dependency) Fault { return Fault{Kind: FaultWrongContent, On: on} }

// VenueNotFound makes the venue-service answer 404 for every venue.
func VenueNotFound() Fault { return Fault{Kind: FaultVenuesUnknown, On: Venue} }

// VenueOwnedByOther makes the venue-service name another tenant as the owner of every venue.
func VenueOwnedByOther() Fault { return Fault{Kind: FaultVenuesForeign, On: Venue} }

// RotateKeys makes the identity provider sign with its next key, publish that
// one, and withdraw the one before.
func RotateKeys() Fault { return Fault{Kind: FaultKeysRotated, On: Identity} }

func onIt(format string) func(Fault) string {
	return func(f Fault) string { return fmt.Sprintf(format, f.On) }
}

func hasStatus(f Fault) error {
	if f.Amount < 400 || f.Amount > 599 {
		return errors.New("status fault has no status of an error")
	}
	return nil
}
