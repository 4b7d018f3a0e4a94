// Package tracing sends OpenTelemetry traces to a collector, if one is named.
//
// Only Start knows the collector. What makes spans further in (a route, a
// statement, a call to a dependency) finds the request's own span in the context
// and does nothing where there is none: without a collector nothing of
// OpenTelemetry runs. Spans wait in a bounded queue and are dropped when it is
// full, so that no request ever waits for the collector.
package tracing

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// scope names the service's own spans.
const scope = "github.com/runproof/runproof/cmd/event-service"

// flushTimeout bounds the last delivery: the spans of the last seconds are
// worth a moment of the shutdown and no more. It is half of what the shutdown
// gives to all its connections for their shutdown, so that the databases' still have their part.
const flushTimeout = 500 * time.Millisecond

// propagator is W3C Trace Context, the one format that is read and written.
var propagator = propagation.TraceContext{}

// Settings say where spans go and whose they are.
type Settings struct {
	URL         string // of the collector's OTLP/HTTP traces; empty: no traces
	Service     string
	Version     string
	Environment string
}

// Tracing is the way to the collector. Nil is none: its methods do nothing.
type Tracing struct {
	provider *sdk.TracerProvider
	abandon  func(context.Context) error
}

// Start begins to send spans; it dials nothing yet. Without a URL it is nil.
//
// Headers, certificates, sampling, the queue and the names of a deployment are
// read by OpenTelemetry itself, from the variables that it documents.
func Start(s Settings, log *slog.Logger) (*Tracing, error) {
	if s.URL == "" {
		return nil, nil
	}
	errs := &reporter{log: log, now: time.Now}
	otel.SetErrorHandler(errs)
	ctx := context.Background()
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(s.URL))
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	about, err := resource.New(ctx,
		resource.WithTelemetrySDK(),
		resource.WithAttributes(
			attribute.String("service.name", s.Service),
			attribute.String("service.version", s.Version),
			attribute.String("deployment.environment.name", s.Environment),
		),
		resource.WithFromEnv(), // the last one wins
	)
	if err != nil {
		// What could be read of the environment is in it all the same.
		errs.Handle(err)
	}
	return &Tracing{
		provider: sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(about)),
		abandon:  exporter.Shutdown,
	}, nil
}

// Handler gives every request a span, under the caller's if it sent one.
func (t *Tracing) Handler(next http.Handler) http.Handler {
	if t == nil {
		return next
	}
	return otelhttp.NewHandler(next, "request",
		otelhttp.WithTracerProvider(t.provider),
		otelhttp.WithPropagators(propagator),
		otelhttp.WithMeterProvider(noop.NewMeterProvider()),
	)
}

// Close delivers what is left, within flushTimeout. Then the delivery under
// way is broken off: a collector that hangs keeps nobody.
func (t *Tracing) Close() {
	if t == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), flushTimeout)
	defer cancel()
	if err := t.provider.Shutdown(ctx); err != nil {
		otel.Handle(err)
		_ = t.abandon(context.Background())
	}
}

// Route names the span of a request. The route is a pattern of the service's
// own, such as /api/v1/events/{id}: a path would make as many names as ids.
func Route(ctx context.Context, method, route string) {
	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		return
	}
	span.SetName(method + " " + route)
	span.SetAttributes(attribute.String("http.route", route))
}

// ID is the trace that a context belongs to, empty where there is none.
func ID(ctx context.Context) string {
	if s := trace.SpanContextFromContext(ctx); s.IsValid() {
		return s.TraceID().String()
	}
	return ""
}

// child begins a span under the one of the context, which must be there.
func child(ctx context.Context, name string, attributes ...attribute.KeyValue) (context.Context, trace.Span) {
	return trace.SpanFromContext(ctx).TracerProvider().Tracer(scope).Start(ctx, name,
		trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attributes...))
}
