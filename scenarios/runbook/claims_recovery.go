package runbook

var restartClaims = []claim{
	command("recovery.restart.graceful", "a restart loses no request", facts{"kubectl rollout restart"},
		`kubectl rollout restart deployment/event-service -n tickettoken`),
	command("recovery.restart.status", "kubectl shows how far the restart is", facts{"kubectl rollout status"},
		`kubectl rollout status deployment/event-service -n tickettoken`),
	command("recovery.restart.pods", "kubectl shows whether the pods are well", facts{"kubectl get pods"},
		`kubectl get pods -n tickettoken -l app=event-service`),
}

var recoveryClaims = []claim{
	command("recovery.database.connectivity", "psql tells whether the database can be reached", facts{"SELECT 1;"},
		`psql -h $DB_HOST -c "SELECT 1;"`,
		`psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT 1;"`),
	command("recovery.database.restart", "with an exhausted pool, a restart of the service helps", facts{"kubectl rollout restart"},
		`kubectl rollout restart deployment/event-service`,
		`kubectl rollout restart deployment/event-service -n tickettoken`),
	untestable(ofPeople, text("recovery.database.backup", "corrupted data is restored from a backup", nil, "corrupt|damag", "backup", "restor"))[0],
	untestable(ofPeople, text("recovery.database.dba", "the DBA team is called at once", nil, "dba", "contact|call|ask"))[0],
	command("recovery.database.integrity", "a query finds events without a tenant", facts{"tenant_id IS NULL"},
		`psql -c "SELECT * FROM events WHERE tenant_id IS NULL;"`,
		`psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT * FROM events WHERE tenant_id IS NULL;"`),
	text("recovery.database.integrity-zero", "no event is without a tenant", facts{"0"}, "row|event"),
}

var cacheClaims = []claim{
	command("recovery.cache.event", "clearing event:* clears the cached events", facts{"event:*"},
		`redis-cli KEYS "event:*" | xargs redis-cli DEL`,
		`redis-cli --scan --pattern "event:*" | tr '\n' '\0' | xargs -0 -r -n 100 redis-cli UNLINK`),
	command("recovery.cache.venue", "clearing venue:events:* clears the cached lists", facts{"venue:events:*"},
		`redis-cli KEYS "venue:events:*" | xargs redis-cli DEL`,
		`redis-cli --scan --pattern "venue:events:*" | tr '\n' '\0' | xargs -0 -r -n 100 redis-cli UNLINK`),
	command("recovery.cache.all", "clearing event-service:* clears everything else of the service", facts{"event-service:*"},
		`redis-cli KEYS "event-service:*" | xargs redis-cli DEL`,
		`redis-cli --scan --pattern "event-service:*" | tr '\n' '\0' | xargs -0 -r -n 100 redis-cli UNLINK`),
}

var rollbackClaims = []claim{
	command("recovery.rollback.history", "kubectl shows what was rolled out before", facts{"kubectl rollout history"},
		`kubectl rollout history deployment/event-service -n tickettoken`),
	command("recovery.rollback.undo", "a rollout can be taken back", facts{"kubectl rollout undo"},
		`kubectl rollout undo deployment/event-service -n tickettoken`),
	command("recovery.rollback.revision", "a certain revision can be gone back to", facts{"--to-revision=2"},
		`kubectl rollout undo deployment/event-service -n tickettoken --to-revision=2`),
}

var usefulClaims = []claim{
	command("useful.logs", "the log of the last five minutes can be followed", facts{"--since=5m"},
		`kubectl logs -f deployment/event-service -n tickettoken --since=5m`),
	command("useful.top", "kubectl shows what the pods use", facts{"kubectl top pods"},
		`kubectl top pods -n tickettoken -l app=event-service`),
	command("useful.port-forward", "port 3003 can be had on one's own machine", facts{"3003:3003"},
		`kubectl port-forward svc/event-service 3003:3003 -n tickettoken`),
	command("useful.shell", "there is a shell in the container", facts{"/bin/sh"},
		`kubectl exec -it deployment/event-service -n tickettoken -- /bin/sh`),
}
