package blocks

import "strings"

// label is what a fence says.
type label struct {
	kind     Kind
	language string
	// session says that the label means a transcript.
	session bool
	known   bool
}

var labels = map[string]label{"": {known: true}}

func init() {
	add := func(names string, l label) {
		l.known = true
		for _, n := range strings.Fields(names) {
			named := l
			if named.language == "" && (l.kind == Code || l.kind == Query || l.kind == Config || l.kind == Markup) {
				named.language = n
			}
			labels[n] = named
		}
	}
	add("bash sh shell zsh ksh fish shellscript bash-script", label{kind: Shell})
	add("console shell-session sh-session bash-session shellsession terminal session", label{kind: Shell, session: true})
	add("powershell pwsh ps1 ps posh azurepowershell azurepowershell-interactive", label{kind: PowerShell})
	add("bat cmd batch dos bat-script", label{kind: Batch})
	add("azurecli azurecli-interactive", label{kind: Shell})
	add("sql", label{kind: SQL})
	add("psql postgres postgresql pgsql", label{kind: SQL, language: "postgres"})
	add("plpgsql", label{kind: SQL, language: "plpgsql"})
	add("mysql mariadb", label{kind: SQL, language: "mysql"})
	add("tsql t-sql mssql sqlserver transact-sql", label{kind: SQL, language: "tsql"})
	add("plsql oracle oraclesql", label{kind: SQL, language: "oracle"})
	add("sqlite sqlite3 clickhouse cql cassandra bigquery snowflake hive hiveql presto trino spark-sql n1ql", label{kind: SQL, language: "other"})
	add("redis rediscli redis-cli", label{kind: Console, language: "redis"})
	add("mongo mongodb mongosh", label{kind: Console, language: "mongo"})
	add("yaml yml", label{kind: YAML})
	add("json", label{kind: JSON})
	add("ini conf cfg config properties toml nginx apache apacheconf hcl tf terraform env dotenv redis-conf systemd haproxy editorconfig desktop", label{kind: Config})
	add("python py python3 javascript js typescript ts node go golang java ruby rb rust rs c cpp c++ csharp cs c# php perl pl groovy kotlin kt scala swift lua r elixir ex erlang haskell clojure dart jsonnet rego cue starlark dockerfile docker makefile make vim viml awk ql json5 jsonc graphql gql protobuf proto solidity", label{kind: Code})
	add("promql logql kql kusto lucene spl splunk esql influxql flux traceql cloudwatch jq jmespath xpath regex", label{kind: Query})
	add("html xml svg jsx tsx mdx css scss markdown md mermaid plantuml dot graphviz latex tex vue liquid jinja jinja2 handlebars", label{kind: Markup})
	add("http rest", label{kind: Console, language: "http"})
	add("diff patch", label{kind: Code, language: "diff"})
	add("text txt plain plaintext output log logs none nohighlight", label{kind: Output})
}

// labelOf is the meaning of a fence's label: "language-bash", "{.bash .copy}",
// "Bash" are all bash.
func labelOf(says string) label {
	says = strings.ToLower(strings.Trim(says, "{}. \t,"))
	if i := strings.IndexAny(says, " \t,{:="); i > 0 {
		says = says[:i]
	}
	says = strings.TrimPrefix(strings.TrimPrefix(says, "language-"), "lang-")
	l, ok := labels[says]
	if !ok {
		return label{}
	}
	return l
}
