package runbook

var documentClaims = untestable(ofTheDocument,
	text("document.version", "the document is of version 1.0.0", facts{"1.0.0"}, "version|edition"),
	text("document.updated", "the document was last changed at the end of 2024", facts{"2024-12-31"}, "updat|chang|revis"),
	text("document.service", "the document is about the event-service", facts{"event-service"}, "service"),
)

var severityClaims = untestable(ofPeople,
	text("incident.severity.p1", "a complete outage is P1, answered within a quarter of an hour", facts{"P1", "15 minutes"}, "critical|complete|outage"),
	text("incident.severity.p2", "significant degradation is P2, answered within half an hour", facts{"P2", "30 minutes"}, "high|significant|degrad"),
	text("incident.severity.p3", "minor impact is P3, answered within two hours", facts{"P3", "2 hours"}, "medium|minor"),
	text("incident.severity.p4", "minimal impact is P4, answered within a day", facts{"P4", "24 hours"}, "low|minimal"),
)

var acknowledgeClaims = []claim{
	command("incident.acknowledge.live", "liveness is asked on port 3003", facts{"/health/live"},
		`curl http://localhost:3003/health/live`),
	command("incident.acknowledge.ready", "readiness is asked on port 3003", facts{"/health/ready"},
		`curl http://localhost:3003/health/ready`),
	command("incident.acknowledge.logs", "the service's log can be followed", facts{"--tail=100"},
		`kubectl logs -f deployment/event-service -n tickettoken --tail=100`),
}

var assessClaims = untestable(ofTheQuestion,
	text("incident.assess.users", "it matters how many users are affected", nil, "many|number|count", "user|customer", "affect|hit|impact"),
	text("incident.assess.endpoints", "it matters which endpoints fail", nil, "which|what", "endpoint|route|request", "fail|broken|error"),
	text("incident.assess.database", "it matters whether the database can be reached", nil, "database|postgres", "access|reach|respond|answer"),
	text("incident.assess.dependents", "it matters whether the services behind it are well", nil, "venue|depend", "health|well|up", "service"),
)

var mitigateClaims = []claim{
	text("incident.mitigate.database", "with a database issue, a restart of the service helps", nil, "database|postgres", "pool|connection", "restart"),
	untestable(ofLeaks, text("incident.mitigate.memory", "with a memory issue, scaling out helps", nil, "memory", "scal|replica", "leak|investigat"))[0],
	text("incident.mitigate.dependency", "with a lost dependency, circuit breaker fallbacks can be enabled", nil, "depend|venue", "fallback", "circuit|breaker"),
}

var communicateClaims = untestable(ofPeople,
	text("incident.communicate.status-page", "the status page is kept up to date", nil, "status", "page"),
	text("incident.communicate.slack", "stakeholders are told in Slack", facts{"#incident-response"}, "slack|channel"),
	text("incident.communicate.ticket", "there is a ticket for the incident", nil, "ticket", "incident|creat|open"),
)

var resolveClaims = untestable(ofPeople,
	text("incident.resolve.fix", "the fix is implemented", nil, "fix|repair", "implement|deploy|put|land"),
	text("incident.resolve.verify", "the resolution is verified", nil, "verif|check|confirm", "resol|heal|gone|over"),
	text("incident.resolve.post-mortem", "there is a post-mortem", nil, "post", "mortem"),
)
