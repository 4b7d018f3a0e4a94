package blocks

import "regexp"

// sqlStart recognises the beginning of a statement of SQL.
var sqlStart = regexp.MustCompile(`^(?i)\s*(?:SELECT\s+\S|INSERT\s+(?:IGNORE\s+)?INTO\s|UPDATE\s+\S+\s+(?:AS\s+\S+\s+)?SET\b|UPDATE\s+\S+\s*$|DELETE\s+FROM\s|ALTER\s+(?:TABLE|ROLE|USER|SYSTEM|DATABASE|INDEX|POLICY|SCHEMA|SEQUENCE|SUBSCRIPTION|PUBLICATION|DEFAULT|EXTENSION|FUNCTION|VIEW|TYPE|LOGIN|SESSION)\s|` +
	`CREATE\s+(?:OR\s+REPLACE\s+|UNIQUE\s+|TEMP\s+|TEMPORARY\s+|MATERIALIZED\s+)*(?:TABLE|INDEX|USER|ROLE|DATABASE|SCHEMA|VIEW|FUNCTION|PROCEDURE|EXTENSION|POLICY|PUBLICATION|SUBSCRIPTION|TRIGGER|TYPE|SEQUENCE|LOGIN)\s|DROP\s+(?:TABLE|INDEX|USER|ROLE|DATABASE|SCHEMA|VIEW|FUNCTION|EXTENSION|POLICY|PUBLICATION|SUBSCRIPTION|TRIGGER|TYPE|SEQUENCE|OWNED|MATERIALIZED)\s|` +
	`EXPLAIN\s+(?:\(|ANALYZE|VERBOSE|SELECT|UPDATE|DELETE|INSERT|WITH)|VACUUM\s*(?:\(|FULL|ANALYZE|VERBOSE|FREEZE|;|\S+;)|ANALYZE\s+\w+;|REINDEX\s+(?:\(|TABLE|INDEX|DATABASE|SCHEMA|SYSTEM)|SET\s+(?:LOCAL\s+|SESSION\s+|GLOBAL\s+)?[\w.@]+\s*(?:=|TO\s)|WITH\s+(?:RECURSIVE\s+)?\w+\s*(?:\([^)]*\)\s*)?AS\s*(?:NOT\s+MATERIALIZED\s+|MATERIALIZED\s+)?\(|` +
	`GRANT\s+\w+|REVOKE\s+\w+|TRUNCATE\s+(?:TABLE\s+)?\w+\s*;|BEGIN\s*;|COMMIT\s*;|ROLLBACK\s*;|SHOW\s+(?:ALL|FULL|TABLES|DATABASES|PROCESSLIST|ENGINE|STATUS|SLAVE|REPLICA|MASTER|VARIABLES|GLOBAL|GRANTS|INDEX|CREATE|POOLS|CLIENTS|SERVERS|STATS|LISTS|[\w.]+\s*;)|CALL\s+\w+\s*\(|DO\s+\$|COPY\s+\w+|LOCK\s+TABLE|REFRESH\s+MATERIALIZED|CHECKPOINT\s*;|DBCC\s+\w+|EXEC(?:UTE)?\s+(?:sp_|xp_|dbo\.|sys\.)\w+|USE\s+[\w\[\]` + "`" + `]+\s*;|KILL\s+(?:QUERY\s+|CONNECTION\s+)?\d+\s*;|CHANGE\s+(?:MASTER|REPLICATION)|(?:START|STOP|RESET)\s+(?:SLAVE|REPLICA)|FLUSH\s+(?:PRIVILEGES|TABLES|HOSTS|LOGS|STATUS)|DECLARE\s+@)`)

// psqlOwn are psql's own commands.
var psqlOwn = regexp.MustCompile(`^\s*\\(?:d[a-zA-Z]*\+?|l\+?|c|x|q|i|timing|watch|copy|conninfo|set|pset|e|o|g|gx|h|password|encoding|echo|dt\+?)(?:\s|$)`)

var dialects = []struct {
	name  string
	marks *regexp.Regexp
}{
	{"plpgsql", regexp.MustCompile(`(?is)\bLANGUAGE\s+'?plpgsql|\bRAISE\s+(?:NOTICE|EXCEPTION|WARNING)|^\s*DECLARE\s+\w+\s+\w+.*\bBEGIN\b|\bEND\s+(?:IF|LOOP)\s*;|\bDO\s+\$`)},
	{"tsql", regexp.MustCompile(`(?im)^\s*GO\s*$|\bSELECT\s+TOP\s*\(?\s*\d|\[dbo\]|\bdbo\.|\bsys\.(?:dm_|databases|objects|tables|indexes|partitions|master_files|schemas|availability|sysprocesses)|\bsys\w*\.dm_|\bmsdb\.|\bNOLOCK\b|\bEXEC(?:UTE)?\s+(?:\w+\.)*(?:sp_|xp_)|\bDBCC\b|\bDECLARE\s+@|\bSET\s+@|\bGETDATE\s*\(|\bDATEADD\s*\(|\bDATEDIFF\s*\(|\bNVARCHAR\b|\bISNULL\s*\(|\bCROSS\s+APPLY\b|\bOUTER\s+APPLY\b|\b(?:BACKUP|RESTORE)\s+(?:DATABASE|LOG)\b|\bWITH\s+ROLLBACK\s+IMMEDIATE|\bSET\s+SINGLE_USER|\bALTER\s+AVAILABILITY\b|\bsysprocesses\b|\bNOCOUNT\b|\[\w+\]\.\[\w+\]|@@\w+`)},
	{"mysql", regexp.MustCompile("(?im)`\\w+`|\\bSHOW\\s+(?:FULL\\s+)?(?:PROCESSLIST|ENGINE|SLAVE|REPLICA|MASTER|BINARY|DATABASES|TABLES|VARIABLES|STATUS|GRANTS|INDEX|WARNINGS|OPEN|COLUMNS|GLOBAL|CREATE)\\b|\\\\G|\\bKILL\\s+(?:QUERY|CONNECTION|\\d)|information_schema\\.(?:processlist|innodb|INNODB)|performance_schema\\.|\\bmysql\\.\\w+|\\bCHANGE\\s+(?:MASTER|REPLICATION)\\b|\\b(?:START|STOP|RESET)\\s+(?:SLAVE|REPLICA)\\b|\\bFLUSH\\s+(?:PRIVILEGES|TABLES|HOSTS|LOGS)|\\bSET\\s+(?:GLOBAL|PERSIST)\\b|\\bENGINE\\s*=|\\bDATE_SUB\\s*\\(|\\bIFNULL\\s*\\(|\\bINTERVAL\\s+\\d+\\s+(?:SECOND|MINUTE|HOUR|DAY|MONTH)\\b|\\bOPTIMIZE\\s+TABLE|\\bpt-\\w+|\\bON\\s+DUPLICATE\\s+KEY|\\bIDENTIFIED\\s+BY\\b|\\bAUTO_INCREMENT\\b|@'")},
	{"oracle", regexp.MustCompile(`(?im)\bFROM\s+dual\b|\b(?:FROM|JOIN)\s+g?v\$\w+|\bROWNUM\b|\bNVL\s*\(|\bALTER\s+SYSTEM\s+(?:KILL|SWITCH|FLUSH|ARCHIVE)|\bdba_\w+|\bVARCHAR2\b|\bSYSDATE\b|\bALTER\s+SESSION\b|\bEXEC\s+dbms_`)},
	{"other", regexp.MustCompile(`(?im)\bsystem\.(?:query_log|processes|parts|replicas|mutations|merges|tables|clusters|local|peers)\b|\bON\s+CLUSTER\b|\bFORMAT\s+(?:Pretty|JSON|TSV|Vertical)|\bFINAL\s*;|\bALLOW\s+FILTERING\b|\bCONSISTENCY\b|\bPRAGMA\s+\w+|\bsqlite_master\b|\bQUALIFY\b|\bSTORED\s+AS\b|\bUNNEST\s*\(.*\bWITH\s+OFFSET|\bSAFE_CAST\b|\bSHOW\s+(?:POOLS|CLIENTS|SERVERS|STATS|LISTS)\b|\bRELOAD\s*;|\bcrdb_internal\b|\bTABLESAMPLE\s+\(|\bDISTKEY\b|\bsvv_|\bstv_|\bstl_|\|\s*(?:where|summarize|stats|project)\b`)},
	{"postgres", regexp.MustCompile(`(?im)\bpg_\w+|::\w+|\bILIKE\b|\bRETURNING\b|\bcurrent_setting\s*\(|^\s*\\[a-z]|\bALTER\s+SYSTEM\s+(?:SET|RESET)\b|\bVACUUM\s*\(|\bROW\s+LEVEL\s+SECURITY\b|\bCREATE\s+(?:EXTENSION|POLICY|PUBLICATION|SUBSCRIPTION)|\bINTERVAL\s+'|\bCONCURRENTLY\b|\bAT\s+TIME\s+ZONE\b|\bDISTINCT\s+ON\b|\bcitus_|\btimescaledb|->>|@>`)},
}

// dialect is the dialect of SQL that a text is written in, as far as it shows;
// the label's otherwise.
func dialect(text, labelled string) string {
	if labelled != "" && labelled != "postgres" {
		return labelled
	}
	if len(text) > maxJudged {
		text = text[:maxJudged]
	}
	for _, d := range dialects {
		if d.marks.MatchString(text) {
			if labelled == "postgres" && d.name == "other" {
				continue
			}
			return d.name
		}
	}
	return labelled
}

// maxJudged bounds how much of a text is looked at, in bytes, to tell what it is.
const maxJudged = 20000
