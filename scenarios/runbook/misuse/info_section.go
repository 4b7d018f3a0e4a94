package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// sectionOf says in which section INFO of Redis 7 has a field.
var sectionOf = map[string]string{
	"redis_version": "server", "uptime_in_seconds": "server", "uptime_in_days": "server", "tcp_port": "server", "config_file": "server",
	"connected_clients": "clients", "blocked_clients": "clients", "maxclients": "clients", "tracking_clients": "clients",
	"used_memory": "memory", "used_memory_human": "memory", "used_memory_rss": "memory", "used_memory_peak": "memory", "used_memory_peak_human": "memory", "maxmemory": "memory", "maxmemory_human": "memory", "maxmemory_policy": "memory", "mem_fragmentation_ratio": "memory",
	"rdb_last_save_time": "persistence", "rdb_bgsave_in_progress": "persistence", "rdb_last_bgsave_status": "persistence", "rdb_changes_since_last_save": "persistence", "aof_enabled": "persistence", "aof_last_write_status": "persistence", "aof_rewrite_in_progress": "persistence", "aof_last_bgrewrite_status": "persistence",
	"total_connections_received": "stats", "total_commands_processed": "stats", "instantaneous_ops_per_sec": "stats", "rejected_connections": "stats", "expired_keys": "stats", "evicted_keys": "stats", "keyspace_hits": "stats", "keyspace_misses": "stats", "latest_fork_usec": "stats", "total_net_input_bytes": "stats",
	"role": "replication", "connected_slaves": "replication", "master_link_status": "replication", "master_last_io_seconds_ago": "replication", "master_repl_offset": "replication", "slave_repl_offset": "replication", "repl_backlog_size": "replication", "master_sync_in_progress": "replication",
	"used_cpu_sys": "cpu", "used_cpu_user": "cpu",
	"cluster_enabled": "cluster",
}

var fieldName = regexp.MustCompile(`\b[a-z]+(?:_[a-z]+)+\b`)

var infoSection = rule.Rule{
	ID: "info-section", Title: "a field of INFO is in the section that is asked for", Severity: lint.Error,
	Why: "the filter finds nothing, and nothing is printed",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "grep" || c.Stage == 0 || c.Flag("-v") {
				continue
			}
			section := askedSection(in, c)
			pattern, ok := c.Pattern()
			if section == "" || !ok || pattern.Open {
				continue
			}
			for _, field := range fieldName.FindAllString(pattern.Text, 20) {
				if in := sectionOf[field]; in != "" && in != section {
					report(rule.At(c, fmt.Sprintf("%s is in INFO %s, not in INFO %s", field, in, section), "ask for INFO "+in))
				}
			}
		}
	},
}

// askedSection is the section that the INFO before a filter is asked for.
func askedSection(in *rule.Input, c *script.Call) string {
	for _, source := range in.Script.Of[c.Statement] {
		if source.Program != "redis-cli" || source.Stage >= c.Stage || source.RedisVerb() != "INFO" {
			continue
		}
		if words := source.RedisCommand(); len(words) == 2 && !words[1].Open {
			switch section := strings.ToLower(words[1].Text); section {
			case "server", "clients", "memory", "persistence", "stats", "replication", "cpu", "cluster":
				return section
			}
		}
	}
	return ""
}
