package advice

import (
	"maps"

	"github.com/runproof/runproof/scenarios/runbook/rule/ruletest"
)

func sql(text string) string { return "# S\n\n```sql\n" + text + "\n```\n" }

func init() {
	maps.Copy(examples, map[string]ruletest.Examples{
		"pool-limit": {
			[]string{"# Connection pool exhausted\n\n```bash\nkubectl scale deploy shop --replicas=6\n```\n", "# Connection pool exhausted\n\n- Increase the pool size to 40\n", "# Too many connections\n\n```bash\nkubectl patch configmap shop -p '{\"data\":{\"DB_POOL_MAX\":\"100\"}}'\n```\n"},
			[]string{"# Connection pool exhausted\n\nThe server takes `max_connections` = 200.\n\n```bash\nkubectl scale deploy shop --replicas=6\n```\n", "# High CPU\n\n```bash\nkubectl scale deploy shop --replicas=6\n```\n", "# Connection pool exhausted\n\n```bash\nkubectl scale deploy shop --replicas=1\n```\n", "# Redis connection pool exhausted\n\n- Increase the pool size to 40\n"},
		},
		"fixed-count": {
			[]string{shell("kubectl scale deployment <name> --replicas=0\nkubectl scale deployment <name> --replicas=3")},
			[]string{shell("kubectl scale deployment shop --replicas=0\nkubectl scale deployment shop --replicas=3"), shell("kubectl scale deployment <name> --replicas=0\nkubectl scale deployment <name> --replicas=<before>"), shell("kubectl scale deployment <name> --replicas=3"), shell("kubectl scale deployment $A --replicas=0\nkubectl scale deployment $A --replicas=3")},
		},
		"paused-by-hand": {
			[]string{"# S\n\n- Temporarily disable the nightly import\n", "# S\n\n1. **Or temporarily disable probes for debugging**\n", shell("# Stop the scheduler temporarily\nkubectl delete pod x")},
			[]string{"# S\n\n- Temporarily disable the nightly import\n- Once done, re-enable the import\n", "# S\n\n- Temporarily increase the limit\n", "# S\n\n- The service is temporarily unavailable\n", "# S\n\n- This temporarily disables the routing\n", shell("# Temporarily stop nginx to free the port\nsystemctl stop nginx\nrenew-all\nsystemctl start nginx")},
		},
		"no-number": {
			[]string{"# S\n\n**Trigger:** high CPU usage\n\nText.\n", "# S\n\n- Threshold: too many errors\n"},
			[]string{"# S\n\n**Trigger:** CPU usage above 80%\n\nText.\n", "# S\n\n**Trigger:** push to the main branch\n\nText.\n", "# S\n\n- Threshold: too many errors, `errors_total`\n", "# S\n\nHigh CPU usage is bad.\n"},
		},
		"remedy-in-diagnosis": {
			[]string{"# S\n\n## Investigation\n\n### Container crashed\n\n```bash\n# Restart container\ndocker-compose restart postgres\n```\n", "# S\n\n## Diagnosis\n\n```bash\nkubectl rollout restart deploy/shop\n```\n"},
			[]string{"# S\n\n## Resolution\n\n```bash\nkubectl rollout restart deploy/shop\n```\n", "# S\n\n## Investigation\n\n### Fix the container\n\n```bash\nkubectl rollout restart deploy/shop\n```\n", "# S\n\n## Diagnosis\n\n```bash\nkubectl rollout status deploy/shop\n```\n", "# S\n\n## Diagnosis\n\nIf it hangs, resolve by a restart:\n\n```bash\nkubectl rollout restart deploy/shop\n```\n"},
		},
		"personal-path": {
			[]string{shell("cd /home/maria/projects/shop && make up"), shell("cat /Users/jdoe/src/shop/.env")},
			[]string{shell("cd /home/ubuntu/shop && make up"), shell("ls /home/git/repositories"), shell("cd /srv/shop"), shell("dokku apps\ntar -czf a.tar.gz /home/dokku/shop"), "# S\n\nIt was in /home/maria/projects.\n"},
		},
		"test-left": {
			[]string{shell("# Test database write\npsql shop -c \"INSERT INTO sessions VALUES ('test')\"")},
			[]string{shell("# Test database write\npsql shop -c \"BEGIN; INSERT INTO sessions VALUES ('test'); ROLLBACK;\""), shell("# Test database write\npsql shop -c \"INSERT INTO sessions VALUES ('test')\"\npsql shop -c \"DELETE FROM sessions WHERE id = 'test'\""), shell("# Grant access\npsql shop -c \"INSERT INTO roles VALUES ('a')\"")},
		},
		"near-names": {
			[]string{shell("kubectl get pods -n prod\nkubectl logs a -n production"), shell("kubectl get deploy/shop -n a\nkubectl scale deployment shop-service --replicas=3 -n a")},
			[]string{shell("kubectl get pods -n shop\nkubectl logs a -n monitoring"), shell("kubectl get deploy/shop -n a\nkubectl scale deployment shop-worker --replicas=3 -n a"), shell("kubectl get pods -n shop-prod\nkubectl get pods -n shop-prod-eu")},
		},
		"down-and-up": {
			[]string{shell("kubectl scale deploy/shop --replicas=0\nsleep 10\nkubectl scale deploy/shop --replicas=2")},
			[]string{shell("kubectl scale deploy/shop --replicas=0\nkubectl exec db-0 -- restore-all\nkubectl scale deploy/shop --replicas=2"), shell("kubectl scale deploy/shop --replicas=3"), shell("# Outage: the service is down meanwhile\nkubectl scale deploy/shop --replicas=0\nkubectl scale deploy/shop --replicas=2")},
		},
		"config-not-read": {
			[]string{shell("kubectl edit configmap shop -n a"), shell("kubectl patch cm/shop -p '{\"data\":{\"A\":\"1\"}}'")},
			[]string{shell("kubectl edit configmap shop -n a\nkubectl rollout restart deploy/shop"), shell("kubectl get configmap shop"), shell("kubectl edit deployment shop"), shell("# Hot-reloaded\nkubectl edit configmap shop")},
		},
		"migration-unsaved": {
			[]string{shell("docker compose run --rm web python manage.py migrate --noinput")},
			[]string{shell("pg_dump shop > shop.sql\npython manage.py migrate"), "# Local set-up\n\n## Getting started\n\n```bash\npython manage.py migrate\n```\n", shell("python manage.py showmigrations")},
		},
		"script-twice": {
			[]string{shell("./scripts/backup.sh\n./examples/tools/backup.sh")},
			[]string{shell("./scripts/backup.sh\nscripts/backup.sh --full"), shell("./a/run.sh\n./b/run.sh"), shell("./scripts/backup.sh\n/opt/shop/scripts/backup.sh"), shell("./scripts/db/backup.sh\n/root/tools/backup.sh"), shell("curl -O https://h/a/backup.sh\n./scripts/backup.sh")},
		},
		"port-twice": {
			[]string{shell("curl http://lb/health\ncurl http://lb:3000/health")},
			[]string{shell("curl http://lb:3000/health\ncurl http://lb:3000/health"), shell("curl http://localhost:1/health\ncurl http://localhost:2/health"), shell("curl http://a:1/health\ncurl http://b:2/health")},
		},
		"overlap": {
			[]string{"# S\n\n- Disk usage < 90%\n\n## Alerts\n\n- Disk usage >85%\n"},
			[]string{"# S\n\n- Disk usage < 85%\n\n## Alerts\n\n- Disk usage >90%\n", "# S\n\n- Disk usage < 90%\n\n## Alerts\n\n- Memory usage >85%\n", "# S\n\n- Disk usage > 80%\n- Disk usage > 90%\n"},
		},
		"not-restored": {
			[]string{sql("ALTER TABLE t DISABLE ROW LEVEL SECURITY;"), shell("kubectl cordon node-1"), shell("kubectl scale deploy/a --replicas=0"), shell("# Scale down to reduce the load on the database\nkubectl scale deploy/a --replicas=1"),
				shell("kubectl set env deploy/a RUST_LOG=sqlx=trace"), shell("mongosh --eval 'db.setProfilingLevel(2)'"), sql("ALTER SYSTEM SET log_min_duration_statement = 0;"), sql("SELECT pg_wal_replay_pause();"), sql("ALTER DATABASE shop ALLOW_CONNECTIONS false;"), shell("aws autoscaling suspend-processes --auto-scaling-group-name a"), shell("setenforce 0"), shell("rabbitmqctl stop_app"), shell("ceph osd set noout"), shell("iptables -A INPUT -s 10.0.0.1 -j DROP"), sql("ALTER ROLE shop NOLOGIN;"), shell("aws events disable-rule --name a"), shell("kubectl patch cronjob a -p '{\"spec\":{\"suspend\":true}}'"), shell("argocd app set shop --sync-policy none")},
			[]string{sql("ALTER TABLE t DISABLE ROW LEVEL SECURITY;\nALTER TABLE t ENABLE ROW LEVEL SECURITY;"), shell("kubectl cordon node-1\nkubectl uncordon node-1"), shell("kubectl scale deploy/a --replicas=0\nkubectl scale deploy/a --replicas=3"), shell("kubectl drain n\n# then delete the node"),
				shell("kubectl set env deploy/a RUST_LOG=sqlx=trace\nkubectl set env deploy/a RUST_LOG-"), shell("mongosh --eval 'db.setProfilingLevel(2)'\nmongosh --eval 'db.setProfilingLevel(0)'"), sql("ALTER SYSTEM SET log_min_duration_statement = 0;\nALTER SYSTEM RESET log_min_duration_statement;"), sql("SELECT pg_wal_replay_pause();\nSELECT pg_wal_replay_resume();"), shell("rabbitmqctl stop_app\nrabbitmqctl start_app"), shell("iptables -A INPUT -s 10.0.0.1 -j DROP\niptables -D INPUT -s 10.0.0.1 -j DROP"), shell("iptables -A INPUT -s 10.0.0.1 -j ACCEPT"), sql("ALTER ROLE shop LOGIN;"), shell("kubectl set env deploy/a LOG_LEVEL=info")},
		},
		"restore-undocumented": {
			[]string{"# S\n\n1. **Data corruption**: Restore from latest backup\n", "# S\n\n```bash\npg_dump shop > shop.sql\n```\n\n- Restore the database\n"},
			[]string{"# S\n\n1. Restore from latest backup\n\n```bash\npg_restore -d shop shop.dump\n```\n", "# S\n\n1. Restore from the backup, see [how](restore.md)\n", "# S\n\n- [ ] Restore from backup tested\n", "# S\n\n## Prevention\n\n- Restore from backup once a month\n", "# S\n\nRestore comes later.\n"},
		},
		"output-of-another": {
			[]string{"# S\n\n```bash\nkubectl exec shop-postgres-0 -- patronictl list\n```\n\n```text\n| bill-postgres-0 | Leader |\n| bill-postgres-1 |        |\n```\n"},
			[]string{"# S\n\n```bash\nkubectl exec shop-postgres-0 -- patronictl list\n```\n\n```text\n| shop-postgres-0 | Leader |\n| shop-postgres-1 |        |\n```\n", "# S\n\n```bash\nkubectl exec shop-postgres-0 -- ls\n```\n\n```bash\nkubectl get pod bill-postgres-0 bill-postgres-1\n```\n", "# S\n\n```bash\nkubectl exec client-0 -- patronictl list\n```\n\n```text\n| bill-postgres-0 | Leader |\n| bill-postgres-1 |        |\n```\n"},
		},
		"evicts-needed": {
			[]string{"# S\n\n- Distributed locks fail\n\n```bash\nredis-cli CONFIG SET maxmemory-policy allkeys-lru\n```\n", "# S\n\nUser sessions are stored there.\n\n```yaml\nservices:\n  redis:\n    command: redis-server --maxmemory-policy allkeys-lru\n```\n"},
			[]string{"# S\n\n- Distributed locks fail\n\n```bash\nredis-cli CONFIG SET maxmemory-policy volatile-lru\n```\n", "# S\n\n```bash\nredis-cli CONFIG SET maxmemory-policy allkeys-lru\n```\n", "# S\n\n- Queries wait for locks in Postgres\n\n```bash\nredis-cli CONFIG SET maxmemory-policy allkeys-lru\n```\n"},
		},
	})
}
