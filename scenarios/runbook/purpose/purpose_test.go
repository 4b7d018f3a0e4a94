package purpose

import (
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/rule/ruletest"
)

func shell(commands string) string { return ruletest.Shell(commands) }

// examples have for each rule what it must find, what differs as little as
// possible and is right, and traps.
var examples = map[string]ruletest.Examples{
	"cannot-show": {
		[]string{
			shell("# Check nodes with disk pressure\nkubectl get nodes -o wide | grep -i pressure"), shell("# Check resource limits\nkubectl top pods -n shop"), shell("# Check inodes\ndf -h"),
			shell("# Count established connections\nss -ltn"), shell("# Check response time\ncurl -s https://shop/health"),
			shell("# See the HTTP status\ncurl -s https://shop/health"), shell("# When does the certificate expire?\nopenssl s_client -connect shop:443 </dev/null"), shell("# Check index usage\nmongosh shop --eval 'db.orders.getIndexes()'"),
			shell("# MongoDB query logs\nmongosh shop --eval 'db.setProfilingLevel(1, 100)'"), shell("# If the file is corrupted\nredis-check-rdb /data/dump.rdb"), shell("# Check disk usage of nodes\nkubectl top nodes"),
			shell("# Check which image runs\nkubectl get pods -n shop"), shell("# Logs of the crashed container\nkubectl logs shop-0 -n shop"), shell("# Check the exit code of stopped containers\ndocker ps | grep shop"), shell("# Is the CPU throttled?\nkubectl top pods"),
			shell("# Monitor pool utilization\nwatch 'kubectl top pods -l app=a'"), shell("# Sync history\nkubectl get applications -n argocd"), shell("# Deploy with canary\nkubectl set image deployment/a a=a:2"), shell("# Look for OOMKilled events\nkubectl get events | grep OOMKilled"), shell("# 1. Announce\necho 'rolling back'"),
		},
		[]string{
			shell("# Check nodes with disk pressure\nkubectl describe nodes | grep -i pressure"), shell("# Check nodes with disk pressure\nkubectl get nodes -o json | grep -i pressure"), shell("# Check nodes under pressure\nkubectl get nodes | grep NotReady"),
			shell("# Check usage against limits\nkubectl top pods"), shell("# Check inodes\ndf -i"), shell("# Count established connections\nss -tan"),
			shell("# Which ports are listened on, with connections\nss -ltn"), shell("# Check response time\ncurl -s -o /dev/null -w '%{time_total}' https://shop/health"), shell("# How long does it take?\ntime curl -s https://shop/health"),
			shell("# Check response time (p95)\ncurl -s 'http://prometheus:9090/api/v1/query?query=p95'"), shell("# See the HTTP status\ncurl -sI https://shop/health"), shell("# When does the certificate expire?\nopenssl s_client -connect shop:443 </dev/null | openssl x509 -noout -dates"),
			shell("# Check indexes\nmongosh shop --eval 'db.orders.getIndexes()'"), shell("# Enable the slow query log\nmongosh shop --eval 'db.setProfilingLevel(1, 100)'"), shell("# Check whether the file is corrupted\nredis-check-rdb /data/dump.rdb"),
			shell("# Check which image runs\nkubectl get pods -o jsonpath='{..image}'"), shell("# Logs of the crashed container\nkubectl logs shop-0 --previous"), shell("# Check the exit code of stopped containers\ndocker ps -a"), shell("# Check CPU, memory and disk\nkubectl top nodes"),
			shell("# CPU of the node pool\nkubectl top nodes"), shell("# Rollout history\nkubectl rollout history deploy/a"), shell("# Deploy with canary\nkubectl set image deployment/a-canary a=a:2"), shell("# Look for OOMKilled pods\nkubectl get pods | grep OOMKilled"), shell("# Announce\necho 'rolling back' | slack-cli"), shell("# Show the value\necho $A"),
		},
	},
	"other-number": {
		[]string{
			shell("# Logs of the last 5 minutes\nkubectl logs shop-0 --since=15m"), shell("# Delete failed pods older than 1 hour\nkubectl get pods --field-selector=status.phase=Failed -o name | xargs -r kubectl delete"),
			shell("# Last 100 lines\ntail -n 50 app.log"), shell("# Delete files older than 7 days\nfind /data -mtime +30 -delete"), shell("# Top 10 processes\nps aux --sort=-%mem | head -20"),
		},
		[]string{
			shell("# Logs of the last 5 minutes\nkubectl logs shop-0 --since=5m"), shell("# Logs of the last hour\nkubectl logs shop-0 --since=60m"), shell("# Delete files older than 7 days\nfind /data -mtime +7 -delete"), shell("# Top 10 processes\nps aux --sort=-%mem | head -11"),
			shell("# Delete pods older than 1 hour\nkubectl get pods -o json | jq --arg t $(date -d '1 hour ago' -Is) '.items[]'"), shell("# Last 100 lines\ntail -n 100 app.log"), shell("# Queries of more than 5 minutes in the last hour\npsql -c \"SELECT 1 WHERE now() - query_start > interval '5 minutes'\""),
			shell("# Sessions older than 10 minutes\npsql -c \"SELECT pid FROM pg_stat_activity WHERE now() - state_change > interval '00:10:00'\""), shell("# Delete files older than 2 days\nfind /data -mmin +2880 -delete"), shell("# Expect less than 5 minutes\nkubectl get pods"),
			shell("# Clean images older than 7 days\ndocker image prune -a --filter until=168h"),
		},
	},
	"other-state": {
		[]string{shell("# Terminate idle connections\npsql -c \"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = 'shop'\""), shell("# Find active queries\npsql -c \"SELECT pid FROM pg_stat_activity WHERE state = 'idle'\"")},
		[]string{
			shell("# Terminate idle connections\npsql -c \"SELECT pid FROM pg_stat_activity WHERE state = 'idle'\""), shell("# Idle in transaction connections\npsql -c \"SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction'\""),
			shell("# Idle connections and active ones\npsql -c \"SELECT pid FROM pg_stat_activity WHERE state IN ('idle', 'active')\""), shell("# Find active queries\npsql -c \"SELECT pid FROM pg_stat_activity WHERE state = 'active'\""), shell("# Find active queries\npsql -c \"SELECT pid FROM pg_stat_activity WHERE state <> 'idle'\""),
		},
	},
	"wait-once": {
		[]string{shell("docker compose up -d redis\n# Wait for ready\ndocker exec redis redis-cli ping\nmigrate-all --now"), shell("# Wait until the pods are ready\nkubectl get pods -l app=shop\nkubectl delete job import"), shell("# Monitor resource usage over time\nkubectl top pod shop-0"), shell("# Monitor error rate for 30 minutes\ncurl -s http://h/errors")},
		[]string{
			shell("# Monitor the pods for 30 minutes\nwatch kubectl get pods"), shell("# Usage over time\ngrep usage report.txt"), shell("# Wait for ready\nuntil docker exec redis redis-cli ping; do sleep 1; done\nmigrate-all --now"), shell("# Wait until the pods are ready\nkubectl wait --for=condition=Ready pod -l app=shop\nkubectl delete job import"),
			shell("# Wait until the pods are ready\nkubectl get pods -w\nkubectl delete job import"), shell("# Check that it is ready\ndocker exec redis redis-cli ping\nmigrate-all --now"), "Wait until the pods are ready:\n\n" + "```bash\nkubectl get pods\n```\n", shell("# Wait for ready (repeat until PONG)\ndocker exec redis redis-cli ping\nmigrate-all --now"),
		},
	},
}

func TestEveryRuleFindsItsBadExamplesAndPassesItsGoodOnes(t *testing.T) {
	ruletest.Check(t, Rules(), examples)
}

func FuzzPurpose(f *testing.F) { ruletest.Fuzz(f, Rules(), examples) }
