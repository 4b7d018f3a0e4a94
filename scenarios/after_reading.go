package scenarios

// afterReading is what can be said of a probe that has the service asked for
// something first: a cache is filled by whoever reads.
type afterReading[T any] struct{ builder[T] }

// AfterReading asks for a path before each observation. Name the event of an
// {event} in the path with Of.
func (r afterReading[T]) AfterReading(path string) T {
	return r.set("AfterReading", func(e *ExpectationSpec) { e.Probe.Method, e.Probe.Path = "GET", path })
}

// As reads on somebody else's behalf than the tenant's.
func (r afterReading[T]) As(c Caller) T {
	return r.set("As", func(e *ExpectationSpec) { e.Probe.As = c })
}

// Of names the event that {event} in the path stands for.
func (r afterReading[T]) Of(event Body) T {
	return r.set("Of", func(e *ExpectationSpec) { e.Probe.Of = event })
}
