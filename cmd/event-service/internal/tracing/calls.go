package tracing

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/trace"
)

// Calls gives every call that is made for a traced request a span, and tells
// the dependency of it. All other calls go to base as they are.
func Calls(base http.RoundTripper, dependency string) http.RoundTripper {
	return calls{base: base, traced: otelhttp.NewTransport(base,
		otelhttp.WithPropagators(propagator),
		otelhttp.WithMeterProvider(noop.NewMeterProvider()),
		otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string { return r.Method + " " + dependency }),
	)}
}

type calls struct{ base, traced http.RoundTripper }

func (c calls) RoundTrip(r *http.Request) (*http.Response, error) {
	if !trace.SpanContextFromContext(r.Context()).IsValid() {
		return c.base.RoundTrip(r)
	}
	return c.traced.RoundTrip(r)
}

// CloseIdleConnections is what http.Client asks its transport for.
func (c calls) CloseIdleConnections() {
	if b, ok := c.base.(interface{ CloseIdleConnections() }); ok {
		b.CloseIdleConnections()
	}
}
