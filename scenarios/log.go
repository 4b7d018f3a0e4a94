package scenarios

import "slices"

// ProbeLog reads what the service logged.
const ProbeLog ProbeKind = "log"

// LogExpectation is of the lines that the service logs.
type LogExpectation struct{ builder[LogExpectation] }

func ofLog(e ExpectationSpec) LogExpectation {
	return LogExpectation{builder[LogExpectation]{e, ofLog}}
}

// Log reads the service's log, from the beginning of the phase.
func Log() LogExpectation { return ofLog(ExpectationSpec{Probe: Probe{Kind: ProbeLog}}) }

// Contains asks for a log line with this text, case and all.
func (l LogExpectation) Contains(text string) LogExpectation {
	return l.line(text).check(Check{Kind: "logContains", Text: text})
}

// Mentions asks for a log line with this text in any case. Asked more than once,
// or beside Contains, it asks for all of them in one line: what has failed, and how.
func (l LogExpectation) Mentions(text string) LogExpectation {
	l.spec.Probe.Words = append(slices.Clip(l.spec.Probe.Words), text)
	return l.check(Check{Kind: "logMentions", Text: text})
}

// Lacks asks that no log line has this text, case and all. Under Always it holds
// from the beginning of the scenario to its end.
func (l LogExpectation) Lacks(text string) LogExpectation {
	return l.line(text).check(Check{Kind: logLacks, Text: text})
}

func (l LogExpectation) line(text string) LogExpectation {
	return l.set("the text of the line", func(e *ExpectationSpec) { e.Probe.Text = text })
}

// logged judges the lines that the probe itself has found to match.
func (Check) logged(o Observation) bool { return len(o.Lines) > 0 }

// notLogged holds while the probe finds nothing, and could look.
func (Check) notLogged(o Observation) bool { return len(o.Lines) == 0 && o.Err == "" }
