package misuse

import (
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/rule/ruletest"
)

func shell(commands string) string { return ruletest.Shell(commands) }

// examples have for each rule what it must find, what differs as little as
// possible and is right, and traps.
var examples = map[string]ruletest.Examples{
	"curl-body": {
		[]string{shell(`curl -X POST http://h/orders -d '{"a": 1}'`), shell(`curl http://h/orders --data "{\"a\": 1}"`), shell(`curl -H "Authorization: Bearer $T" http://h/x -d '[{"a": 1}]'`)},
		[]string{shell(`curl http://h/orders -H 'content-type: application/json' -d '{"a": 1}'`), shell(`curl --json '{"a": 1}' http://h`), shell(`curl http://h -d 'a=1'`), shell(`curl http://h -d @body.json`), shell(`curl -H "$TYPE" http://h -d '{"a": 1}'`), shell(`curl https://hooks.slack.com/services/x -d '{"text": "down"}'`), shell(`curl -HContent-Type:application/json http://h -d '{"a": 1}'`)},
	},
	"json-argument": {
		[]string{shell(`kubectl patch deploy a -p '{"spec": {"replicas": 3}'`), shell(`curl --json '{"a": 1,}' http://h`)},
		[]string{shell(`kubectl patch deploy a -p '{"spec": {"replicas": 3}}'`), shell(`curl --json '{"a": <id>}' http://h`), shell(`kubectl patch deploy a -p '{"spec": ...}'`), shell(`curl --json '{"a": "'$ID'"}' http://h`), shell("kubectl patch deploy a -p 'spec:\n  replicas: 3'")},
	},
	"standard-error": {
		[]string{shell("docker logs shop | grep ERROR"), shell("curl -v http://h | grep '< HTTP'"), shell("nginx -V | grep ssl"), shell("docker logs --since 1h shop 2>/dev/null | grep ERROR")},
		[]string{shell("docker logs shop 2>&1 | grep ERROR"), shell("docker logs shop |& grep ERROR"), shell("kubectl logs shop | grep ERROR"), shell("curl -sv http://h 2>&1 | grep HTTP"), shell("docker logs shop | less"), shell("docker ps | grep shop"), shell("docker compose logs shop | grep ERROR")},
	},
	"open-log-removed": {[]string{shell("rm -f /var/log/shop/app.log"), shell("sudo rm -rf /var/log/nginx/*")}, []string{shell("rm /var/log/shop/app.log.1"), shell("rm /var/log/shop/*.gz"), shell("truncate -s 0 /var/log/shop/app.log"), shell("rm -f /var/log/shop/app.log\nsystemctl restart shop"), shell("rm /tmp/app.log")}},
	"drop-caches":      {[]string{shell("echo 3 > /proc/sys/vm/drop_caches"), shell("echo 3 | sudo tee /proc/sys/vm/drop_caches"), shell("sysctl -w vm.drop_caches=3")}, []string{shell("cat /proc/sys/vm/drop_caches"), shell("sysctl -w vm.swappiness=1")}},
	"top-order":        {[]string{shell("kubectl top nodes --sort-by=disk")}, []string{shell("kubectl top pods --sort-by=memory"), shell("kubectl top pods --sort-by $BY"), shell("kubectl get pods --sort-by=.metadata.name")}},
	"input-lost":       {[]string{shell("kubectl exec db-0 -- psql shop <<EOF\nSELECT 1;\nEOF"), shell("cat a.sql | docker exec db psql shop"), shell("kubectl exec db-0 -- psql shop < a.sql")}, []string{shell("kubectl exec -i db-0 -- psql shop < a.sql"), shell("cat a.sql | docker exec -i db psql shop"), shell("kubectl exec db-0 -- psql -c 'SELECT 1' | cat"), shell("cat pods | while read p; do kubectl exec $p -- ls; done"), shell("kubectl get pods -o name | xargs -I{} kubectl exec {} -- ls")}},
	"held-back":        {[]string{shell("sudo tail -f a.log | sort -n"), shell("tail -f a.log | grep -c ERROR"), shell("kubectl logs -f deploy/a | wc -l")}, []string{shell("tail -f a.log | grep ERROR"), shell("tail -n 100 a.log | sort"), shell("tail -f a.log | head -5 | sort"), shell("timeout 5 tail -f a.log | sort"), shell("tail -f a.log | awk '{print $1}'")}},
	"tested-too-late":  {[]string{shell("sudo systemctl restart nginx\nsudo nginx -t")}, []string{shell("sudo nginx -t\nsudo systemctl restart nginx"), shell("nginx -t\nsystemctl reload nginx.service\nnginx -t"), shell("systemctl restart shop\nnginx -t")}},
	"human-sort":       {[]string{shell("du -sh /var/* | sort -n"), shell("du -ah /var | sort -rn | head")}, []string{shell("du -sh /var/* | sort -h"), shell("du -s /var/* | sort -n"), shell("du -h /var | sort -rh | head"), shell("df -h | sort -n")}},
	"grep-itself":      {[]string{shell("ps aux | grep worker | wc -l"), shell("ps -ef | grep -c worker"), shell("ps aux | grep worker && echo up"), shell("ps aux | grep worker | awk '{print $2}' | xargs -r kill")}, []string{shell("ps aux | grep worker"), shell("ps aux | grep '[w]orker' | wc -l"), shell("ps aux | grep worker | grep -v grep | wc -l"), shell("pgrep -fc worker"), shell("docker ps | grep -c worker")}},
	"watch-piped":      {[]string{shell("watch kubectl get pods | grep shop")}, []string{shell("watch 'kubectl get pods | grep shop'"), shell("watch -n 5 kubectl get pods"), shell("kubectl get pods --watch | grep shop")}},
	"encoded-newline": {
		[]string{shell(`echo "s3cret" | base64`), shell("echo $PASSWORD | base64 -w0")},
		[]string{shell(`echo -n "s3cret" | base64`), shell("printf %s $PASSWORD | base64"), shell("echo c2VjcmV0 | base64 -d"), shell("echo $TOKEN | base64 --decode")},
	},
	"world-writable": {[]string{shell("chmod 777 /data"), shell("sudo chmod -R 0777 /var/lib/shop"), shell("chmod a+rw /data")}, []string{shell("chmod 755 /data"), shell("chmod 700 /data"), shell("chmod u+w /data"), shell("chmod 1770 /tmp/x")}},
	"expanded-here": {
		[]string{shell("kubectl exec db-0 -- rm /var/lib/shop/tmp/*.tmp"), shell("docker exec db ls /backup/*.gz"), shell("kubectl exec db-0 -- cd /app && ls")},
		[]string{shell("kubectl exec db-0 -- sh -c 'rm /var/lib/shop/tmp/*.tmp'"), shell("kubectl exec db-0 -- find /var -name '*.tmp'"), shell("ls /backup/*.gz"), shell("ssh db ls /backup/*.gz"), shell("kubectl exec db-0 -- ls '/backup/*.gz'"), shell("kubectl exec db-0 -- psql -c 'SELECT * FROM t'")},
	},
	"unnamed-workload": {[]string{shell("kubectl rollout restart deployment -n shop"), shell("kubectl -n shop rollout restart sts")}, []string{shell("kubectl rollout restart deployment shop"), shell("kubectl rollout restart deployment/shop -n shop"), shell("kubectl rollout restart deployment -l app=shop"), shell("kubectl rollout status deployment")}},
	"drain-refused":    {[]string{shell("kubectl drain node-1"), shell("oc adm drain node-1 --force")}, []string{shell("kubectl drain node-1 --ignore-daemonsets"), shell("kubectl uncordon node-1"), "Use `kubectl drain` for that.\n"}},
	"header-counted":   {[]string{shell("kubectl get pods -n shop | wc -l"), shell("docker ps | wc -l")}, []string{shell("kubectl get pods --no-headers | wc -l"), shell("kubectl get pods -o name | wc -l"), shell("kubectl get pods | grep shop | wc -l"), shell("docker ps -q | wc -l"), shell("kubectl logs shop | wc -l")}},
	"events-unsorted":  {[]string{shell("kubectl get events -n shop | tail -20")}, []string{shell("kubectl get events -n shop --sort-by=.lastTimestamp | tail -20"), shell("kubectl get events -n shop"), shell("kubectl get pods | tail"), shell("kubectl events -n shop | tail")}},
	"log-of-one-pod":   {[]string{shell("kubectl logs deploy/shop --since=1h | grep ERROR"), shell("kubectl -n shop logs deployment/shop | grep -c ERROR")}, []string{shell("kubectl logs shop-0 | grep ERROR"), shell("kubectl logs deploy/shop --all-pods | grep ERROR"), shell("kubectl logs deploy/shop --tail=50"), shell("kubectl logs -l app=shop --tail=-1 | grep ERROR"), shell("kubectl logs job/import | grep ERROR")}},
	"left-behind":      {[]string{shell("kubectl run probe -it --image=busybox -- sh"), shell("kubectl debug node/node-1 -it --image=busybox")}, []string{shell("kubectl run probe -it --rm --image=busybox -- sh"), shell("kubectl run probe -it --image=busybox -- sh\nkubectl delete pod probe"), shell("kubectl run probe --image=busybox"), shell("kubectl debug node/node-1 -it --image=busybox\nkubectl delete pod node-debugger-node-1-abcde"), shell("kubectl debug pod-1 -it --image=busybox"), shell("kubectl exec -it probe -- sh")}},
	"autoscaled": {
		[]string{shell("kubectl get hpa shop\nkubectl scale deploy/shop --replicas=5"), shell("kubectl describe hpa shop-hpa\nkubectl scale deployment shop --replicas=5")},
		[]string{shell("kubectl get hpa shop\nkubectl scale deploy/other --replicas=5"), shell("kubectl scale deploy/shop --replicas=5"), shell("kubectl get hpa shop\nkubectl scale deploy/shop --replicas=0"), shell("kubectl patch hpa shop -p '{\"spec\": {\"minReplicas\": 5}}'\nkubectl scale deploy/shop --replicas=5"), shell("kubectl get hpa\nkubectl scale deploy/shop --replicas=5")},
	},
	"aws-usage": {
		[]string{
			shell("aws secretsmanager put-secret-value --secret-id shop/db"), shell("aws rds modify-db-instance --db-instance-identifier shop --db-instance-class db.r6g.large"),
			shell("aws logs filter-log-events --log-group-name shop --start-time $(date -d '1 hour ago' +%s)"), shell("aws --region eu-west-1 ecs update-service --cluster a --service b"),
			shell("aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name CPUUtilization --period 60"), shell("aws lambda update-function-configuration --function-name f --environment 'Variables={LEVEL=debug}'"),
		},
		[]string{
			shell("aws secretsmanager put-secret-value --secret-id shop/db --secret-string file://db.json"), shell("aws rds modify-db-instance --db-instance-identifier shop --db-instance-class db.r6g.large --apply-immediately"),
			shell("aws rds modify-db-instance --db-instance-identifier shop --deletion-protection"), shell("aws logs filter-log-events --log-group-name shop --start-time $(date -d '1 hour ago' +%s)000"), shell("aws logs filter-log-events --log-group-name shop --start-time $(date -d '1 hour ago' +%s%3N)"),
			shell("aws ecs update-service --cluster a --service b --force-new-deployment"), shell("aws secretsmanager put-secret-value ..."), shell("aws s3 ls"), "Use `aws ecs update-service`.\n",
		},
	},
	"kafka-usage": {
		[]string{shell("kafka-topics.sh --zookeeper zk:2181 --list"), shell("kafka-consumer-groups --bootstrap-server k:9092 --group g --topic t --reset-offsets --to-latest"), shell("bin/kafka-consumer-groups.sh --bootstrap-server k:9092 --group g --reset-offsets --to-latest --execute"), shell("kafka-topics --alter --topic events --partitions 12")},
		[]string{shell("kafka-topics.sh --bootstrap-server k:9092 --list"), shell("kafka-consumer-groups --bootstrap-server k:9092 --group g --topic t --reset-offsets --to-latest --execute"), shell("kafka-consumer-groups --bootstrap-server k:9092 --group g --all-topics --reset-offsets --to-latest --dry-run"), shell("kafka-consumer-groups --bootstrap-server k:9092 --describe --group g"), shell("zookeeper-shell zk:2181 ls /"), shell("kafka-topics ..."), shell("kafka-topics --help")},
	},
	"nginx-untested":         {[]string{shell("sudo systemctl restart nginx"), shell("docker exec web nginx -s reload")}, []string{shell("sudo nginx -t\nsudo systemctl restart nginx"), shell("systemctl restart shop"), shell("systemctl status nginx"), shell("nginx -t && nginx -s reload")}},
	"certificate-not-loaded": {[]string{shell("sudo certbot renew")}, []string{shell("sudo certbot renew\nsudo systemctl reload nginx"), shell("certbot renew --deploy-hook 'nginx -s reload'"), shell("certbot renew --dry-run"), shell("certbot certificates")}},
	"dump-locks":             {[]string{shell("mysqldump -u root shop > shop.sql")}, []string{shell("mysqldump --single-transaction -u root shop > shop.sql"), shell("mysqldump --no-data shop > schema.sql"), shell("pg_dump shop > shop.sql")}},
	"restore-errors":         {[]string{shell("psql shop < backup.sql"), shell("gunzip -c backup.sql.gz | psql shop"), shell("gunzip < $BACKUP | docker exec -i db psql shop"), shell("psql -d shop -f /backups/latest.sql")}, []string{shell("psql -v ON_ERROR_STOP=1 shop < backup.sql"), shell("gunzip -c backup.sql.gz | psql -1 shop"), shell("psql shop -f report.sql"), shell("echo 'SELECT 1' | psql shop"), shell("pg_restore -d shop backup.dump")}},
	"info-section":           {[]string{shell("redis-cli INFO stats | grep connected_clients"), shell("kubectl exec r-0 -- redis-cli info memory | grep -E 'used_memory_human|evicted_keys'")}, []string{shell("redis-cli INFO clients | grep connected_clients"), shell("redis-cli INFO | grep connected_clients"), shell("redis-cli INFO all | grep evicted_keys"), shell("redis-cli INFO stats | grep used_time_of_something")}},
	"scan-once":              {[]string{shell("redis-cli SCAN 0 MATCH 'a:*' COUNT 100")}, []string{shell("redis-cli --scan --pattern 'a:*'"), shell("redis-cli SCAN $CURSOR MATCH 'a:*'"), shell("redis-cli GET 0")}},
	"redis-configuration": {
		[]string{"# S\n\n```conf\nmaxmemory 2gb\nsave 900 1  # after a change\n```\n", "# S\n\n```\nmaxmemory 2gb\nmaxmemory-policy allkeys-lru\nrequirepass ${REDIS_PASSWORD}\n```\n"},
		[]string{"# S\n\n```conf\nmaxmemory 2gb\n# after a change\nsave 900 1\n```\n", "# S\n\n```conf\nkey value # of another program\nother ${VALUE}\n```\n", "# S\n\n```ini\ntimeout = 3 # seconds\nport = ${PORT}\n```\n"},
	},
}

func TestEveryRuleFindsItsBadExamplesAndPassesItsGoodOnes(t *testing.T) {
	ruletest.Check(t, Rules(), examples)
}

func FuzzMisuse(f *testing.F) { ruletest.Fuzz(f, Rules(), examples) }
