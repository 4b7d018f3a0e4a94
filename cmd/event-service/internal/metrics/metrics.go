// Package metrics counts what the service does, for Prometheus.
package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// buckets of the latency histogram, in seconds. One of them is the runbook's
// "> 1s" ("High Latency"), the last but one the default deadline.
var buckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 3, 5}

// Metrics is the service's own registry.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	latency  *prometheus.HistogramVec
	cache    *prometheus.CounterVec
}

// New makes an empty registry with the process' and the runtime's metrics.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "http_requests_total", Help: "Answered requests.",
		}, []string{"route", "method", "status"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "http_request_duration_seconds", Help: "From the request's headers to the end of the answer.", Buckets: buckets,
		}, []string{"route", "method"}),
		cache: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "cache_requests_total", Help: "Reads through the cache, by what was read and whether it was there.",
		}, []string{"kind", "result"}),
	}
	m.registry.MustRegister(m.requests, m.latency, m.cache,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Gauge adds a value that is read when somebody asks for it.
func (m *Metrics) Gauge(name, help string, labels map[string]string, read func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: labels}, read))
}

// Request counts one answer. The route is a pattern, never a path: a label
// must not grow with the number of events.
func (m *Metrics) Request(route, method string, status int, took time.Duration) {
	// Runbook: High Latency: answers over 1 s can be counted.
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.latency.WithLabelValues(route, method).Observe(took.Seconds())
}

// CacheHit implements cache.Observer.
func (m *Metrics) CacheHit(kind string) { m.cache.WithLabelValues(kind, "hit").Inc() }

// CacheMiss implements cache.Observer.
func (m *Metrics) CacheMiss(kind string) { m.cache.WithLabelValues(kind, "miss").Inc() }

// Handler serves the registry.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
