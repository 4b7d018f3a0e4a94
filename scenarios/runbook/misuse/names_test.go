package misuse

import (
	"maps"

	"github.com/runproof/runproof/scenarios/runbook/rule/ruletest"
)

func init() {
	maps.Copy(examples, map[string]ruletest.Examples{
		"nothing-asked": {
			[]string{shell("kubectl logs shop-0 --tail=0 | wc -l"), shell("tail -n 0 app.log"), shell("docker logs --tail 0 shop")},
			[]string{shell("kubectl logs shop-0 --tail=100"), shell("kubectl logs -f shop-0 --tail=0"), shell("tail -n 0 -f app.log"), shell("head -n -5 a.txt"), shell("kubectl get pods")},
		},
		"namespace-lost": {
			[]string{shell("kubectl get pods --all-namespaces --field-selector=status.phase=Succeeded -o name | xargs -r kubectl delete"), shell("kubectl get pods -A | awk '{print $1}' | xargs -r kubectl delete pod")},
			[]string{shell("kubectl get pods -n shop -o name | xargs -r kubectl delete -n shop"), shell("kubectl get nodes -A -o name | xargs -r kubectl describe"), shell("kubectl get pods -A | awk '{print $1, $2}' | xargs -r -n2 sh -c 'kubectl delete pod -n $0 $1'"), shell("kubectl get pods -A -o name | wc -l"), shell("kubectl get pods -o name | xargs -r kubectl delete")},
		},
		"rows-as-names": {
			[]string{shell("kubectl get pods | grep Evicted | xargs -r kubectl delete pod"), shell("docker ps -a | grep Exited | xargs -r docker rm"), shell("ps aux | grep worker | xargs -r kill"), shell("kubectl get pods -A --sort-by=.status.startTime | head -n -5 | xargs -r kubectl delete")},
			[]string{shell("kubectl get pods -o name | xargs -r kubectl delete"), shell("kubectl get pods | awk '{print $1}' | xargs -r kubectl delete pod"), shell("docker ps -aq | xargs -r docker rm"), shell("ps aux | grep worker | awk '{print $2}' | xargs -r kill"), shell("kubectl get pods | xargs -I{} echo {}"), shell("kubectl get pods -o jsonpath='{..name}' | xargs -r kubectl delete pod"), shell("kubectl get pods | grep -o 'shop-[a-z0-9-]*' | xargs -r kubectl delete pod")},
		},
		"literal-condition": {
			[]string{shell("while [ -z '$(kubectl get pvc a)' ]; do sleep 2; done"), shell("if [ '$STATUS' = 'ok' ]; then echo up; fi")},
			[]string{shell("while [ -z \"$(kubectl get pvc a)\" ]; do sleep 2; done"), shell("if [ \"$STATUS\" = 'ok' ]; then echo up; fi"), shell("echo '$STATUS'"), shell("[ \"$(cat f)\" = '5 $' ] && echo y")},
		},
		"exit-pasted": {
			[]string{shell("grow() {\n  if [ $# -ne 2 ]; then echo usage; exit 2; fi\n  echo grown\n}"), shell("if ! pg_isready; then echo down; exit 1; fi")},
			[]string{shell("#!/bin/bash\nif ! pg_isready; then exit 1; fi"), shell("grow() {\n  if [ $# -ne 2 ]; then return 2; fi\n}"), shell("exit"), shell("(\nif ! pg_isready; then exit 1; fi\n)"), "# S\n\n## Health script\n\n```bash\nif ! pg_isready; then exit 1; fi\n```\n", shell("echo exit 1")},
		},
		"partition-not-grown": {[]string{shell("aws ec2 modify-volume --volume-id vol-1 --size 100\nsudo resize2fs /dev/xvda1")}, []string{shell("sudo growpart /dev/xvda 1\nsudo resize2fs /dev/xvda1"), shell("sudo resize2fs /dev/xvdf"), shell("sudo resize2fs /dev/mapper/vg-data")}},
		"windows-path":        {[]string{shell(`.\scripts\setup.ps1`)}, []string{"# S\n\n## A\n\n```powershell\n.\\scripts\\setup.ps1\n```\n", shell("./scripts/setup.sh"), shell(`pwsh -File setup.ps1`)}},
		"find-pattern":        {[]string{shell("find /data -name *.tmp -delete"), shell("find /data -name pg_internal.init.* -size 0")}, []string{shell("find /data -name '*.tmp' -delete"), shell(`find /data -name \*.tmp -delete`), shell("find /data -name core"), shell("ls *.tmp")}},
		"repair-running": {
			[]string{shell("docker exec redis redis-check-aof --fix /data/appendonly.aof"), shell("pg_resetwal -f /var/lib/postgresql/data")},
			[]string{shell("docker stop redis\nredis-check-aof --fix /data/appendonly.aof"), shell("# With Postgres stopped\npg_resetwal -f /var/lib/postgresql/data"), shell("docker exec redis redis-check-aof /data/appendonly.aof"), "# S\n\n## A\n\n1. Stop Redis.\n2. Repair it:\n\n```bash\nredis-check-aof --fix /data/appendonly.aof\n```\n"},
		},
		"unapplied-variable": {
			[]string{shell("# Increase heap size\nexport JAVA_OPTS=\"-Xmx4g\""), "# S\n\n## Tuning\n\nRaise the pool:\n\n```bash\nexport DB_POOL_SIZE=50\n```\n"},
			[]string{shell("# Increase heap size\nexport JAVA_OPTS=\"-Xmx4g\"\n./gradlew bootRun"), "# S\n\n## A\n\n```bash\n# Set the size\nexport BATCH_SIZE=50\n```\n\n```bash\nimport-all --size $BATCH_SIZE\n```\n", shell("# Set the cluster\nexport KUBECONFIG=~/.kube/prod"), "# S\n\n## Tuning\n\nRaise the pool, then restart the service from the same shell:\n\n```bash\nexport DB_POOL_SIZE=50\n```\n"},
		},
		"kept-inside": {
			[]string{shell("docker exec db pg_dump shop -f /tmp/shop.sql"), shell("docker-compose exec mongodb mongodump --out=/backup/1")},
			[]string{shell("docker exec db pg_dump shop > shop.sql"), shell("docker exec db pg_dump shop -f /tmp/shop.sql\ndocker cp db:/tmp/shop.sql ."), shell("pg_dump shop -f shop.sql"), "# S\n\n`/backup` is a mounted volume.\n\n```bash\ndocker exec db pg_dump shop -f /backup/shop.sql\n```\n"},
		},
		"matches-all":  {[]string{shell("ps aux | grep Z"), shell("ps -eo pid,stat,cmd | grep D")}, []string{shell("ps aux | awk '$8 ~ /^Z/'"), shell("ps aux | grep -w Z"), shell("ps aux | grep defunct"), shell("cat a | grep Z")}},
		"endless-kept": {[]string{shell("kafka-console-consumer --bootstrap-server k:9092 --topic orders --from-beginning > backup.json")}, []string{shell("kafka-console-consumer --bootstrap-server k:9092 --topic orders --from-beginning --timeout-ms 10000 > backup.json"), shell("timeout 60 kafka-console-consumer --bootstrap-server k:9092 --topic orders > backup.json"), shell("kafka-console-consumer --bootstrap-server k:9092 --topic orders")}},
		"all-members":  {[]string{shell("kubectl delete pod db-0 db-1 db-2 -n shop"), shell("P=shop\nkubectl delete pod \"${P}-0\" \"${P}-1\" \"${P}-2\"")}, []string{shell("kubectl delete pod db-1"), shell("kubectl delete pod db-0 db-1"), shell("kubectl delete pod a-0 b-1 c-2"), shell("# Warning: the service is down meanwhile\nkubectl delete pod db-0 db-1 db-2")}},
		"stopped-left": {
			[]string{shell("sudo systemctl stop shop"), shell("docker stop shop"), shell("docker compose stop redis\nredis-cli ping")},
			[]string{shell("sudo systemctl stop shop\nsudo systemctl start shop.service"), shell("docker stop shop\ndocker rm shop"), shell("docker compose stop redis\ndocker compose up -d"), shell("systemctl status shop"), "# Decommission a node\n\n```bash\nsystemctl stop shop\n```\n", shell("systemctl stop $UNIT")},
		},
		"shell-limit": {
			[]string{"# S\n\n## Too many open files\n\n```bash\nulimit -n\n```\n", "# S\n\n## File descriptors\n\n```bash\nlsof | wc -l\n```\n", "# S\n\n## Too many open files\n\n* ulimit -n\n* cat /proc/sys/fs/file-max\n* lsof | wc -l\n* df -h\n"},
			[]string{"# S\n\n## Too many open files\n\n```bash\n# Limit of this shell\nulimit -n\n```\n", "# S\n\n## Too many open files\n\n```bash\nulimit -n 65536\n```\n", "# S\n\n## Disks\n\n```bash\nulimit -n\n```\n", "# S\n\n## File descriptors\n\n```bash\nlsof -p 1 | wc -l\n```\n"},
		},
		"redirect-to-many": {
			[]string{shell("sudo sh -c 'echo \"\" > /var/lib/docker/containers/*/*-json.log'"), shell("cat /dev/null > /var/log/*.log")},
			[]string{shell("echo > /var/log/app.log"), shell("truncate -s 0 /var/log/*.log"), shell("echo 'a > b/*'"), shell("cat /var/log/*.log > all.log")},
		},
		"used-at-once": {
			[]string{shell("docker-compose up -d postgres\n./scripts/restore.sh a.tar.gz"), shell("docker start shop-db\ndocker exec shop-db psql -f /a.sql")},
			[]string{shell("docker compose up -d --wait postgres\n./scripts/restore.sh a.tar.gz"), shell("docker-compose up -d postgres\nsleep 10\n./scripts/restore.sh a.tar.gz"), shell("docker-compose up -d web\ncurl http://h/health"), shell("docker-compose up -d postgres\ndocker-compose ps"), shell("systemctl start postgresql\npsql -f a.sql")},
		},
		"not-built": {
			[]string{shell("docker compose build\ngit checkout $STABLE\ndocker compose up -d"), shell("git pull\ndocker compose up -d\ndocker compose up -d --build web")},
			[]string{shell("git checkout $STABLE\ndocker compose up -d --build"), shell("docker compose build\ngit checkout $STABLE\ndocker compose build\ndocker compose up -d"), shell("git checkout $STABLE\ndocker compose up -d"), shell("docker compose build\ndocker compose up -d")},
		},
		"detached-pull": {
			[]string{shell("git pull\nmake deploy\ngit checkout <commit_or_tag>")},
			[]string{shell("git checkout main\ngit pull\nmake deploy\ngit checkout <commit_or_tag>"), shell("git pull origin main\ngit checkout <tag>"), shell("git pull\ngit checkout -b fix"), shell("git checkout v1.2.3")},
		},
		"compose-files": {
			[]string{shell("docker compose -f a.yml -f prod.yml up -d\ndocker compose up -d web")},
			[]string{shell("docker compose -f a.yml -f prod.yml up -d\ndocker compose -f a.yml -f prod.yml up -d web"), shell("docker compose -f a.yml -f b.yml up -d\ndocker compose ps"), shell("docker compose -f dr.yml up -d\ndocker compose up -d"), shell("export COMPOSE_FILE=a.yml\ndocker compose -f a.yml up -d\ndocker compose up -d"), shell("docker compose up -d")},
		},
		"resumed-only": {
			[]string{shell("kubectl set image deploy/a a=a:2\nkubectl rollout resume deploy/a")},
			[]string{shell("kubectl rollout pause deploy/a\nkubectl rollout resume deploy/a"), shell("kubectl rollout status deploy/a")},
		},
		"analyze-runs": {[]string{shell("psql -c \"EXPLAIN ANALYZE [your query]\""), "# S\n\n```sql\nEXPLAIN (ANALYZE, BUFFERS) UPDATE t SET a = 1;\n```\n"}, []string{"# S\n\n```sql\nEXPLAIN SELECT 1;\n```\n", "# S\n\n```sql\nBEGIN;\nEXPLAIN ANALYZE UPDATE t SET a = 1;\nROLLBACK;\n```\n", "# S\n\n```sql\nEXPLAIN ANALYZE SELECT * FROM orders WHERE id = 1;\n```\n"}},
	})
}
