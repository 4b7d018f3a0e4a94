package rules

import (
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule/ruletest"
)

func find(text string) []lint.Finding { return ruletest.Find(list, text) }

func shell(commands string) string { return ruletest.Shell(commands) }

func sql(query string) string { return "# Service\n\n## A\n\n```sql\n" + query + "\n```\n" }

// examples have for each rule what it must find, what differs as little as
// possible and is right, and traps: what looks wrong and is not.
var examples = map[string]ruletest.Examples{
	"tool-usage": {
		[]string{shell("kubectl get pods --namepsace shop"), shell("kubectl apply -f a.yaml --dry-run client"), shell("sudo systemctl restrat shop"), "Run `redis-cli --scna` first.\n"},
		[]string{shell("kubectl get pods --namespace shop"), shell("kubectl apply -f a.yaml --dry-run=client"), "Use `kubectl logs` and `kubectl scale`.\n", shell("kubectl exec pod -- shopctl --odd"), shell("kubectl neat get pods --odd")},
	},
	"helm-release": {
		[]string{shell("helm history -n shop"), shell("# Back to what was there before\nhelm rollback shop 1 -n shop"), shell("helm upgrade shop -n shop")},
		[]string{shell("helm history shop -n shop"), shell("helm rollback shop -n shop"), shell("helm rollback shop 7"), shell("# Back to revision 1, the first\nhelm rollback shop 1"), shell("helm list -n shop"), shell("helm upgrade --install shop ./chart --set a=b"), shell("helm history $RELEASE")},
	},
	"open-transactions": {
		[]string{sql("-- x\nSELECT 1;") + "Find long-running transactions:\n\n```sql\nSELECT pid, query_start FROM pg_stat_activity WHERE state = 'active';\n```\n", shell("# Old transactions\npsql -c \"SELECT pid FROM pg_stat_activity WHERE state = 'active'\"")},
		[]string{shell("# Old transactions\npsql -c \"SELECT pid FROM pg_stat_activity WHERE state <> 'idle' ORDER BY xact_start\""), shell("# Long-running queries\npsql -c \"SELECT pid FROM pg_stat_activity WHERE state = 'active'\"")},
	},
	"curl-address": {
		[]string{shell(`curl 'http://p:9090/api/v1/query?query=rate(x[5m])'`), shell(`curl "http://p:9090/api/v1/query?query=up{job='a'}"`), shell("curl http://h:1/a?x=1&y=2")},
		[]string{shell(`curl -g 'http://p:9090/api/v1/query?query=rate(x[5m])'`), shell(`curl http://h:1/v[1-3]/{a,b}`), shell("curl http://h:1/users/{id}"), shell("curl 'http://h:1/a?x=1&y=2'"), shell("curl http://h:1/a & sleep 1"), shell(`curl http://[::1]:80/`)},
	},
	"quoting": {
		[]string{shell(`curl -H 'Authorization: Bearer $TOKEN' http://h/x`), shell(`psql -c 'SELECT * FROM t WHERE id = $ORDER_ID'`), shell(`ps aux | awk "{print $2}"`)},
		[]string{shell(`curl -H "Authorization: Bearer $TOKEN" http://h/x`), shell(`ps aux | awk '{print $2}'`), shell(`kubectl exec p -- sh -c 'echo $HOME'`), shell(`curl -d '{"$set": 1}' http://h/x`)},
	},
	"heredoc": {
		[]string{shell("cat <<EOF > a\nx\nEOF | kubectl apply -f -\nkubectl get pods"), shell("cat <<EOF\nx\n  EOF\nls")},
		[]string{shell("cat <<EOF | kubectl apply -f -\nx\nEOF\nkubectl get pods"), shell("cat <<-EOF\n\tx\n\tEOF\nls"), shell("grep x <<< EOF\nls"), shell("echo $((1 << 2))\nls")},
	},
	"terminal": {
		[]string{shell("docker exec -it db psql < a.sql"), shell("kubectl exec -it db-0 -- pg_dump shop > shop.sql"), shell("kubectl exec -it p -- sh\nkubectl get pods"), shell("sudo nano /etc/a.conf\nsudo systemctl restart a")},
		[]string{shell("docker exec -i db psql < a.sql"), shell("kubectl exec db-0 -- pg_dump shop > shop.sql"), shell("kubectl exec -it p -- sh"), shell("systemctl restart a\nvim /etc/a.conf"), shell("kubectl exec -it p -- sh\nls /app"), shell("kubectl exec -it p -- cat /etc/hosts > hosts")},
	},
	"never-ends": {
		[]string{shell("kubectl logs -f deploy/a\nkubectl get pods"), shell("watch -n 1 df -h\nls"), shell("redis-cli --latency\nredis-cli ping"), shell("ping db\nls"), shell("kubectl -n shop logs -f deploy/a\nkubectl get pods"), shell("kafka-console-consumer.sh --bootstrap-server k:9092 --topic t\nls"), shell("aws logs tail shop --follow\nls"), shell("vmstat 1\nls"), shell("npm run dev\ncurl http://h/"), shell("docker service logs -f a\nls")},
		[]string{shell("kubectl get pods\nkubectl logs -f deploy/a"), shell("kubectl port-forward svc/a 1:1 &\ncurl localhost:1"), shell("timeout 5 tail -f a\nls"), shell("tail -f a | grep -m 1 x\nls"), shell("# stop it with Ctrl-C\ntail -f a\nls"), shell("top -b -n 1\nls"), shell("vmstat 1 5\nls"), shell("npm start\nnpm run migrate"), shell("npm run build\nls"), shell("kafka-console-consumer.sh --bootstrap-server k:9092 --topic t --max-messages 5\nls"), shell("redis-cli --latency | head -1\nls"), "# S\n\n## Useful commands\n\n```bash\ntail -f a\nls\n```\n", shell("tail -f a\njournalctl -f\ndocker logs -f b\nls"), shell("# Logs\njournalctl -f\njournalctl -n 50"), shell("# A\ndocker logs -f a\n\n# B\ndocker logs -f b")},
	},
	"sudo-redirect":     {[]string{shell("sudo echo 1 > /proc/sys/vm/drop_caches")}, []string{shell("echo 1 | sudo tee /proc/sys/vm/drop_caches"), shell("sudo cat /etc/shadow > /tmp/x"), shell(`sudo sh -c "echo 1 > /proc/sys/vm/drop_caches"`)}},
	"grep-alternatives": {[]string{shell(`kubectl logs p | grep "ERROR|WARN"`)}, []string{shell(`kubectl logs p | grep -E "ERROR|WARN"`), shell(`kubectl logs p | grep "ERROR\|WARN"`), shell(`grep '^|' table.md`), shell(`kubectl logs p | egrep "a|b"`), shell(`grep -iE 'a|b' x`)}},
	"exit-status":       {[]string{shell("curl -s http://h:1/health && echo healthy"), shell("until curl -s http://h:1/ready; do sleep 1; done"), shell("kubectl logs p | grep ERROR || echo \"No errors found\""), shell("curl -f https://api.stripe.com/v1/charges || echo down")}, []string{shell("curl -sf http://h:1/health && echo healthy"), shell("curl -s http://h:1/health"), shell("curl -s http://h:1/health | grep -q UP && echo healthy"), shell("if (( $(curl -s http://h:1/n) > 3 )); then ls; fi"), shell("kubectl get pods | grep shop || echo gone"), shell("cat log | grep ERROR || echo \"No errors found\""), shell("curl -f -H \"Authorization: Bearer $K\" https://api.stripe.com/v1/charges || echo down")}},
	"local-address": {
		[]string{shell("kubectl logs deploy/a\ncurl http://localhost:8080/health"), "## Local\n\n```bash\ndocker logs a\n```\n\n" + shell("kubectl logs deploy/a\ncurl http://localhost:8080/health")},
		[]string{"## Cluster\n\n```bash\nkubectl logs deploy/a\n```\n\n" + shell("docker logs a\ncurl http://localhost:8080/health"), shell("kubectl port-forward svc/a 8080\ncurl http://localhost:8080/health"), shell("kubectl exec p -- curl http://localhost:8080/health"), shell("curl http://localhost:8080/health"), "Log in to the node with ssh.\n" + shell("kubectl logs deploy/a\ncurl http://localhost:8080/health")},
	},
	"destructive-sql": {
		[]string{sql("DELETE FROM sessions;"), sql("UPDATE orders SET state = 'new';"), sql("DROP TABLE orders;"), sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shop';"), sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active';"), shell(`psql -c "TRUNCATE audit"`), shell("psql shop <<EOF\nDELETE FROM sessions;\nEOF"), sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle';"), shell("# Archive old rows\npsql -c \"DELETE FROM log WHERE at < now()\""), sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction';")},
		[]string{sql("DELETE FROM sessions WHERE expired;"), "## A\n\nTake a backup before.\n\n```sql\nDROP TABLE orders;\n```\n", sql("CREATE TABLE t (a int);\nDROP TABLE t;"), sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid();"), sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND state_change < now() - interval '5 minutes';"), sql("SELECT * FROM t; -- DELETE FROM t"), sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle' AND usename = 'shop';"), shell("# Archive old rows\npsql -c \"INSERT INTO old SELECT * FROM log; DELETE FROM log WHERE at < now()\"")},
	},
	"destructive-command": {
		[]string{shell("redis-cli FLUSHALL"), shell("git reset --hard origin/main"), shell("sudo reboot"), shell("pg_restore --clean -d shop shop.dump"), shell("mongorestore --drop dump"), shell("kubectl delete pod shop-x7 --force --grace-period=0"), shell("# Clean up old WAL files\nrm -f /var/lib/postgresql/data/pg_wal/*.old"), shell("celery -A app purge -Q low"), shell("git push --force origin main"), shell("git clean -fdx"), shell("rm -rf /tmp/*"), shell("truncate -s 0 /var/log/containers/*.log"), shell("mongosh shop --eval 'db.orders.deleteMany({})'"), shell("kubectl delete pvc data-0"), shell("kubectl delete pods -l app=shop"), shell("docker compose down -v"), shell("kubectl exec r-0 -- redis-cli FLUSHDB"), "1. Restart them: `kubectl delete pods -l app=shop`\n", shell("terraform destroy"), shell("rm -f /var/lib/postgresql/15/main/pg_wal/0*"), shell("aws sqs purge-queue --queue-url q"), shell("aws rds delete-db-instance --db-instance-identifier a --skip-final-snapshot"), shell("docker rm -f $(docker ps -aq)"), shell("sudo iptables -F"), shell("rm -rf /var/lib/redis/*"), shell("kafka-topics.sh --bootstrap-server k:9092 --delete --topic orders")},
		[]string{"## A\n\n> **Warning:** every cached entry is lost.\n\n```bash\nredis-cli FLUSHALL\n```\n", shell("kubectl delete pod shop-1"), shell("git reset HEAD~1"), shell("# Make sure that nothing else runs there\nsudo reboot"), shell("pg_restore -d shop shop.dump"), shell("# WARNING: never while the server runs\nrm -f /var/lib/postgresql/data/pg_wal/*.old"), shell("celery -A app status"), shell("git push --force-with-lease origin main"), shell("git push origin main"), shell("rm -rf /tmp/shop-1"), shell("truncate -s 0 /var/log/shop.log"), shell("mongosh shop --eval 'db.orders.deleteMany({old: true})'"), shell("docker compose down"), shell("redis-cli DEL a"), shell("kubectl delete pods -l name=shop-operator"), "Never run `redis-cli FLUSHALL`.\n", "The command `kubectl delete pods -l app=shop` replaces all of them.\n", shell("kubectl delete pods -l app=shop --field-selector=status.phase=Failed"), shell("rm -f /tmp/x"), shell("aws s3 sync a s3://b"), shell("docker stop shop"), shell("iptables -L"), shell("ls /var/lib/postgresql/15/main/pg_wal")},
	},
	"empty-variable": {[]string{shell("rm -rf $DATA_DIR/*"), shell(`rm -rf "${BACKUP}/"`)}, []string{shell("DATA_DIR=/tmp/x\nrm -rf $DATA_DIR/*"), shell("rm -rf ${DATA_DIR:?}/*"), shell("rm -rf $HOME/.cache/x"), shell("rm -f $A/b"), shell("for d in a b; do rm -rf $d/*; done")}},
	"xargs-empty":    {[]string{shell("redis-cli --scan --pattern 'a:*' | xargs redis-cli DEL")}, []string{shell("redis-cli --scan --pattern 'a:*' | xargs -r redis-cli DEL"), shell("ls | xargs -I{} rm {}"), shell("ls | xargs wc -l"), shell("docker ps -q | xargs --no-run-if-empty docker stop")}},
	"redis-keys":     {[]string{shell("redis-cli KEYS 'a:*'"), shell("redis-cli -h r -n 1 keys '*'")}, []string{shell("redis-cli --scan --pattern 'a:*'"), shell("redis-cli GET KEYS"), shell("# blocks, not on production\nredis-cli KEYS 'a:*'")}},
	"not-kept":       {[]string{shell("redis-cli CONFIG SET maxmemory 2gb")}, []string{shell("redis-cli CONFIG SET maxmemory 2gb\nredis-cli CONFIG REWRITE"), shell("redis-cli CONFIG GET maxmemory"), shell("# for now, temporarily\nredis-cli CONFIG SET maxmemory 2gb")}},
	"sql-catalogue": {
		[]string{sql("SELECT pid, waiting FROM pg_stat_activity;"), shell(`psql -c "SELECT query, total_time FROM pg_stat_statements"`), shell(`kubectl exec db-0 -- psql -U u -c "SELECT indexname FROM pg_stat_user_indexes"`)},
		[]string{sql("SELECT pid, wait_event FROM pg_stat_activity;"), "Our servers run PostgreSQL 12.\n" + sql("SELECT total_time FROM pg_stat_statements;"), "```sql\nSHOW FULL PROCESSLIST;\n```\n"},
	},
	"sql-settings": {
		[]string{sql("ALTER SYSTEM SET max_connections = 200;\nSELECT pg_reload_conf();"), sql("SET LOCAL work_mem = '1GB';"), sql("SET shared_buffers = '1GB';"), sql("SHOW max_conections;"), sql("ALTER SYSTEM SET autovacuum_naptime = 500;"), shell(`psql -c "SET statement_timeout = 0"`)},
		[]string{"## A\n\n```sql\nALTER SYSTEM SET max_connections = 200;\n```\n\nRestart Postgres.\n", sql("ALTER SYSTEM SET work_mem = '1GB';\nSELECT pg_reload_conf();"), sql("BEGIN;\nSET LOCAL work_mem = '1GB';\nSELECT 1;\nCOMMIT;"), sql("SET work_mem = '1GB';"), shell(`psql -c "SET statement_timeout = 0; SELECT slow()"`), sql("SET app.tenant = 'a';")},
	},
	"sql-transaction": {
		[]string{shell(`psql -c "DROP DATABASE IF EXISTS shop; CREATE DATABASE shop;"`), shell(`psql -c "SELECT 1; VACUUM orders"`), shell(`psql -1 -c "VACUUM"`)},
		[]string{shell(`psql -c "DROP DATABASE shop" -c "CREATE DATABASE shop"`), shell(`psql -c "VACUUM orders;"`), shell("psql <<EOF\nDROP DATABASE shop;\nCREATE DATABASE shop;\nEOF"), sql("VACUUM a;\nVACUUM b;")},
	},
	"wrong-processes": {
		[]string{shell("# Not running? Start it\ndocker restart $(docker ps -q -f name=db)"), shell("docker start $(docker ps -q)"), shell("lsof -ti :3000 | xargs -r kill"), shell("kill $(lsof -t -i:3000)")},
		[]string{shell("# Not running? Start it\ndocker restart $(docker ps -aq -f name=db)"), shell("# Restart all\ndocker restart $(docker ps -q)"), shell("lsof -ti :3000 -sTCP:LISTEN | xargs -r kill"), shell("lsof -i :3000"), shell("lsof -t /var/lock/x | xargs -r kill")},
	},
	"sql-locks": {
		[]string{sql("VACUUM FULL orders;"), sql("CREATE INDEX i ON orders (a);"), sql("EXPLAIN ANALYZE DELETE FROM t WHERE a = 1;"), sql("REINDEX TABLE orders;")},
		[]string{sql("VACUUM ANALYZE orders;"), sql("CREATE INDEX CONCURRENTLY i ON orders (a);"), sql("EXPLAIN DELETE FROM t WHERE a = 1;"), sql("BEGIN;\nEXPLAIN ANALYZE DELETE FROM t WHERE a = 1;\nROLLBACK;"), "## A\n\nThis locks the table.\n\n```sql\nVACUUM FULL orders;\n```\n", sql("EXPLAIN ANALYZE SELECT 1;")},
	},
	"idle-listed": {
		[]string{shell("# Find long-running queries\npsql -c \"SELECT pid, now() - query_start, query FROM pg_stat_activity WHERE query_start < now() - interval '5 minutes'\""), sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query_start < now() - interval '1 hour';")},
		[]string{shell("# Find long-running queries\npsql -c \"SELECT pid, now() - query_start, query FROM pg_stat_activity WHERE state = 'active' AND query_start < now() - interval '5 minutes'\""), sql("SELECT pid, state, query_start FROM pg_stat_activity;")},
	},
	"restore-format": {
		[]string{shell("pg_restore -d shop shop.sql"), shell("pg_dump shop > shop.dump\npg_restore -d shop shop.dump"), shell("pg_dump -Fc shop > shop.dump\npsql shop < shop.dump")},
		[]string{shell("psql shop -f shop.sql"), shell("pg_dump -Fc shop > shop.dump\npg_restore -d shop shop.dump"), shell("pg_restore -d shop latest.dump"), shell("pg_dump --format=custom -f shop.sql shop\npg_restore -d shop shop.sql")},
	},
	"logs-of-label": {[]string{shell("kubectl logs -l app=shop --since=1h | grep ERROR")}, []string{shell("kubectl logs -l app=shop --since=1h --tail=-1 | grep ERROR"), shell("kubectl logs deploy/shop | grep ERROR"), shell("kubectl logs -f -l app=shop"), shell("# the last lines of each, ten lines\nkubectl logs -l app=shop")}},
	"oldest-first":  {[]string{shell("kubectl get events --sort-by=.lastTimestamp | head -20")}, []string{shell("kubectl get events --sort-by=.lastTimestamp | tail -20"), shell("# the oldest pods\nkubectl get pods --sort-by=.metadata.creationTimestamp | head"), shell("kubectl get pods --sort-by=.metadata.name | head")}},
	"write-probe":   {[]string{shell("# Can we write?\npsql -c \"SELECT 1\"")}, []string{shell("# Can we write?\npsql -c \"SELECT pg_is_in_recovery()\""), shell("# Does it answer?\npsql -c \"SELECT 1\""), shell("# Can we read and write?\npsql -c \"SELECT 1\"")}},
	"grep-printed": {
		[]string{"## A\n\n```bash\nkubectl get pods | grep cache\n```\n\nExpected output:\n\n```\nshop-1   Running\n```\n"},
		[]string{"## A\n\n```bash\nkubectl get pods | grep shop\n```\n\nExpected output:\n\n```\nshop-1   Running\n```\n", "## A\n\n```bash\nkubectl get pods | grep cache\n```\n\nExpected output:\n\n```\n...\n```\n", "## A\n\n```bash\nkubectl get pods | grep -v cache\n```\n\nExpected output:\n\n```\nshop-1   Running\n```\n"},
	},
	"hit-rate":    {[]string{shell("# Cache hit rate\nredis-cli INFO stats | grep keyspace_hits"), shell("# Cache hit rate\nkubectl exec r-0 -- redis-cli INFO stats | grep hit")}, []string{shell("# Cache hit rate\nredis-cli INFO stats | grep keyspace"), shell("# Hits\nredis-cli INFO stats | grep keyspace_hits"), shell("# Hit ratio\nredis-cli INFO stats | grep -E 'hits|misses'")}},
	"pool-status": {[]string{shell("# Pool status\ncurl http://h:1/ready | jq '.checks.database'\ncurl http://h:1/ready\n# Expected output:\n# {\n#  \"checks\": {\"database\": \"UP\"}\n# }")}, []string{shell("# Is the database up?\ncurl http://h:1/ready | jq '.checks.database'\ncurl http://h:1/ready\n# Expected output:\n# {\n#  \"checks\": {\"database\": \"UP\"}\n# }"), shell("# Pool status\ncurl http://h:1/ready | jq '.pool.used'")}},
	"read-only-action": {
		[]string{shell("# Flush the session cache\nredis-cli KEYS 's:*'"), shell("# Restart the workers\nkubectl get pods -l app=worker"), shell("# Immediate: Flush old keys\nredis-cli MEMORY PURGE")},
		[]string{shell("# Flush the session cache\nredis-cli UNLINK s:1"), shell("# Restart counts of the workers\nkubectl get pods -l app=worker"), shell("# Restart the workers\nkubectl get pods -l app=worker\nkubectl rollout restart deploy/worker"), shell("# Kill switch status\nkubectl get cm flags"), shell("# Clear the cache\nredis-cli --scan --pattern 'a*' | xargs -r redis-cli UNLINK")},
	},
	"secret": {
		[]string{"Key: AKIAQ7ZR4XJ2MNB5LK3T\n", "`postgres://shop:x9Kd72mQzv@db:5432/shop`\n", shell("export PGPASSWORD=x9Kd72mQzv"), "```\nghp_" + strings.Repeat("aB3dE6", 6) + "\n```\n"},
		[]string{"Key: AKIAIOSFODNN7EXAMPLE\n", "`postgres://shop:<password>@db:5432/shop`\n", "`postgres://user:password123@localhost/x`\n", shell("export PGPASSWORD=$(vault read x)"), shell("export PGPASSWORD=\"$PW\""), "`redis://:${REDIS_PASSWORD}@r:6379`\n"},
	},
	"reference":       {[]string{"See [the wiki][wiki].\n"}, []string{"See [the wiki][wiki].\n\n[wiki]: https://example.org\n", "`a[0][1]`\n", "```\n[a][b]\n```\n", "- [ ][x] open\n"}},
	"unnamed-default": {[]string{"- The breaker opens again after 30 seconds (default).\n"}, []string{"- The breaker opens again after 30 seconds (default), `BREAKER_RESET`.\n", "- By default it is off.\n", "- `timeout` has a default of 30 seconds.\n"}},
	"unnamed-switch":  {[]string{"- Enable the fallback.\n", "3. Fall back to cached data\n"}, []string{"- Enable the fallback with `FALLBACK=on`.\n", "- Enable the fallback:\n\n```bash\nkubectl set env deploy/a FALLBACK=on\n```\n", "- Enable the fallback.\n\n## Fallback\n\nSee there.\n", "- Enable the alarm.\n"}},
	"no-contact":      {[]string{"# S\n\n## Escalation\n\n- Lead engineer\n- Database team\n", "# S\n\n## Escalation Path\n\n1. On-call engineer: first responder\n2. Team lead\n", "# S\n\n## Escalation\n\nEscalate if:\n\n- it stays\n\n```\nESCALATION: pool\n- Connections: [X]/[Y]\n```\n"}, []string{"# S\n\n## Escalation\n\n- Lead engineer: #shop-oncall\n", "# S\n\n## Escalation\n\n| Who | Phone |\n|---|---|\n| Lead | 555-123-4567 |\n", "# S\n\n## Privilege escalation\n\n- None.\n", "# S\n\n## Escalation\n\n- Lead engineer\n\n## Contacts\n\n- Lead engineer: #shop-oncall\n", "# S\n\n## Escalation\n", "# S\n\n## Escalation\n\nEscalate to the administrator.\n\n## More\n\nOpen a support case.\n"}},
	"step-order": {
		[]string{shell("psql shop -f dump.sql\npg_dump old > dump.sql")},
		[]string{shell("pg_dump old > dump.sql\npsql shop -f dump.sql"), shell("psql shop -f dump.sql"), "## A\n\n```bash\ncat a.log\n```\n\n## B\n\n```bash\nls > a.log\n```\n", shell("psql -f /etc/schema.sql\nls > /etc/other.sql")},
	},
}

func TestEveryRuleFindsItsBadExamplesAndPassesItsGoodOnes(t *testing.T) {
	ruletest.Check(t, list, examples)
}

func TestTheEditionIsClean(t *testing.T) {
	for _, f := range lint.Run(lint.Input{Document: document.Parse(runbook.Edition())}, All()) {
		t.Errorf("%d: %s: %s", f.Line, f.Rule, f.Text)
	}
}

// TestAFindingHasAPlace finds the line that is wrong.
func TestAFindingHasAPlace(t *testing.T) {
	for text, line := range map[string]int{
		shell("ls\n\nkubectl get pods --namepsace x"):                   8,
		shell("ls\n\nkubectl get pods |\n  grep \"a|b\""):               9,
		"# A\n\nKey: AKIAQ7ZR4XJ2MNB5LK3T\n":                            3,
		sql("SELECT 1;\n\n-- x\nSELECT waiting FROM pg_stat_activity;"): 9,
	} {
		if got := find(text); len(got) != 1 || got[0].Line != line {
			t.Errorf("%s\n%+v, want line %d", text, got, line)
		}
	}
}

// TestTimeGrowsWithTheText doubles documents of awkward kinds.
func TestTimeGrowsWithTheText(t *testing.T) {
	for name, text := range map[string]string{
		"commands":  shell(strings.Repeat("kubectl get pods -n a | grep b\n", 3000)),
		"queries":   sql(strings.Repeat("SELECT pid FROM pg_stat_activity WHERE a = 1;\n", 3000)),
		"heredocs":  shell(strings.Repeat("cat <<EOF\n", 20000)),
		"brackets":  strings.Repeat("[a][b] ", 60000),
		"headings":  strings.Repeat("## Escalation\n\n- Lead\n\n", 5000),
		"switches":  strings.Repeat("- Enable the fallback.\n", 20000),
		"pipeline":  shell("cat a" + strings.Repeat(" | grep b", 1500)),
		"quotes":    shell(strings.Repeat("'\"", 20000)),
		"restarts":  sql(strings.Repeat("ALTER SYSTEM SET work_mem = '1';\n", 3000)),
		"nested":    shell(strings.Repeat("echo $(", 2000) + "x" + strings.Repeat(")", 2000)),
		"dumps":     shell(strings.Repeat("docker exec db pg_dump a -f /tmp/a.sql\n", 3000)),
		"scales":    "# Connection pool exhausted\n\n" + shell(strings.Repeat("kubectl scale deploy/a --replicas=0\nkubectl scale deploy/a --replicas=4\n", 3000)),
		"inserts":   sql(strings.Repeat("-- test write\nINSERT INTO t VALUES (1);\n", 3000)),
		"remedies":  strings.Repeat("## A down\n\n```bash\nkubectl rollout restart deploy/a\n```\n\n", 2000),
		"variables": shell(strings.Repeat("rm -rf $A/*\n", 5000)),
	} {
		d := document.Parse([]byte(text))
		begin := time.Now()
		lint.Run(lint.Input{Document: d}, All())
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%s: %d bytes took %s", name, len(text), took)
		} else {
			t.Logf("%s: %s", name, took)
		}
	}
}

func FuzzRules(f *testing.F) { ruletest.Fuzz(f, list, examples) }
