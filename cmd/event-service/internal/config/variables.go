package config

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Variable is one environment variable of the service.
type Variable struct {
	Name     string
	Default  string // empty: none
	Meaning  string
	Required bool
}

// Variables is every variable that the service reads. The first five and
// their descriptions are the runbook's own ("Environment Variables").
func Variables() []Variable { return variables }

var variables = []Variable{
	// Runbook: Environment Variables: DATABASE_URL.
	{Name: "DATABASE_URL", Required: true, Meaning: "PostgreSQL connection string of the service's role"},
	// Runbook: Environment Variables: REDIS_URL.
	{Name: "REDIS_URL", Required: true, Meaning: "Redis connection string"},
	// Runbook: Environment Variables: VENUE_SERVICE_URL.
	{Name: "VENUE_SERVICE_URL", Required: true, Meaning: "venue-service endpoint"},
	// Runbook: Environment Variables: NODE_ENV.
	{Name: "NODE_ENV", Required: true, Meaning: "environment (production/staging)"},
	// Runbook: Environment Variables: LOG_LEVEL.
	{Name: "LOG_LEVEL", Default: "info", Meaning: "logging level (debug/info/warn/error)"},

	// Runbook: Incident Response Steps: /health/live and /health/ready answer on port 3003.
	{Name: "PORT", Default: "3003", Meaning: "port to listen on (runbook: Health Checks); 0 takes a free one"},
	{Name: "HOST", Meaning: "address to listen on; every interface when unset"},

	{Name: "MIGRATION_DATABASE_URL", Meaning: "migrate: connection string of the schema's owner; DATABASE_URL when unset"},

	// Prometheus' exporters of OpenTelemetry listen on port 9464 by default.
	{Name: "METRICS_ADDR", Meaning: "host:port that /metrics alone is served at, such as :9464; at HOST:PORT when unset"},

	// A deployment without keys starts, so that its probes work, and refuses
	// every token.
	{Name: "JWT_SECRET", Meaning: "key of HS256 tokens, at least 32 bytes (RFC 7518, section 3.2)"},
	{Name: "JWT_PUBLIC_KEY", Meaning: "PEM public key of RS256 or ES256 tokens"},
	{Name: "JWT_ISSUER", Meaning: "the only issuer believed; required with any key"},
	{Name: "JWT_AUDIENCE", Meaning: "the audience a token must name; required with any key"},
	{Name: "JWT_LEEWAY", Default: "30s", Meaning: "clock skew allowed; well under a token's life"},

	{Name: "JWT_JWKS_URL", Meaning: "URL of the identity provider's key set (RFC 7517), for RS256 and ES256"},
	{Name: "JWT_JWKS_MAX_AGE", Default: "5m", Meaning: "keys are fetched again after this, and for an unknown key id at once"},

	// Ten is go-redis' and node-postgres' habit, and a tenth of Postgres'
	// default of 100 connections.
	{Name: "DB_POOL_MAX", Default: "10", Meaning: "requests that may use the database at once; health holds two connections more"},
	{Name: "DB_ACQUIRE_TIMEOUT", Default: "1s", Meaning: "wait for a free connection, then 503"},
	{Name: "DB_CONNECT_TIMEOUT", Default: "3s", Meaning: "one dial with authentication"},

	// As long as a request: a statement that is still running then runs for
	// nobody. Idle transactions are never wanted; this ends what a process
	// that died without closing it has left locked.
	{Name: "DB_STATEMENT_TIMEOUT", Default: "3s", Meaning: "Postgres ends a statement; 0 leaves the server's own setting"},
	{Name: "DB_IDLE_TX_TIMEOUT", Default: "10s", Meaning: "Postgres ends a session that idles in a transaction; 0 as above"},
	{Name: "SLOW_QUERY", Default: "200ms", Meaning: "statements over it are logged (runbook: High Latency, step 2)"},

	// A minute saves most reads of what everybody looks at, and bounds how long a
	// change is unseen elsewhere whose process ended before Redis could be told.
	{Name: "CACHE_TTL", Default: "60s", Meaning: "TTL of a cached event or list, a tenth more or less; 0 caches nothing"},
	// About what one replica can answer: the limit is there for loops that
	// went wild, not for plans that were sold.
	{Name: "RATE_LIMIT", Default: "1000", Meaning: "requests a second for each tenant, over all replicas; 0 is no limit"},

	// Three seconds let a database that needs 350 ms for each round trip
	// answer, which the runbook calls slow, and end before a client's own
	// timeout of commonly ten.
	{Name: "REQUEST_TIMEOUT", Default: "3s", Meaning: "a request's whole deadline, then 504"},
	// A probe of Kubernetes gives up after one second by default.
	{Name: "HEALTH_TIMEOUT", Default: "1s", Meaning: "one check of one dependency"},

	{Name: "VENUE_TIMEOUT", Default: "1s", Meaning: "one call to the venue-service"},
	{Name: "BREAKER_FAILURES", Default: "5", Meaning: "consecutive failed calls that open the circuit breaker"},
	// Runbook: Circuit Breaker Open: half-open after 30 s by default.
	{Name: "BREAKER_OPEN_FOR", Default: "30s", Meaning: "wait for the half-open state (runbook: 30s default)"},

	{Name: "VENUE_FALLBACK", Default: "false", Meaning: "accept drafts without venue validation while it fails; SIGUSR1 turns it on, SIGUSR2 off"},

	{Name: "SOLANA_RPC_URL", Meaning: "best-effort RPC node that is told of published events; none when unset"},

	// OpenTelemetry's own names and meanings. What else it documents (headers,
	// sampling, resource attributes, ...) its SDK reads by itself.
	{Name: "OTEL_EXPORTER_OTLP_ENDPOINT", Meaning: "base URL of an OpenTelemetry collector (OTLP over HTTP) that gets traces; none when unset"},
	{Name: "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", Meaning: "the same as the whole URL, without /v1/traces being added"},
	{Name: "OTEL_SDK_DISABLED", Default: "false", Meaning: "true: no traces, whatever the others say"},

	{Name: "SHUTDOWN_DELAY", Default: "500ms", Meaning: "after SIGTERM: not ready, still accepting"},
	{Name: "SHUTDOWN_TIMEOUT", Default: "10s", Meaning: "after that: requests in flight may end"},

	{Name: "HEALTH_MEMORY_PERCENT", Default: "90", Meaning: "share of the memory limit above which memory is LOW"},
	{Name: "HEALTH_DISK_MIN_FREE", Default: "67108864", Meaning: "bytes free below which diskSpace is LOW (64 MiB)"},
	{Name: "HEALTH_DISK_PATH", Default: "/tmp", Meaning: "a path on the file system that diskSpace looks at"},
}

func defaultOf(name string) string {
	for _, v := range variables {
		if v.Name == name {
			return v.Default
		}
	}
	panic("config: " + name + " is read but not listed")
}

// Describe writes the table of variables for people.
func Describe(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, v := range variables {
		value := v.Default
		if v.Required {
			value = "required"
		}
		fmt.Fprintf(t, "  %s\t%s\t%s\n", v.Name, value, v.Meaning)
	}
	return t.Flush()
}
