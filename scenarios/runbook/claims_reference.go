package runbook

import "github.com/runproof/runproof/scenarios/runbook/binding"

// claim spares the tables a longer word.
type claim = binding.Claim

var onCallClaims = untestable(ofPeople,
	text("contacts.on-call.primary", "the primary on-call is paged", facts{"PagerDuty"}, "primary|first"),
	text("contacts.on-call.secondary", "the secondary on-call is paged", facts{"PagerDuty"}, "secondary|second|backup"),
	text("contacts.on-call.manager", "the engineering manager is reached by Slack or telephone", facts{"Slack", "Phone"}, "manager"),
)

var ownerClaims = untestable(ofPeople,
	text("contacts.owner.event-service", "@event-team owns the event-service", facts{"@event-team"}, "event"),
	text("contacts.owner.database", "@database-team owns the database", facts{"@database-team"}, "database"),
	text("contacts.owner.infrastructure", "@platform-team owns the infrastructure", facts{"@platform-team"}, "infra|platform"),
)

var externalClaims = untestable(ofProviders,
	text("contacts.external.postgresql", "PostgreSQL is there for 99.99 % of the time", facts{"PostgreSQL", "99.99%"}),
	text("contacts.external.redis", "Redis is there for 99.95 % of the time", facts{"Redis", "99.95%"}),
)

// bestEffortClaims can be tried where those of the other providers cannot:
// nothing may wait for what is only there at best.
var bestEffortClaims = []claim{
	text("contacts.external.solana", "nothing waits for the Solana RPC, which is there at best", facts{"Solana RPC", "Best effort"}),
}

var healthClaims = []claim{
	text("health.endpoints.live", "the liveness endpoint answers with status UP", facts{"/health/live", "status", "UP"}),
	text("health.endpoints.ready", "the readiness endpoint answers with status UP and a list of checks", facts{"/health/ready", "status", "UP", "checks"}),

	untestable(ofRemarks, text("health.probes.caption", "the probes are configured in the deployment", nil, "probe", "deploy|kubernetes"))[0],
	field("health.probes.live-path", "Kubernetes asks /health/live for liveness", "livenessProbe.httpGet.path", "/health/live"),
	untestable(ofKubelets, field("health.probes.live-port", "Kubernetes asks port 3003 for liveness", "livenessProbe.httpGet.port", "3003"))[0],
	field("health.probes.live-delay", "the service lives 10 seconds after its start", "livenessProbe.initialDelaySeconds", "10"),
	untestable(ofKubelets, field("health.probes.live-period", "liveness is asked every 10 seconds", "livenessProbe.periodSeconds", "10"))[0],
	field("health.probes.ready-path", "Kubernetes asks /health/ready for readiness", "readinessProbe.httpGet.path", "/health/ready"),
	untestable(ofKubelets, field("health.probes.ready-port", "Kubernetes asks port 3003 for readiness", "readinessProbe.httpGet.port", "3003"))[0],
	field("health.probes.ready-delay", "the service can be ready 5 seconds after its start", "readinessProbe.initialDelaySeconds", "5"),
	untestable(ofKubelets, field("health.probes.ready-period", "readiness is asked every 5 seconds", "readinessProbe.periodSeconds", "5"))[0],

	command("health.manual.command", "one command shows readiness in full", facts{"/health/ready"},
		`curl -s http://localhost:3003/health/ready | jq`),
	field("health.manual.status", "a service that is ready says UP", ".status", "UP"),
	field("health.manual.service", "readiness names the service", "service", "event-service"),
	field("health.manual.version", "readiness names the version, as three numbers", "version", binding.Shape+"1.0.0"),
	field("health.manual.timestamp", "readiness carries the time in UTC, to the millisecond", "timestamp", binding.Shape+"2024-12-31T12:00:00.000Z"),
	field("health.manual.database", "a reachable database is shown as UP", "database", "UP"),
	field("health.manual.redis", "a reachable Redis is shown as UP", "redis", "UP"),
	field("health.manual.memory", "enough memory is shown as OK", "memory", "OK"),
	field("health.manual.disk", "enough disk space is shown as OK", "diskSpace", "OK"),
}

var environmentClaims = []claim{
	text("env.database-url", "DATABASE_URL is required", facts{"DATABASE_URL", "Yes"}),
	text("env.redis-url", "REDIS_URL is required", facts{"REDIS_URL", "Yes"}),
	text("env.venue-service-url", "VENUE_SERVICE_URL is required", facts{"VENUE_SERVICE_URL", "Yes"}),
	text("env.node-env", "NODE_ENV is required: production or staging", facts{"NODE_ENV", "production", "staging", "Yes"}),
	text("env.log-level", "LOG_LEVEL is optional: info, debug or error", facts{"LOG_LEVEL", "info", "debug", "error", "No"}),
}

// editionClaims are made by the project's edition and not by the operators'
// original: what a fix had to add.
var editionClaims = []claim{
	field("health.manual.venue-status", "a venue-service that answers is shown as UP", "checks.dependencies.venue-service.status", "UP"),
	field("health.manual.circuit", "a breaker that lets requests through is shown as CLOSED", "checks.dependencies.venue-service.circuit", "CLOSED"),
}
