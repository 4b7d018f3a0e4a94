package catalogue

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "make the tables anew from the server that RUNPROOF_CATALOGUE_HOST names")

// judged are the relations whose columns are in the table; of the others only
// the name is.
const judged = `c.relname like 'pg\_stat%' or c.relname in ('pg_locks','pg_policies','pg_replication_slots','pg_settings','pg_tables','pg_indexes','pg_roles','pg_user','pg_database','pg_extension','pg_matviews','pg_views','pg_prepared_xacts','pg_cursors','pg_buffercache','pg_publication_tables')`

var made = map[string]string{
	"relations.txt": `select trim(c.relname || ' ' || coalesce(string_agg(a.attname, ' ' order by a.attnum) filter (where ` + judged + `), '')) from pg_class c join pg_namespace n on n.oid = c.relnamespace
		join pg_attribute a on a.attrelid = c.oid where c.relkind in ('v', 'r') and (n.nspname = 'pg_catalog' or c.relname like 'pg\_%') and n.nspname not like 'pg\_t%' and a.attnum > 0 and not a.attisdropped group by c.relname order by 1`,
	"functions.txt": `select distinct proname from pg_proc where proname like 'pg\_%' order by 1`,
	"settings.txt":  `select name || ' ' || context from pg_settings where name not like '%.%' order by name`,
	"words.txt":     `select word from (select word from pg_get_keywords() union select typname from pg_type where typname !~ '^_' and typtype in ('b', 'p', 'r') and typname ~ '^[a-z0-9_]+$') w order by 1`,
}

// TestTables holds the tables to a live server, or makes them of it.
func TestTables(t *testing.T) {
	host := os.Getenv("RUNPROOF_CATALOGUE_HOST")
	if host == "" {
		t.Skip("RUNPROOF_CATALOGUE_HOST names no server (a directory with a socket, with the contrib extensions created in its database postgres)")
	}
	for name, query := range made {
		out, err := exec.Command("psql", "-h", host, "-U", "postgres", "-XAtq", "-c", query).Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		file := filepath.Join("tables", name)
		if *update {
			if err := os.WriteFile(file, out, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		have, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != string(out) {
			t.Errorf("%s differs from the server's: go test -update", name)
		}
	}
}

// TestChangesNameRealColumns finds a slip in the list that is kept by hand.
func TestChangesNameRealColumns(t *testing.T) {
	for relation, columns := range changes {
		if len(load().relations[relation]) == 0 {
			t.Errorf("%s has no columns on record", relation)
		}
		for name, c := range columns {
			had := load().relations[relation][name]
			if c.since > 15 && had || c.gone > 15 && !had || c.gone > 0 && c.gone <= 15 && had || c.gone == 0 && c.since == 0 || c.gone > 0 && c.instead == "" {
				t.Errorf("%s.%s: %+v, in version 15: %t", relation, name, c, had)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	for sql, want := range map[string]string{
		"SELECT pid, waiting FROM pg_stat_activity":                                             "no column waiting any more",
		"SELECT query, total_time FROM pg_stat_statements ORDER BY total_time DESC":             "no column total_time any more",
		"SELECT relname, n_dead_tup, last_autovacum FROM pg_stat_user_tables":                   "no column last_autovacum",
		"SELECT tablename, n_live_tup FROM pg_stat_user_tables":                                 "no column tablename",
		"SELECT a.pid, l.granted, a.querry FROM pg_locks l JOIN pg_stat_activity a USING (pid)": "no column querry",
		"SELECT checkpoints_timed FROM pg_stat_bgwriter":                                        "since Postgres 17",
		"SELECT * FROM pg_stat_activty":                                                         "no relation pg_stat_activty",
		"SELECT pg_terminate_backed(1)":                                                         "no function pg_terminate_backed",
		"SELECT pg_current_xlog_location()":                                                     "no function pg_current_xlog_location any more",
		"SELECT pg_last_xlog_replay_location() AS x FROM pg_stat_replication":                   "no function pg_last_xlog_replay_location any more",
		"SELECT policy_name FROM pg_policies WHERE tablename = 'a'":                             "no column policy_name",
		"SELECT pid, username FROM pg_stat_activity WHERE state = 'active'":                     "no column username",
		"SELECT count(*) FROM pg_stat_activity WHERE status = 'idle'":                           "no column status",
		"SELECT pg_stat_activity.pid, pg_stat_activity.dbname FROM pg_stat_activity":            "no column dbname",
		// Good ones and traps.
		"SELECT pid, now() - query_start AS duration, query FROM pg_stat_activity WHERE state = 'active' ORDER BY duration DESC LIMIT 5": "",
		"SELECT pid, extract(epoch from now() - xact_start) secs FROM pg_stat_activity WHERE backend_type = 'client backend'":            "",
		"SELECT count(*) total, state FROM pg_stat_activity GROUP BY state HAVING count(*) > 5 ORDER BY total":                           "",
		"SELECT datname, age(datfrozenxid) FROM pg_database ORDER BY 2":                                                                  "",
		"SELECT relname AS tablename, n_dead_tup::float / nullif(n_live_tup, 0) ratio FROM pg_stat_user_tables ORDER BY ratio":           "",
		"WITH x AS (SELECT pid AS holder FROM pg_locks) SELECT holder, anything FROM x, pg_stat_activity":                                "",
		"SELECT blocked.pid, blocker.pid FROM pg_stat_activity blocked JOIN pg_stat_activity blocker ON true":                            "",
		"SELECT * FROM pg_stat_activity WHERE pid = <process_id> AND datname = :db AND usename = ${USER_NAME}":                           "",
		"SELECT app.username FROM users app":                                                                                            "",
		"SELECT pid, s.username FROM pg_stat_activity a JOIN sessions s USING (pid)":                                                    "",
		"SELECT pg_size_pretty(pg_total_relation_size(relid)), relname FROM pg_stat_user_tables":                                        "",
		"SELECT pg_repack_version(), pg_cluster_health()":                                                                               "",
		"SELECT state, count(*) FROM pg_stat_activity GROUP BY state ORDER BY count DESC":                                               "",
		"SELECT name, setting FROM pg_settings WHERE name ~ 'vacuum'":                                                                   "",
		"SELECT last_seq_scan, n_tup_newpage_upd FROM pg_stat_user_tables":                                                              "",
		"SELECT CASE WHEN state = 'idle' THEN 'a' ELSE 'b' END kind, max(age(now(), state_change)) FROM pg_stat_activity GROUP BY kind": "",
		"SELECT mode, granted, locktype, relation::regclass FROM pg_locks WHERE NOT granted":                                            "",
		"SELECT substring(query from 1 for 60) AS q, total_exec_time FROM pg_stat_statements":                                           "",
		"SELECT slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) AS lag FROM pg_replication_slots":                         "",
		"SELECT client_addr, state, sent_lsn, replay_lag FROM pg_stat_replication;":                                                     "",
	} {
		var got []string
		for _, p := range Check(sql, 0) {
			got = append(got, p.Text)
		}
		text := strings.Join(got, "; ")
		if want == "" && text != "" || !strings.Contains(text, want) {
			t.Errorf("%s: %q, want %q", sql, text, want)
		}
	}
	if got := Check("SELECT total_time FROM pg_stat_statements", 12); len(got) > 0 {
		t.Errorf("a server of version 12: %v", got)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("SELECT a.b FROM pg_locks a, pg_stat_activity WHERE '")
	f.Fuzz(func(_ *testing.T, sql string) { _ = fmt.Sprint(Check(sql, 0)) })
}
