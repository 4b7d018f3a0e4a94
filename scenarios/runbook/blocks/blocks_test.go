package blocks_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios/runbook/blocks"
)

// shown is a list of pieces as a test writes it: kind, language, lines from one.
func shown(list []blocks.Piece) string {
	var b []string
	for _, p := range list {
		kind := string(p.Kind)
		if p.Language != "" {
			kind += "/" + p.Language
		}
		lines := fmt.Sprint(p.From + 1)
		if p.To > p.From+1 {
			lines += fmt.Sprintf("-%d", p.To)
		}
		b = append(b, kind+" "+lines)
	}
	return strings.Join(b, ", ")
}

func TestSplit(t *testing.T) {
	for name, c := range map[string]struct{ label, text, want string }{
		"commands":                     {"bash", "# look\nls -l /var\n\ncat x |\n  grep y", "shell 2-5"},
		"a label in another form":      {"{.bash .copy}", "ls", "shell 1"},
		"an unknown program":           {"", "frobctl drain --all\nfrobctl start n1 --now", "shell 1-2"},
		"a transcript":                 {"console", "$ kubectl get pods \\\n    -n x\nNAME  READY\na     1/1\n\n$ echo 'a\nb'\na\nb", "shell 1-2, output 3-5, shell 6-7, output 8-9"},
		"a remark in a transcript":     {"", "# first\n$ ls\n# Replication\nrole:master\n# second\n$ id", "shell 2, output 3-4, shell 6"},
		"a root shell":                 {"", "[root@db1 ~]# systemctl stop postgresql\n[root@db1 ~]# df -h\nFilesystem 1K", "shell 1, shell 2, output 3"},
		"root's mark in a console":     {"console", "# systemctl stop x\n# df -h\nFilesystem 1K", "shell 1, shell 2, output 3"},
		"comments are no root shell":   {"bash", "# the disk is full\ndf -h", "shell 1-2"},
		"redis":                        {"", "127.0.0.1:6379> INFO memory\n# Memory\nused:1\n127.0.0.1:6379> GET x\n(nil)", "console/redis 1, output 2-3, console/redis 4, output 5"},
		"a bare prompt":                {"shell", "> slowlog get 10\n1) 1) (integer) 5", "console/redis 1, output 2"},
		"psql":                         {"", "postgres=# SELECT a\npostgres-# FROM pg_class;\n a\n---\n(0 rows)\n\nmydb=> \\dt", "sql/postgres 1-2, output 3-6, sql/postgres 7"},
		"mysql":                        {"", "mysql> SHOW PROCESSLIST;\n+--+\n| a|\n+--+", "sql/mysql 1, output 2-4"},
		"powershell's prompt":          {"", "PS C:\\> Get-Service x\nStatus Name", "powershell 1, output 2"},
		"powershell in a bash fence":   {"bash", "$vm = Get-AzVM -Name \"a\"\nRestart-AzVM -Name \"a\"", "powershell 1-2"},
		"redis in a bash fence":        {"bash", "redis-cli -h x\n\n# memory\nINFO memory\nCONFIG GET *", "shell 1, console/redis 4, console/redis 5"},
		"SQL in a bash fence":          {"bash", "psql mydb\n\nSELECT a\nFROM t;\n\n\\dt", "shell 1, sql 3-4, sql/postgres 6"},
		"SQL in a string is a shell's": {"bash", "psql -c \"SELECT a\n  FROM t\n  WHERE b;\"", "shell 1-3"},
		"a here-document":              {"bash", "psql <<EOF\nSELECT 1;\nDELETE FROM x;\nEOF\nls -l", "shell 1-5"},
		"output below a command":       {"bash", "kubectl get pods -n x\nNAME      READY   STATUS\napi-1     1/1     Running\n\nkubectl delete pod api-1", "shell 1, output 2-3, shell 5"},
		"a program in a shell fence":   {"bash", "import redis\nr = redis.Redis()\nprint(r.ping())", "code/python 1-3"},
		"kubectl in a python fence":    {"python", "# scale\nkubectl scale deployment/a --replicas=3\nkubectl get pods -n x", "shell 2-3"},
		"commands among settings":      {"yaml", "# more\nkafka-topics --alter --topic a\n\nspring.kafka.linger=20", "config 1, shell 2, config 3-4"},
		"a workflow with templates":    {"yaml", "run: |\n  cat <<EOF\n  a\n  EOF\nb: {{ x }}", "yaml 1-5"},
		"YAML with a command in it":    {"yaml", "args: |\n  kubectl get pods -n x\nb: 1", "yaml 1-3"},
		"python":                       {"python", "import os\nos.kill(1, 9)", "code/python 1-2"},
		"settings of Redis":            {"bash", "maxmemory 4gb\nmaxmemory-policy allkeys-lru\ntcp-backlog 511\ntimeout 0\nsave 900 1 # after\nrename-command KEYS \"\"", "config/directives 1-6"},
		"ini":                          {"", "[mysqld]\nmax_connections=100\ninnodb=1", "config/ini 1-3"},
		"nginx":                        {"", "server {\n  listen 80;\n  location / {\n    proxy_pass http://x;\n  }\n}", "config/nginx 1-6"},
		"HCL":                          {"", "resource \"aws_instance\" \"x\" {\n  ami = \"a\"\n}", "config/hcl 1-3"},
		"properties":                   {"", "spring.datasource.url=jdbc:x\nserver.port=1", "config/properties 1-2"},
		"postgresql.conf":              {"", "wal_level = hot_standby\nmax_wal_senders = 7", "config/properties 1-2"},
		"YAML in a bash fence":         {"bash", "probe:\n  path: /x\n  port: 1", "yaml 1-3"},
		"JSON":                         {"", "{\"a\": 1}", "json 1"},
		"PromQL":                       {"", "sum(rate(http_requests_total{code=~\"5..\"}[5m])) by (job)", "query/promql 1"},
		"LogQL":                        {"", "{app=\"x\"} |= \"error\"", "query/logql 1"},
		"KQL":                          {"", "AzureDiagnostics\n| where Level == \"Error\"\n| take 5", "query/kql 1-3"},
		"a log":                        {"", "2024-01-01 10:00:00 ERROR x: y\n2024-01-01 10:00:01 INFO z: a", "output 1-2"},
		"a stack trace":                {"", "Exception: x\n  at a.b.C.d(C.java:1)\n  at e.f(G.java:2)", "output 1-3"},
		"sentences":                    {"", "Wait until the pods are ready.\nThen look at the graph.", "prose 1, prose 2"},
		"an HTTP request":              {"", "GET /_cluster/health\n", "console/http 1"},
		"T-SQL":                        {"sql", "SELECT TOP 5 * FROM sys.dm_exec_requests\nGO", "sql/tsql 1-2"},
		"MySQL by what is in it":       {"sql", "SHOW SLAVE STATUS\\G", "sql/mysql 1"},
		"PL/pgSQL":                     {"sql", "DO $$ BEGIN RAISE NOTICE 'x'; END $$;", "sql/plpgsql 1"},
		"Postgres":                     {"sql", "SELECT pid FROM pg_stat_activity;", "sql/postgres 1"},
		"any SQL":                      {"sql", "SELECT a FROM b;", "sql 1"},
		"cmd.exe":                      {"", "net stop spooler\nsc query spooler\ndir C:\\logs", "batch 1-3"},
		"an unknown label":             {"frobscript", "kubectl get pods", "other/frobscript 1"},
		"a diff":                       {"", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b", "code/diff 1-5"},
		"a quotation in output":        {"", "Hello\n> world of prompts and of words", "output 1, prose 2"},
	} {
		if got := shown(blocks.Split(c.label, c.text)); got != c.want {
			t.Errorf("%s: %s\nwant %s", name, got, c.want)
		}
	}
}

func TestSpan(t *testing.T) {
	for text, want := range map[string]string{
		"kubectl get pods -n x":           "shell sure",
		"sudo ./fix.sh":                   "shell sure",
		"frobctl --all":                   "shell sure",
		"SELECT a FROM b;":                "sql sure",
		"CONFIG SET maxclients 5":         "console likely",
		"Get-Service -Name x":             "powershell sure",
		"rate(x_total[5m])":               "query sure",
		"kubectl":                         "other",
		"/etc/nginx/nginx.conf":           "other",
		"http_requests_total":             "other",
		"max_connections = 100":           "other",
		"GET /health/ready":               "other",
		"the service is down for a while": "other",
		"503 Service Unavailable":         "other",
		"done consuming":                  "other",
		"KEYS":                            "other",
	} {
		p := blocks.Span(text)
		got := string(p.Kind)
		if p.Kind != blocks.Other {
			got += map[blocks.Confidence]string{blocks.Guess: " guess", blocks.Likely: " likely", blocks.Sure: " sure"}[p.Confidence]
		}
		if got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

// limit bounds a stage's work on a text of the size that a fuzzer makes.
const limit = 2 * time.Second

// FuzzSplit: a piece's text is as long as its lines, so that
// offsets in it are offsets in the block.
func FuzzSplit(f *testing.F) {
	f.Add("bash", "$ ls\nx\n# y\n$ cat <<EOF\nEOF")
	f.Add("", "mysql> SELECT 1;\n| a |\n127.0.0.1:6379> INFO")
	f.Add("python", "kubectl get pods\n")
	f.Fuzz(func(t *testing.T, label, text string) {
		begin := time.Now()
		defer func() {
			if took := time.Since(begin); took > limit {
				t.Errorf("%d bytes took %s", len(text), took)
			}
		}()
		lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
		last := 0
		for _, p := range blocks.Split(label, text) {
			if p.From < last || p.To <= p.From || p.To > len(lines) {
				t.Fatalf("lines %d to %d of %d, after %d", p.From, p.To, len(lines), last)
			}
			last = p.To
			if want := strings.Join(lines[p.From:p.To], "\n") + "\n"; len(p.Text) != len(want) {
				t.Fatalf("%q stands for %q", p.Text, want)
			}
		}
		blocks.Span(text)
	})
}
