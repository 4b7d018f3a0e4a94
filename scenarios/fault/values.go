package fault

import (
	"errors"
	"fmt"
)

func giveOrTake(f Fault) string {
	if f.Jitter == 0 {
		return ""
	}
	return fmt.Sprintf(", give or take %s", f.Jitter)
}

func hasDelay(f Fault) error {
	if f.Delay <= 0 {
		return fmt.Errorf("%s fault has no delay", f.Kind)
	}
	return nil
}

// hasLatency is for the faults whose delay may vary.
func hasLatency(f Fault) error {
	if f.Jitter < 0 || f.Jitter >= f.Delay && f.Jitter > 0 {
		return fmt.Errorf("%s fault has a jitter of %s around %s: it must be less", f.Kind, f.Jitter, f.Delay)
	}
	return hasDelay(f)
}

func hasBytes(f Fault) error {
	if f.Amount <= 0 {
		return fmt.Errorf("%s fault has no bytes", f.Kind)
	}
	return nil
}

func onIt(format string) func(Fault) string {
	return func(f Fault) string { return fmt.Sprintf(format, f.On) }
}

func hasPattern(f Fault) error {
	if f.Detail == "" {
		return errors.New("fault of cached values names no keys")
	}
	return nil
}

func hasDetail(what string) func(Fault) error {
	return func(f Fault) error {
		if f.Detail == "" {
			return fmt.Errorf("%s is not named", what)
		}
		return nil
	}
}
