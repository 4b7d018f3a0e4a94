package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/logging"
	"github.com/runproof/runproof/cmd/event-service/internal/tracing"
)

// requestIDPattern is what a caller's own request id may look like; anything
// else is replaced, since it is shown in logs.
var requestIDPattern = regexp.MustCompile(`^[A-Za-z0-9._-]{1,128}$`)

// scoped gives every request an id and shows it to the caller.
func scoped(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-ID")
		if !requestIDPattern.MatchString(id) {
			id = uuid.NewString()
		}
		w.Header().Set("X-Request-ID", id)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r.WithContext(logging.WithScope(r.Context(), &logging.Scope{RequestID: id})))
	})
}

// exact answers a path with dots or slashes too many as what it is, an unknown
// one. http.ServeMux would send the caller to another path instead.
func exact(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := r.URL.EscapedPath()
		clean := path.Clean(asked)
		if strings.HasSuffix(asked, "/") && clean != "/" {
			clean += "/"
		}
		if asked != clean {
			problem(http.StatusNotFound, "no such path").write(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// logged writes one line for each request. The probes' are for debugging only:
// they come every few seconds for ever.
func (a *api) logged(routes *http.ServeMux, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		_, route := routes.Handler(r)
		tracing.Route(r.Context(), methodLabel(r.Method), routeLabel(route))
		rec := &recorder{ResponseWriter: w}
		next.ServeHTTP(rec, r)
		took := time.Since(start)
		a.Observer.Request(routeLabel(route), methodLabel(r.Method), rec.status, took)
		line := a.Log.InfoContext
		if strings.HasPrefix(r.URL.Path, "/health/") || r.URL.Path == "/metrics" {
			line = a.Log.DebugContext
		}
		line(r.Context(), "Request", "method", r.Method, "path", r.URL.Path, "route", route,
			"status", rec.status, "duration_ms", float64(took.Microseconds())/1000)
	})
}

// routeLabel is the path of a route's pattern.
func routeLabel(pattern string) string {
	if _, path, found := strings.Cut(pattern, " "); found {
		return path
	}
	return pattern
}

// methodLabel is bounded: a caller may invent any number of methods.
func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	default:
		return "other"
	}
}

// recoverPanics turns a panic into an answer without a stack trace; the log gets
// the panic's value.
func (a *api) recoverPanics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(v)
			}
			a.Log.ErrorContext(r.Context(), "Handler panicked", "error", fmt.Sprint(v))
			problem(http.StatusInternalServerError, "something went wrong on our side").write(w, r)
		}()
		next.ServeHTTP(w, r)
	})
}

// route registers the methods of a path, within a request's deadline, and
// refuses every other method.
func (a *api) route(mux *http.ServeMux, path string, methods map[string]http.HandlerFunc) {
	allowed := make([]string, 0, len(methods)+1)
	for method, h := range methods {
		allowed = append(allowed, method)
		mux.HandleFunc(method+" "+path, a.timed(h))
	}
	if methods[http.MethodGet] != nil {
		allowed = append(allowed, http.MethodHead) // net/http serves it with GET
	}
	slices.Sort(allowed)
	refuseOthers(mux, path, strings.Join(allowed, ", "))
}

func refuseOthers(mux *http.ServeMux, path, allowed string) {
	mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", allowed)
		problem(http.StatusMethodNotAllowed, r.Method+" is not possible here").write(w, r)
	})
}

// timed puts the request under its deadline; reading its body obeys it too.
func (a *api) timed(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), a.Timeout)
		defer cancel()
		next(w, r.WithContext(ctx))
	}
}
