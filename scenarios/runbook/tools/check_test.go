package tools

import (
	"strings"
	"testing"
)

// words reads a command without quotes; what begins with $ is not known.
func words(command string) (string, []Word) {
	var list []Word
	fields := strings.Fields(command)
	for _, f := range fields[1:] {
		list = append(list, Word{Text: strings.ReplaceAll(f, "_", " "), Open: strings.Contains(f, "$")})
	}
	return fields[0], list
}

func TestCheck(t *testing.T) {
	for command, want := range map[string]string{
		// Mistakes.
		"kubectl get pods --namepsace x":       "no option --namepsace",
		"kubectl rollout restrat deployment/a": `kubectl rollout has no command "restrat"`,
		"kubectl rolout undo deployment/a":     `kubectl has no command "rolout"`,
		"kubectl drain n --delete-local-data":  "renamed to --delete-emptydir-data",
		"kubectl logs a --tail":                "--tail lacks its value",
		"kubectl logs a --tail --since=5m":     "--tail takes --since=5m for its value",
		"kubectl logs a -l app=b":              "either a label or the name",
		"kubectl logs -n x":                    "neither a pod nor a label",
		"kubectl exec pod ls":                  "needs --",
		"kubectl scale deployment a":           "needs --replicas",
		"kubectl get pod a -A":                 "no object by name",
		"kubectl top pods --sortby=cpu":        "no option --sortby",
		"kubectl get events -sort-by=x":        "reads -sort-by as single letters",
		"psql --databse=x":                     "no option --databse",
		"pg_dump -j 4 -f x":                    "in parallel in the directory format only",
		"pg_dump -a -s x":                      "either --data-only or --schema-only",
		"redis-cli -host x":                    "no option -host",
		"redis-cli --patern x":                 "no option --patern",
		"curl --sillent http://x":              "no option --sillent",
		"curl -X":                              "-X lacks its value",
		"curl -I -d a http://x":                "either -I or a body",
		"docker inspct x":                      `docker has no command "inspct"`,
		"docker ps --fromat x":                 "no option --fromat",
		"docker logs --tial 5 x":               "no option --tial",
		"systemctl restart":                    "is told no unit",
		"systemctl restrat x":                  `has no command "restrat"`,
		"systemctl status x --no-pagr":         "no option --no-pagr",
		"journalctl -u x --sinc3 today":        "no option --sinc3",
		// The same without them, and traps.
		"kubectl get pods --namespace x -o wide":                     "",
		"kubectl -n x rollout undo deployment/a --to-revision=2":     "",
		"kubectl --context $C -n x get pod a":                        "",
		"kubectl $VERB --whatever":                                   "",
		"kubectl cnpg status x --verbose":                            "", // somebody's plugin
		"kubectl argo rollouts get rollout x --watch":                "",
		"kubectl exec -it pod -n x -- psql --databse x":              "",
		"kubectl exec $POD":                                          "",
		"kubectl logs deployment/a --tail=5 -f --since 5m":           "",
		"kubectl logs $OPTS":                                         "",
		"kubectl rollout restart deployment -l app=x":                "",
		"kubectl delete pod -l app=x --force --grace-period=0":       "",
		"kubectl get pods -A --field-selector=status.phase!=Running": "",
		"kubectl config get-contexts":                                "",
		"kubectl create secret generic a --from-literal=b=c":         "",
		"kubectl create job a --from=cronjob/b":                      "",
		"kubectl top pods -n x --sort-by=cpu":                        "",
		"kubectl top pod a --containers":                             "",
		"kubectl get pod a -oyaml":                                   "",
		"kubectl get po -w":                                          "",
		"kubectl patch deploy a -p {}":                               "",
		"kubectl version --client":                                   "",
		"kubectl apply -f - --dry-run=client":                        "",
		"psql -tAc select":                                           "",
		"psql -h h -U u -d d -Xqc select":                            "",
		"psql --dbname=x --csv --no-psqlrc":                          "",
		"psql postgres://x -v ON_ERROR_STOP=1 -f a.sql":              "",
		"pg_dump -Fd -j 4 -f dir x":                                  "",
		"pg_dump --format=directory --jobs=4 --file=dir x":           "",
		"redis-cli -h h -p 1 -a p --no-auth-warning INFO -x":         "",
		"redis-cli --scan --pattern a:* --count 100":                 "",
		"redis-cli -n 0 config get maxmemory":                        "",
		"curl -fsSL -o/dev/null -XPOST http://x":                     "",
		"curl -sS --max-time 5 -w %{http_code} http://x -H -$T":      "",
		"curl --no-progress-meter --connect-timeout 1 x":             "",
		"docker exec -it x psql --whatever":                          "",
		"docker run --rm -it --network=host img --odd":               "",
		"docker compose up --whatever":                               "",
		"docker logs --tail 100 -f x":                                "",
		"docker ps -aq --filter name=x":                              "",
		"docker build --progress=plain --secret id=x -o out .":       "",
		"docker system prune -af --volumes":                          "",
		"systemctl status x -l --no-pager -n 50":                     "",
		"systemctl --user restart x":                                 "",
		"systemctl list-units --type=service --state=failed":         "",
		"journalctl -u x -n 50 --no-pager -b -1 --since today":       "",
		"journalctl -fu x":                                           "",
	} {
		program, list := words(command)
		var got []string
		for _, p := range Check(program, list, false) {
			got = append(got, p.Text)
			if p.Proposal == "" {
				t.Errorf("%s: no proposal", command)
			}
		}
		text := strings.Join(got, "; ")
		if want == "" && text != "" || !strings.Contains(text, want) {
			t.Errorf("%s: %q, want %q", command, text, want)
		}
	}
}
