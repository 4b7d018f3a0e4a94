package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	redisDirective = regexp.MustCompile(`^(?:maxmemory(?:-\w+)*|save|appendonly|appendfsync|tcp-keepalive|tcp-backlog|timeout|maxclients|requirepass|rename-command|masterauth|replicaof|slaveof|loglevel|databases|bind|port|protected-mode|stop-writes-on-bgsave-error|rdbcompression|dir|dbfilename|slowlog-[\w-]+|min-replicas-[\w-]+|lazyfree-[\w-]+|hz|client-output-buffer-limit|notify-keyspace-events|auto-aof-[\w-]+)\s+[^\s=:]`)
	// evidently are settings that no other program has.
	evidently = regexp.MustCompile(`^(?:maxmemory|appendonly|appendfsync|requirepass|rename-command|masterauth|save\s+\d)`)
	trailing  = regexp.MustCompile(`\s#\s`)
	expansion = regexp.MustCompile(`\$\{?[A-Z_]+\}?`)
)

// redisDirectives are the settings that a block must have to be one of redis.conf.
const redisDirectives = 2

var redisConfiguration = rule.Rule{
	ID: "redis-configuration", Title: "Redis reads its configuration as it is meant", Severity: lint.Warning,
	Why: "redis.conf has comments in lines of their own, and knows no variables",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, b := range in.Blocks {
			lines := strings.Split(b.Text, "\n")
			n, sure := 0, false
			for _, l := range lines {
				if text := strings.TrimSpace(l); redisDirective.MatchString(text) {
					n++
					sure = sure || evidently.MatchString(text)
				}
			}
			if n < redisDirectives || !sure {
				continue
			}
			comment, variable := false, false
			for i, l := range lines {
				text := strings.TrimSpace(l)
				if !redisDirective.MatchString(text) {
					continue
				}
				if trailing.MatchString(text) && !comment {
					comment = true
					report(rule.Finding{Line: b.Line + i, Column: 1, Statement: -1, Text: "Redis takes a comment behind a value for part of it, and refuses to start", Proposal: "put the comment in a line of its own"})
				}
				if v := expansion.FindString(text); v != "" && !variable {
					variable = true
					report(rule.Finding{Line: b.Line + i, Column: 1, Statement: -1, Text: fmt.Sprintf("Redis does not expand %s in its configuration", v), Proposal: "fill it in when the file is made, or give it on the command line"})
				}
			}
		}
	},
}
