package scenarios

import (
	"fmt"
	"slices"
	"strings"
)

// write notes that a setting was written which has one value, and that means
// something on some kinds of probe only; none named: on all. A second value
// would take the place of the first without a word, so that less is looked for
// than is written down. Validate rejects what was noted here.
func (e Expectation) write(setting string, on ...ProbeKind) Expectation {
	if slices.Contains(e.written, setting) {
		e = e.reject("%s is written twice", setting)
	}
	e.written = append(slices.Clip(e.written), setting)
	return e.meant(setting, on)
}

// meant notes what is written on a kind of probe on which it says nothing.
func (e Expectation) meant(what string, on []ProbeKind) Expectation {
	if len(on) > 0 && !slices.Contains(on, e.Probe.Kind) {
		return e.reject("%s says nothing of the probe %q", what, e.Probe.Kind)
	}
	return e
}

// and adds a check. The same check twice, or two of which one excludes the other,
// is a slip of the author's.
func (e Expectation) and(c Check) Expectation {
	if len(c.on) == 0 {
		e = e.reject("%q does not say of which probes it can be asked", c.Name)
	}
	e = e.meant(c.Name, c.on)
	for _, other := range e.Checks {
		switch {
		case other.Name == c.Name:
			e = e.reject("%q is asked twice", c.Name)
		case c.one != "" && other.one == c.one:
			e = e.reject("%q and %q are both %s, of which there is one", other.Name, c.Name, c.one)
		}
	}
	e.Checks = append(slices.Clip(e.Checks), c)
	return e
}

// reject notes a mistake of the author's, for Validate.
func (e Expectation) reject(format string, args ...any) Expectation {
	e.mistakes = append(slices.Clip(e.mistakes), fmt.Sprintf(format, args...))
	return e
}

// mistaken is the error of what was noted while the expectation was written down.
func (e Expectation) mistaken() error {
	mistakes := slices.Clone(e.mistakes)
	absent := slices.ContainsFunc(e.Checks, func(c Check) bool { return c.absence })
	if absent && len(e.Checks) > 1 {
		mistakes = append(mistakes, "asks for a line and for the absence of one")
	}
	if e.Probe.As != TheTenant && !strings.HasPrefix(e.Probe.Path, apiPrefix) {
		mistakes = append(mistakes, fmt.Sprintf("%s is asked for on nobody's behalf", e.Probe.Path))
	}
	if e.Probe.Kind == ProbeHTTP && e.Probe.Raw != "" && e.Probe.Safe() {
		mistakes = append(mistakes, "a safe request has no body")
	}
	if len(mistakes) == 0 {
		return nil
	}
	return fmt.Errorf("expectation %q: %s", e, strings.Join(mistakes, "; "))
}

// apiPrefix begins the paths that are asked for on somebody's behalf.
const apiPrefix = "/api/"
