// Package config reads the service's environment, the only place its settings
// come from, and says in one message everything that is wrong with it.
//
// The variables, their defaults and where those come from are listed once, in
// variables.go; "event-service help" prints that list.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"
)

// Service and Version are what readiness shows; the runbook prints both
// ("Manual Health Check").
const (
	Service = "event-service"
	Version = "1.0.0"
)

// Config is a complete and valid configuration.
type Config struct {
	DatabaseURL string   // the service's own role
	RedisURL    string   // any form that redis.ParseURL accepts
	VenueURL    *url.URL // base URL of the venue-service, without a path of its own
	Environment string   // NODE_ENV, shown in the log only
	LogLevel    slog.Level

	Address string // host:port to listen on; an empty host is every interface
	Metrics string // host:port that /metrics alone is served at; empty: it is at Address

	JWT       JWT
	Database  Database
	Cache     Cache
	Venue     Venue
	Timeouts  Timeouts
	Resources Resources

	SolanaURL string // empty: no node is told of anything
	TracesURL string // of an OTLP/HTTP collector; empty: no traces
	RateLimit int    // requests a second for each tenant; zero: no limit
}

// Database bounds the use of Postgres.
type Database struct {
	PoolMax        int           // requests that may hold a connection at once
	AcquireTimeout time.Duration // wait for another request to give one back
	ConnectTimeout time.Duration // one dial, authentication included

	StatementTimeout time.Duration // the server ends a statement
	IdleInTxTimeout  time.Duration // the server ends a session that idles in a transaction
	SlowQuery        time.Duration // statements over it are logged
}

// Cache bounds how old an answer may be.
type Cache struct {
	TTL time.Duration // of a copy, about; zero: nothing is cached
}

// Venue bounds the use of the venue-service.
type Venue struct {
	Timeout  time.Duration // one call, from dial to the last byte
	Failures int           // consecutive failed calls that open the breaker
	OpenFor  time.Duration // until the breaker lets one trial through
	Fallback bool          // the operator's switch as it is at the start
}

// Timeouts bound everything else.
type Timeouts struct {
	Request       time.Duration // a request's whole deadline
	Health        time.Duration // one check of one dependency
	ShutdownDelay time.Duration // not ready, still accepting
	Shutdown      time.Duration // requests in flight may end
}

// Resources are the thresholds of the memory and disk checks.
type Resources struct {
	MemoryPercent int    // of the limit; above it memory is not OK
	DiskMinFree   uint64 // bytes; below it diskSpace is not OK
	DiskPath      string // the file system that is looked at
}

// Load reads the configuration through getenv, which has the meaning of
// os.Getenv. The error is one line that names everything missing and
// everything wrong; it never contains a value that may hold a password.
func Load(getenv func(string) string) (Config, error) {
	r := reader{getenv: getenv}
	c := Config{
		DatabaseURL: r.required("DATABASE_URL"),
		RedisURL:    r.required("REDIS_URL"),
		VenueURL:    r.baseURL("VENUE_SERVICE_URL"),
		Environment: r.required("NODE_ENV"),
		LogLevel:    r.level("LOG_LEVEL"),
		Address:     net.JoinHostPort(r.text("HOST"), strconv.Itoa(r.number("PORT", 0, 65535))),
		Metrics:     r.hostPort("METRICS_ADDR"),
		JWT:         r.jwt(),
		Database: Database{
			PoolMax:        r.number("DB_POOL_MAX", 1, 1000),
			AcquireTimeout: r.duration("DB_ACQUIRE_TIMEOUT"),
			ConnectTimeout: r.duration("DB_CONNECT_TIMEOUT"),

			StatementTimeout: r.duration("DB_STATEMENT_TIMEOUT"),
			IdleInTxTimeout:  r.duration("DB_IDLE_TX_TIMEOUT"),
			SlowQuery:        r.duration("SLOW_QUERY"),
		},
		Cache:     Cache{TTL: r.duration("CACHE_TTL")},
		SolanaURL: r.httpURL("SOLANA_RPC_URL"),
		TracesURL: r.traces(),
		RateLimit: r.number("RATE_LIMIT", 0, 1_000_000),
		Venue: Venue{
			Timeout:  r.duration("VENUE_TIMEOUT"),
			Failures: r.number("BREAKER_FAILURES", 1, 1000),
			OpenFor:  r.duration("BREAKER_OPEN_FOR"),
			Fallback: r.flag("VENUE_FALLBACK"),
		},
		Timeouts: Timeouts{
			Request:       r.duration("REQUEST_TIMEOUT"),
			Health:        r.duration("HEALTH_TIMEOUT"),
			ShutdownDelay: r.duration("SHUTDOWN_DELAY"),
			Shutdown:      r.duration("SHUTDOWN_TIMEOUT"),
		},
		Resources: Resources{
			MemoryPercent: r.number("HEALTH_MEMORY_PERCENT", 1, 100),
			DiskMinFree:   uint64(r.number("HEALTH_DISK_MIN_FREE", 0, 1<<50)),
			DiskPath:      r.text("HEALTH_DISK_PATH"),
		},
	}
	r.check("DATABASE_URL", c.DatabaseURL, func(v string) error { _, err := pgx.ParseConfig(v); return err })
	r.check("REDIS_URL", c.RedisURL, func(v string) error { _, err := redis.ParseURL(v); return err })
	if err := r.err(); err != nil {
		return Config{}, err
	}
	return c, nil
}

// Migration reads what "event-service migrate" needs: the URL of the role that
// owns the schema, and the name of the role that the service runs as.
func Migration(getenv func(string) string) (databaseURL, serviceRole string, err error) {
	service, owner := getenv("DATABASE_URL"), getenv("MIGRATION_DATABASE_URL")
	if owner == "" {
		owner = service
	}
	if service == "" {
		return "", "", errors.New("missing required environment variable: DATABASE_URL")
	}
	parsed, err := pgx.ParseConfig(service)
	if err != nil {
		return "", "", errors.New("DATABASE_URL is not a PostgreSQL connection string")
	}
	if _, err := pgx.ParseConfig(owner); err != nil {
		return "", "", errors.New("MIGRATION_DATABASE_URL is not a PostgreSQL connection string")
	}
	return owner, parsed.User, nil
}

// reader collects what is wrong, so that an operator sees all of it at once.
type reader struct {
	getenv  func(string) string
	missing []string
	wrong   []string
}

func (r *reader) text(name string) string {
	if v := r.getenv(name); v != "" {
		return v
	}
	return defaultOf(name)
}

func (r *reader) required(name string) string {
	// Runbook: Environment Variables: the required ones are required.
	v := r.getenv(name)
	if v == "" {
		r.missing = append(r.missing, name)
	}
	return v
}

func (r *reader) check(name, value string, valid func(string) error) {
	if value != "" && valid(value) != nil {
		r.wrong = append(r.wrong, name+" is not a valid connection string")
	}
}

func (r *reader) baseURL(name string) *url.URL {
	v := r.required(name)
	if v == "" {
		return nil
	}
	u, err := url.Parse(strings.TrimRight(v, "/"))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		r.wrong = append(r.wrong, name+" is not an http or https URL")
		return nil
	}
	return u
}

// httpURL is an optional URL. It may hold an API key, so it is never shown.
func (r *reader) httpURL(name string) string {
	v := r.text(name)
	if v == "" {
		return ""
	}
	if u, err := url.Parse(v); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		r.wrong = append(r.wrong, name+" is not an http or https URL")
	}
	return v
}

// hostPort is an optional address to listen on; its host may be empty.
func (r *reader) hostPort(name string) string {
	v := r.text(name)
	if v == "" {
		return ""
	}
	_, port, err := net.SplitHostPort(v)
	if _, wrong := strconv.ParseUint(port, 10, 16); err != nil || wrong != nil {
		r.wrong = append(r.wrong, fmt.Sprintf("%s=%q is no address such as :9464 or 127.0.0.1:9464", name, v))
	}
	return v
}

// traces is where traces go. Nothing but "true" disables them, as
// OpenTelemetry has it for all its switches.
func (r *reader) traces() string {
	all, own := r.httpURL("OTEL_EXPORTER_OTLP_ENDPOINT"), r.httpURL("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
	switch {
	case strings.EqualFold(r.text("OTEL_SDK_DISABLED"), "true"):
		return ""
	case own != "":
		return own
	case all != "":
		return strings.TrimRight(all, "/") + "/v1/traces"
	default:
		return ""
	}
}

func (r *reader) flag(name string) bool {
	v := r.text(name)
	on, err := strconv.ParseBool(v)
	if err != nil {
		r.wrong = append(r.wrong, fmt.Sprintf("%s=%q is neither true nor false", name, v))
	}
	return on
}

func (r *reader) number(name string, low, high int) int {
	v := r.text(name)
	n, err := strconv.Atoi(v)
	if err != nil || n < low || n > high {
		r.wrong = append(r.wrong, fmt.Sprintf("%s=%q is not a number from %d to %d", name, v, low, high))
	}
	return n
}

func (r *reader) duration(name string) time.Duration {
	v := r.text(name)
	d, err := time.ParseDuration(v)
	if err != nil || d < 0 {
		r.wrong = append(r.wrong, fmt.Sprintf("%s=%q is not a duration such as 500ms or 30s", name, v))
	}
	return d
}

func (r *reader) level(name string) slog.Level {
	v := r.text(name)
	var l slog.Level
	if err := l.UnmarshalText([]byte(v)); err != nil {
		r.wrong = append(r.wrong, fmt.Sprintf("%s=%q is none of debug, info, warn, error", name, v))
	}
	return l
}

func (r *reader) err() error {
	var parts []string
	if len(r.missing) > 0 {
		parts = append(parts, "missing required environment variables: "+strings.Join(r.missing, ", "))
	}
	if len(parts)+len(r.wrong) == 0 {
		return nil
	}
	return errors.New(strings.Join(append(parts, r.wrong...), "; "))
}
