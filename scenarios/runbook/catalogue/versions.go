package catalogue

// change is a column that not all versions have. Since is the first version
// that has it, gone the first that has not; 0 for always.
type change struct {
	since, gone int
	instead     string
}

// changes are columns by relation, from the release notes of Postgres 9.2 to 18.
var changes = map[string]map[string]change{
	"pg_stat_activity": {
		"waiting":       {gone: 9, instead: "wait_event IS NOT NULL (9.6)"},
		"procpid":       {gone: 9, instead: "pid (9.2)"},
		"current_query": {gone: 9, instead: "query and state (9.2)"},
		"query_id":      {since: 14}, "leader_pid": {since: 13},
	},
	"pg_stat_statements": {
		"total_time": {gone: 13, instead: "total_exec_time"}, "min_time": {gone: 13, instead: "min_exec_time"},
		"max_time": {gone: 13, instead: "max_exec_time"}, "mean_time": {gone: 13, instead: "mean_exec_time"},
		"stddev_time":   {gone: 13, instead: "stddev_exec_time"},
		"blk_read_time": {gone: 17, instead: "shared_blk_read_time"}, "blk_write_time": {gone: 17, instead: "shared_blk_write_time"},
		"shared_blk_read_time": {since: 17}, "shared_blk_write_time": {since: 17}, "local_blk_read_time": {since: 17}, "local_blk_write_time": {since: 17},
		"jit_deform_count": {since: 17}, "jit_deform_time": {since: 17}, "stats_since": {since: 17}, "minmax_stats_since": {since: 17},
		"wal_buffers_full": {since: 18}, "parallel_workers_to_launch": {since: 18}, "parallel_workers_launched": {since: 18},
	},
	"pg_stat_bgwriter": {
		"checkpoints_timed": {gone: 17, instead: "pg_stat_checkpointer.num_timed"}, "checkpoints_req": {gone: 17, instead: "pg_stat_checkpointer.num_requested"},
		"checkpoint_write_time": {gone: 17, instead: "pg_stat_checkpointer.write_time"}, "checkpoint_sync_time": {gone: 17, instead: "pg_stat_checkpointer.sync_time"},
		"buffers_checkpoint": {gone: 17, instead: "pg_stat_checkpointer.buffers_written"}, "buffers_backend": {gone: 17, instead: "pg_stat_io"},
		"buffers_backend_fsync": {gone: 17, instead: "pg_stat_io"},
	},
	"pg_stat_replication": {
		"sent_location": {gone: 10, instead: "sent_lsn"}, "write_location": {gone: 10, instead: "write_lsn"},
		"flush_location": {gone: 10, instead: "flush_lsn"}, "replay_location": {gone: 10, instead: "replay_lsn"},
	},
	"pg_stat_wal_receiver": {
		"received_lsn": {gone: 13, instead: "flushed_lsn or written_lsn"},
	},
	"pg_stat_progress_vacuum": {
		"max_dead_tuples": {gone: 17, instead: "max_dead_tuple_bytes"}, "num_dead_tuples": {gone: 17, instead: "num_dead_item_ids"},
		"max_dead_tuple_bytes": {since: 17}, "dead_tuple_bytes": {since: 17}, "num_dead_item_ids": {since: 17}, "indexes_total": {since: 17}, "indexes_processed": {since: 17}, "delay_time": {since: 18},
	},
	"pg_stat_user_tables": tablesSince, "pg_stat_all_tables": tablesSince, "pg_stat_sys_tables": tablesSince,
	"pg_stat_user_indexes": indexesSince, "pg_stat_all_indexes": indexesSince, "pg_stat_sys_indexes": indexesSince,
	"pg_replication_slots": {
		"conflicting": {since: 16}, "invalidation_reason": {since: 17}, "inactive_since": {since: 17}, "failover": {since: 17}, "synced": {since: 17}, "two_phase_at": {since: 18},
		"xlog_position": {gone: 10, instead: "restart_lsn"},
	},
	"pg_stat_database":     {"parallel_workers_to_launch": {since: 18}, "parallel_workers_launched": {since: 18}},
	"pg_stat_wal":          {"wal_write": {gone: 18, instead: "pg_stat_io"}, "wal_sync": {gone: 18, instead: "pg_stat_io"}, "wal_write_time": {gone: 18, instead: "pg_stat_io"}, "wal_sync_time": {gone: 18, instead: "pg_stat_io"}},
	"pg_stat_subscription": {"leader_pid": {since: 16}, "worker_type": {since: 17}},
	"pg_stat_subscription_stats": {
		"confl_insert_exists": {since: 18}, "confl_update_origin_differs": {since: 18}, "confl_update_exists": {since: 18}, "confl_update_missing": {since: 18},
		"confl_delete_origin_differs": {since: 18}, "confl_delete_missing": {since: 18}, "confl_multiple_unique_conflicts": {since: 18},
	},
	"pg_database":                {"datlastsysoid": {gone: 15, instead: "nothing: it had no use"}, "daticulocale": {gone: 17, instead: "datlocale"}, "datlocale": {since: 17}, "daticurules": {since: 16}, "dathasloginevt": {since: 17}},
	"pg_stat_gssapi":             {"credentials_delegated": {since: 16}},
	"pg_stat_progress_copy":      {"tuples_skipped": {since: 17}},
	"pg_stat_database_conflicts": {"confl_active_logicalslot": {since: 16}},
	"pg_locks":                   {}, "pg_policies": {}, "pg_settings": {}, "pg_stat_archiver": {}, "pg_stat_slru": {},
}

var tablesSince = map[string]change{
	"last_seq_scan": {since: 16}, "last_idx_scan": {since: 16}, "n_tup_newpage_upd": {since: 16},
	"total_vacuum_time": {since: 18}, "total_autovacuum_time": {since: 18}, "total_analyze_time": {since: 18}, "total_autoanalyze_time": {since: 18},
}

var indexesSince = map[string]change{"last_idx_scan": {since: 16}}

// laterRelations are those of versions after the one that the table was made of.
var laterRelations = map[string]string{
	"pg_stat_io":           "backend_type object context reads read_bytes read_time writes write_bytes write_time writebacks writeback_time extends extend_bytes extend_time op_bytes hits evictions reuses fsyncs fsync_time stats_reset",
	"pg_stat_checkpointer": "num_timed num_requested num_done restartpoints_timed restartpoints_req restartpoints_done write_time sync_time buffers_written slru_written stats_reset",
	"pg_wait_events":       "type name description",
	"pg_aios":              "", "pg_shmem_allocations_numa": "", "pg_buffercache_numa": "", "pg_stat_kcache": "", "pg_stat_monitor": "", "pg_stat_statements_info": "", "pg_stat_progress_data_checksums": "",
}

// laterFunctions are some of versions after it, and of widespread extensions.
const laterFunctions = `pg_log_standby_snapshot pg_input_is_valid pg_input_error_info pg_split_walfile_name pg_stat_get_io pg_sync_replication_slots
pg_wal_summary_contents pg_available_wal_summaries pg_get_wal_summarizer_state pg_basetype pg_column_toast_chunk_id pg_stat_reset_backend_stats
pg_backup_start pg_backup_stop pg_get_acl pg_ls_summariesdir pg_buffercache_evict pg_buffercache_usage_counts pg_buffercache_summary
pg_restore_relation_stats pg_clear_relation_stats pg_restore_attribute_stats pg_clear_attribute_stats pg_get_loaded_modules pg_set_relation_stats
pg_stat_get_backend_io pg_stat_get_backend_wal pg_numa_available pg_has_role pg_create_logical_replication_slot pg_stat_statements_reset pg_cron pg_partman`

// goneFunctions are names that no version in support has.
var goneFunctions = map[string]string{
	"pg_current_xlog_location": "pg_current_wal_lsn (10)", "pg_current_xlog_insert_location": "pg_current_wal_insert_lsn (10)",
	"pg_current_xlog_flush_location": "pg_current_wal_flush_lsn (10)", "pg_last_xlog_receive_location": "pg_last_wal_receive_lsn (10)",
	"pg_last_xlog_replay_location": "pg_last_wal_replay_lsn (10)", "pg_xlog_location_diff": "pg_wal_lsn_diff (10)",
	"pg_xlogfile_name": "pg_walfile_name (10)", "pg_xlogfile_name_offset": "pg_walfile_name_offset (10)", "pg_switch_xlog": "pg_switch_wal (10)",
	"pg_is_xlog_replay_paused": "pg_is_wal_replay_paused (10)", "pg_xlog_replay_pause": "pg_wal_replay_pause (10)", "pg_xlog_replay_resume": "pg_wal_replay_resume (10)",
	"pg_start_backup": "pg_backup_start (15)", "pg_stop_backup": "pg_backup_stop (15)", "pg_is_in_backup": "nothing: exclusive backups are gone (15)", "pg_backup_start_time": "nothing: exclusive backups are gone (15)",
}

// goneFunctionSince is the first version without a function of goneFunctions.
func goneFunctionSince(name string) int {
	switch name {
	case "pg_start_backup", "pg_stop_backup", "pg_is_in_backup", "pg_backup_start_time":
		return 15
	}
	return 10
}

// otherSettings are those of other versions.
var otherSettings = map[string]string{
	"reserved_connections": "postmaster", "vacuum_buffer_usage_limit": "user", "io_combine_limit": "user", "summarize_wal": "sighup", "transaction_timeout": "user",
	"max_notify_queue_pages": "postmaster", "io_method": "postmaster", "io_workers": "sighup", "idle_replication_slot_timeout": "sighup", "autovacuum_worker_slots": "postmaster",
	"old_snapshot_threshold": "postmaster", "promote_trigger_file": "sighup", "vacuum_defer_cleanup_age": "sighup", "stats_temp_directory": "sighup", "operator_precedence_warning": "user",
	"wal_keep_segments": "sighup", "event_triggers": "superuser", "allow_alter_system": "sighup", "sync_replication_slots": "sighup", "synchronized_standby_slots": "sighup",
	"createrole_self_grant": "user", "icu_validation_level": "user", "debug_parallel_query": "user", "force_parallel_mode": "user", "scram_iterations": "user", "gss_accept_delegation": "sighup",
}
