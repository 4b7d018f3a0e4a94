package defects

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

func logDefects() []Defect {
	return []Defect{
		{
			Name: "causes-not-logged", Breaks: "database.symptom.econnrefused", Latent: true,
			Sees:   "The log says that the database is unavailable, and not why: no ECONNREFUSED.",
			Parts:  []string{"Logger"},
			mutate: aroundErrors(func(slog.Attr) (slog.Attr, bool) { return slog.Attr{}, false }),
		},
		{
			Name: "refused-said-of-everything", Breaks: "database.symptom.econnrefused", Latent: true,
			Sees:  "The log says ECONNREFUSED whatever has failed, and sends the operator the wrong way.",
			Parts: []string{"Logger"},
			mutate: aroundErrors(func(a slog.Attr) (slog.Attr, bool) {
				return slog.String(a.Key, "connect ECONNREFUSED: "+a.Value.String()), true
			}),
		},
		{
			Name: "log-level-upside-down", Breaks: "env.log-level", Latent: true,
			Sees:  "LOG_LEVEL=info hides warnings and errors: no timeout, no ECONNREFUSED, no opened breaker.",
			Parts: []string{"Logger"},
			mutate: func(p *app.Parts) {
				honest := p.Logger
				p.Logger = func(w io.Writer, level slog.Level) *slog.Logger {
					return slog.New(upTo{honest(w, level).Handler(), level})
				}
			},
		},
		{
			Name: "lines-without-scope", Breaks: "contract.log.scope", Latent: true,
			Sees:  "No log line tells whose request it belongs to.",
			Parts: []string{"Logger"},
			mutate: func(p *app.Parts) {
				p.Logger = func(w io.Writer, level slog.Level) *slog.Logger {
					return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))
				}
			},
		},
		{
			Name: "tenant-context-not-logged", Breaks: "tenant.resolution.tenant-context-logs", Latent: true,
			Sees:  "\"Setting tenant context\" is never in the log, as if no tenant were ever set.",
			Parts: []string{"Tenant"},
			mutate: func(p *app.Parts) {
				p.Tenant = func(*slog.Logger) tenancy.Context {
					return tenancy.Local{Log: slog.New(slog.DiscardHandler)}
				}
			},
		},
		{
			Name: "slow-query-after-minutes", Breaks: "latency.resolution.slow-queries", Latent: true,
			Sees:  "No slow query is ever in the log: the threshold is taken for thousands of what it is.",
			Parts: []string{"Pool"},
			mutate: func(p *app.Parts) {
				honest := p.Pool
				p.Pool = func(s store.PoolSettings) (*pgxpool.Pool, error) {
					s.SlowQuery *= 1000 // milliseconds read as seconds
					return honest(s)
				}
			},
		},
		{
			Name: "database-url-logged", Breaks: "contract.log.secrets", Latent: true,
			Sees:  "The database's password is in the log of every start.",
			Parts: []string{"Pool"},
			mutate: func(p *app.Parts) {
				honest := p.Pool
				p.Pool = func(s store.PoolSettings) (*pgxpool.Pool, error) {
					s.Log.Info("Database pool", "url", s.URL, "size", s.Size)
					return honest(s)
				}
			},
		},
		{
			Name: "tokens-logged", Breaks: "contract.log.secrets", Latent: true,
			Sees:  "The callers' tokens are in the log, good for whoever reads it.",
			Parts: []string{"Handler"},
			mutate: func(p *app.Parts) {
				aroundHandler(p, func(honest http.Handler, parts httpapi.Parts) http.Handler {
					return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						if token := r.Header.Get("Authorization"); token != "" {
							parts.Log.InfoContext(r.Context(), "Headers", "authorization", token)
						}
						honest.ServeHTTP(w, r)
					})
				})
			},
		},
	}
}

// aroundErrors changes the field "error" of every line, or drops it.
func aroundErrors(change func(slog.Attr) (slog.Attr, bool)) func(p *app.Parts) {
	return func(p *app.Parts) {
		honest := p.Logger
		p.Logger = func(w io.Writer, level slog.Level) *slog.Logger {
			return slog.New(errorField{honest(w, level).Handler(), change})
		}
	}
}

type errorField struct {
	slog.Handler
	change func(slog.Attr) (slog.Attr, bool)
}

func (h errorField) Handle(ctx context.Context, r slog.Record) error {
	changed := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		keep := true
		if a.Key == "error" {
			a, keep = h.change(a)
		}
		if keep {
			changed.AddAttrs(a)
		}
		return true
	})
	return h.Handler.Handle(ctx, changed)
}

func (h errorField) WithAttrs(attrs []slog.Attr) slog.Handler {
	return errorField{h.Handler.WithAttrs(attrs), h.change}
}

func (h errorField) WithGroup(name string) slog.Handler {
	return errorField{h.Handler.WithGroup(name), h.change}
}

// upTo logs from the bottom up to a level, instead of from it upwards.
type upTo struct {
	slog.Handler
	level slog.Level
}

func (h upTo) Enabled(_ context.Context, l slog.Level) bool { return l <= h.level }

func (h upTo) WithAttrs(attrs []slog.Attr) slog.Handler {
	return upTo{h.Handler.WithAttrs(attrs), h.level}
}
func (h upTo) WithGroup(name string) slog.Handler { return upTo{h.Handler.WithGroup(name), h.level} }
