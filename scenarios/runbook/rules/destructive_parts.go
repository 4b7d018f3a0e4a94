package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/script"
)

// inCloud says what commands of aws destroy.
var inCloud = map[string]string{
	"ec2 terminate-instances":              "terminates the instances and deletes their disks",
	"ec2 delete-volume":                    "deletes the data of the volume",
	"rds delete-db-instance":               "deletes the database",
	"rds delete-db-cluster":                "deletes the databases",
	"dynamodb delete-table":                "deletes the table with its items",
	"sqs purge-queue":                      "deletes every message that nobody has handled",
	"logs delete-log-group":                "deletes the logs of the incident too",
	"cloudformation delete-stack":          "deletes everything that the stack made",
	"elasticache delete-cache-cluster":     "deletes the cache",
	"elasticache delete-replication-group": "deletes the cache and its replicas",
	"kms schedule-key-deletion":            "makes everything unreadable that the key encrypts",
}

// destroysInCloud is destroys for aws.
func destroysInCloud(c *script.Call, say string) (text, proposal string) {
	command := c.Word(0) + " " + c.Word(1)
	if what := inCloud[command]; what != "" && !c.Flag("--dry-run") && (!strings.HasPrefix(command, "rds ") || c.Flag("--skip-final-snapshot")) {
		return fmt.Sprintf("aws %s %s", command, what), say
	}
	switch {
	case command == "s3 rm" && c.Flag("--recursive") && !c.Flag("--dryrun"):
		return "aws s3 rm --recursive deletes all objects below the prefix", say
	case command == "s3 rb" && c.Flag("--force"):
		return "aws s3 rb --force deletes the bucket with all its objects", say
	case command == "s3 sync" && c.Flag("--delete") && !c.Flag("--dryrun"):
		return "aws s3 sync --delete deletes what the source lacks", "run it with --dryrun first"
	}
	return "", ""
}

var (
	walFiles = regexp.MustCompile(`/pg_(?:wal|xlog|clog|xact)(?:/|$)`)
	dataDir  = regexp.MustCompile(`^/(?:var/lib|data|mnt|srv)/\S*(?:postgres\w*|pgdata|mysql|redis|kafka|elasticsearch|etcd|mongo\w*|prometheus|zookeeper|rabbitmq)\b`)
)

// removes is destroys for rm.
func removes(c *script.Call) (text, proposal string) {
	for _, w := range c.Words() {
		switch {
		case walFiles.MatchString(w.Text):
			return "without its write-ahead log Postgres does not start again, and what was not written yet is lost", "free space elsewhere, find what keeps the log (pg_replication_slots, archive_command), and let a checkpoint remove it"
		case c.Flag("-r", "-R", "--recursive") && (w.Text == "/tmp/*" || w.Text == "/var/tmp/*"):
			return "rm -r " + w.Text + " takes the files and sockets that running programs work with", "delete by age: find " + strings.TrimSuffix(w.Text, "/*") + " -mtime +7"
		case c.Flag("-r", "-R", "--recursive") && dataDir.MatchString(w.Text):
			return fmt.Sprintf("rm -r %s deletes the data of the server", w.Text), "move it aside, and say how to make sure that another copy is whole"
		}
	}
	return "", ""
}
