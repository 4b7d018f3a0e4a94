package tracing

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	collected "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	wire "go.opentelemetry.io/proto/otlp/trace/v1"
	"go.uber.org/goleak"
	"google.golang.org/protobuf/proto"
)

// parent is a caller's W3C trace context.
const (
	parentTrace = "4bf92f3577b34da6a3ce929d0e0e4736"
	parent      = "00-" + parentTrace + "-00f067aa0ba902b7-01"
)

// slack is what a loaded machine may add to a bound.
const slack = 2 * time.Second

// collector keeps the spans that it is sent.
type collector struct {
	t *testing.T

	mu      sync.Mutex
	spans   []*wire.Span
	service string
}

func (c *collector) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	b, err := io.ReadAll(r.Body)
	var request collected.ExportTraceServiceRequest
	if err == nil {
		err = proto.Unmarshal(b, &request)
	}
	if err != nil || r.URL.Path != "/v1/traces" {
		c.t.Errorf("%s: %v", r.URL.Path, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, of := range request.GetResourceSpans() {
		for _, a := range of.GetResource().GetAttributes() {
			if a.GetKey() == "service.name" {
				c.service = a.GetValue().GetStringValue()
			}
		}
		for _, s := range of.GetScopeSpans() {
			c.spans = append(c.spans, s.GetSpans()...)
		}
	}
}

func start(t *testing.T, url string, log io.Writer) *Tracing {
	t.Helper()
	tr, err := Start(Settings{URL: url + "/v1/traces", Service: "event-service"}, slog.New(slog.NewJSONHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// ask makes a request of a handler, as a caller with a trace of its own.
func ask(h http.Handler) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/api/v1/events/7", nil)
	r.Header.Set("Traceparent", parent)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// One request of a caller, its statement and its call to a dependency are one
// trace, which the caller began and the dependency goes on with.
func TestSpansArrive(t *testing.T) {
	c := &collector{t: t}
	server := httptest.NewServer(c)
	defer server.Close()
	heard := make(chan string, 1)
	dependency := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		heard <- r.Header.Get("Traceparent")
	}))
	defer dependency.Close()
	client := &http.Client{Transport: Calls(http.DefaultTransport, "venue-service")}

	tr := start(t, server.URL, io.Discard)
	ask(tr.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		Route(r.Context(), r.Method, "/api/v1/events/{id}")
		if ID(r.Context()) != parentTrace {
			t.Errorf("trace %q", ID(r.Context()))
		}
		ctx := Statements{}.TraceQueryStart(r.Context(), nil, pgx.TraceQueryStartData{SQL: "select\n 1"})
		Statements{}.TraceQueryEnd(ctx, nil, pgx.TraceQueryEndData{})
		call(r.Context(), t, client, dependency.URL)
	})))
	tr.Close()

	c.mu.Lock()
	defer c.mu.Unlock()
	names := map[string]*wire.Span{}
	for _, s := range c.spans {
		names[s.GetName()] = s
	}
	root := names["GET /api/v1/events/{id}"]
	if len(c.spans) != 3 || root == nil || names["SELECT"] == nil || names["GET venue-service"] == nil || c.service != "event-service" {
		t.Fatalf("of %q: %v", c.service, c.spans)
	}
	if got := "00-" + hex(root.GetTraceId()) + "-" + hex(root.GetParentSpanId()) + "-01"; got != parent {
		t.Errorf("the request is under %s, want %s", got, parent)
	}
	for _, name := range []string{"SELECT", "GET venue-service"} {
		if !bytes.Equal(names[name].GetParentSpanId(), root.GetSpanId()) {
			t.Errorf("%s is not under the request", name)
		}
	}
	if got, want := <-heard, "00-"+parentTrace+"-"+hex(names["GET venue-service"].GetSpanId())+"-01"; got != want {
		t.Errorf("the dependency was told %q, want %q", got, want)
	}
}

func hex(b []byte) string {
	if len(b) == 16 {
		return trace.TraceID(b).String()
	}
	return trace.SpanID(b).String()
}

func call(ctx context.Context, t *testing.T, client *http.Client, url string) {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
}

// Without a collector there is nothing: no goroutine, no span, no header, and
// the very handler that was given.
func TestNothingWithoutACollector(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	tr, err := Start(Settings{Service: "event-service"}, nil)
	if tr != nil || err != nil {
		t.Fatalf("%v, %v", tr, err)
	}
	mux := http.NewServeMux()
	if tr.Handler(mux) != http.Handler(mux) {
		t.Error("the handler is wrapped")
	}
	tr.Close()
	Route(t.Context(), "GET", "/")
	if ctx := (Statements{}).TraceQueryStart(t.Context(), nil, pgx.TraceQueryStartData{SQL: "SELECT 1"}); ctx != t.Context() || ID(ctx) != "" {
		t.Error("a statement has a span")
	}
	Statements{}.TraceQueryEnd(t.Context(), nil, pgx.TraceQueryEndData{})
	dependency := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Traceparent") != "" {
			t.Error("the dependency was told of a trace")
		}
	}))
	defer dependency.Close()
	client := &http.Client{Transport: Calls(&http.Transport{}, "venue-service")}
	call(t.Context(), t, client, dependency.URL)
	client.CloseIdleConnections()
}

// More requests than the queue holds are answered while the collector takes
// the first batch and says nothing; then the end is not kept either, and
// nothing is left running.
//
// To see it red: give NewTracerProvider's batcher WithBlocking, or Close a
// context without a deadline.
func TestACollectorThatHangsDelaysNothing(t *testing.T) {
	const queue, requests = "8", 64
	t.Setenv("OTEL_BSP_MAX_QUEUE_SIZE", queue)
	t.Setenv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", queue)
	before := goleak.IgnoreCurrent()
	release, reached := make(chan struct{}), make(chan struct{})
	once := sync.OnceFunc(func() { close(reached) })
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, _ *http.Request) {
		once()
		<-release
	}))
	var log bytes.Buffer
	tr := start(t, server.URL, &log)
	h := tr.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	begin := time.Now()
	for range requests {
		if w := ask(h); w.Code != http.StatusNoContent {
			t.Fatalf("status %d", w.Code)
		}
	}
	if took := time.Since(begin); took > slack {
		t.Errorf("the requests took %s", took)
	}
	<-reached
	begin = time.Now()
	tr.Close()
	if took := time.Since(begin); took < flushTimeout || took > flushTimeout+slack {
		t.Errorf("the end took %s, want about %s", took, flushTimeout)
	}
	close(release)
	server.Close()
	goleak.VerifyNone(t, before)
	if !strings.Contains(log.String(), "Traces not delivered") {
		t.Errorf("log: %s", log.String())
	}
}

// The runbook's word is for dependencies: neither a refused connection nor
// what somebody in between answers brings it into the log.
func TestACollectorThatIsDownIsLoggedInOtherWords(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "upstream: connect ECONNREFUSED", http.StatusInternalServerError)
	}))
	defer proxy.Close()
	// Port 1 of loopback refuses connections.
	for _, url := range []string{"http://127.0.0.1:1", proxy.URL} {
		var log bytes.Buffer
		tr := start(t, url, &log)
		ask(tr.Handler(http.NotFoundHandler()))
		begin := time.Now()
		tr.Close()
		if took := time.Since(begin); took > flushTimeout+slack {
			t.Errorf("%s: the end took %s", url, took)
		}
		if got := log.String(); strings.Count(got, "Traces not delivered") != 1 || strings.Contains(got, "ECONNREFUSED") {
			t.Errorf("%s: log: %s", url, got)
		}
	}
}

func TestLossesAreReportedOnceInAWhile(t *testing.T) {
	var log bytes.Buffer
	now := time.Now()
	r := &reporter{log: slog.New(slog.NewTextHandler(&log, nil)), now: func() time.Time { return now }}
	r.Handle(nil)
	for _, after := range []time.Duration{0, 0, reportEvery - 1, 1} {
		now = now.Add(after)
		r.Handle(syscall.ECONNREFUSED)
	}
	if got := strings.Count(log.String(), "Traces not delivered"); got != 2 {
		t.Errorf("%d lines: %s", got, log.String())
	}
}

// The statement is shown, its parameters and an error's text are not: they are
// a tenant's data.
func TestStatementsHideValues(t *testing.T) {
	spans := tracetest.NewSpanRecorder()
	provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(spans))
	ctx, root := provider.Tracer("test").Start(t.Context(), "request")
	defer root.End()
	for _, err := range []error{&pgconn.PgError{Code: "22P02", Message: "hidden"}, errors.New("hidden")} {
		in := Statements{}.TraceQueryStart(ctx, nil, pgx.TraceQueryStartData{SQL: "INSERT\n\tINTO t VALUES ($1)", Args: []any{"hidden"}})
		Statements{}.TraceQueryEnd(in, nil, pgx.TraceQueryEndData{Err: err})
	}
	ended := spans.Ended()
	if len(ended) != 2 || ended[0].Status().Description != "22P02" || ended[1].Status().Code != codes.Error {
		t.Fatalf("%v", ended)
	}
	for _, s := range ended {
		all := s.Status().Description
		for _, a := range s.Attributes() {
			all += " " + a.Value.String()
		}
		if s.Name() != "INSERT" || !strings.Contains(all, "INSERT INTO t VALUES ($1)") || strings.Contains(all, "hidden") {
			t.Errorf("%s: %s", s.Name(), all)
		}
	}
}
