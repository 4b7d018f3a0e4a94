package testbed

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"

	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/scenarios"
)

// RewriteResponses puts a reverse proxy in front of the service that changes its
// answers: a service with one thing wrong, as seen from outside. It stands
// before the first process alone.
func RewriteResponses(change func(*http.Response) error) Option {
	return Option{after: func(l *lane.Lane) (func() error, error) {
		to, err := url.Parse(l.Adapter.URL)
		if err != nil {
			return nil, fmt.Errorf("service: %w", err)
		}
		listener, err := net.Listen("tcp", net.JoinHostPort(to.Hostname(), "0"))
		if err != nil {
			return nil, fmt.Errorf("reverse proxy: %w", err)
		}
		proxy := httputil.NewSingleHostReverseProxy(to)
		proxy.ModifyResponse = change
		proxy.FlushInterval = -1
		// Some answers come before the request's body has ended, and must not wait for it.
		early := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_ = http.NewResponseController(w).EnableFullDuplex() // HTTP/1 has it
			proxy.ServeHTTP(w, r)
		})
		server := &http.Server{Handler: early, ReadHeaderTimeout: scenarios.ObservationTimeout}
		go func() { _ = server.Serve(listener) }()
		l.Adapter.URL, l.Adapter.Next = "http://"+listener.Addr().String(), nil
		return server.Close, nil
	}}
}
