package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var awsUsage = rule.Rule{
	ID: "aws-usage", Title: "a command of aws does what it is for", Severity: lint.Warning,
	Why: "the command is refused, or is accepted and changes nothing now",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "aws" || c.Flag("--cli-input-json", "--cli-input-yaml", "--generate-cli-skeleton") || elided(c) {
				continue
			}
			words := c.Words()
			if len(words) < 2 {
				continue
			}
			command := words[0].Text + " " + words[1].Text
			for _, group := range required[command] {
				if !c.Flag(strings.Fields(group)...) {
					report(rule.At(c, fmt.Sprintf("aws %s needs %s", command, strings.Join(strings.Fields(group), " or ")), "add it"))
				}
			}
			if text, proposal := ineffective(c, command); text != "" {
				report(rule.At(c, text, proposal))
			}
		}
	},
}

// elided tells whether the rest of a command is left to the reader.
func elided(c *script.Call) bool {
	for _, a := range c.Args {
		if strings.Contains(a.Text, "...") || strings.Contains(a.Text, "…") || strings.HasPrefix(a.Text, "$") || strings.HasPrefix(a.Text, "[") {
			return !strings.HasPrefix(a.Text, "$(") && a.Text[0] != '$'
		}
	}
	return false
}

// required are options without which a command is refused, or does nothing: of
// each group one. They are those of AWS CLI 2, of what runbooks use.
var required = map[string][]string{
	"secretsmanager update-secret":             {"--secret-id", "--secret-string --secret-binary --kms-key-id --description"},
	"secretsmanager put-secret-value":          {"--secret-id", "--secret-string --secret-binary"},
	"secretsmanager get-secret-value":          {"--secret-id"},
	"cloudwatch get-metric-statistics":         {"--namespace", "--metric-name", "--start-time", "--end-time", "--period"},
	"cloudwatch put-metric-alarm":              {"--alarm-name", "--evaluation-periods", "--comparison-operator"},
	"cloudwatch set-alarm-state":               {"--alarm-name", "--state-value", "--state-reason"},
	"logs start-query":                         {"--start-time", "--end-time", "--query-string"},
	"logs filter-log-events":                   {"--log-group-name --log-group-identifier"},
	"logs get-log-events":                      {"--log-stream-name", "--log-group-name --log-group-identifier"},
	"logs describe-log-streams":                {"--log-group-name --log-group-identifier"},
	"ecs describe-services":                    {"--services"},
	"ecs describe-tasks":                       {"--tasks"},
	"ecs update-service":                       {"--service"},
	"ecs stop-task":                            {"--task"},
	"ecs run-task":                             {"--task-definition"},
	"ecs describe-task-definition":             {"--task-definition"},
	"ecs execute-command":                      {"--task", "--command", "--interactive"},
	"elbv2 describe-target-health":             {"--target-group-arn"},
	"elbv2 modify-listener":                    {"--listener-arn"},
	"rds modify-db-instance":                   {"--db-instance-identifier"},
	"rds reboot-db-instance":                   {"--db-instance-identifier"},
	"rds failover-db-cluster":                  {"--db-cluster-identifier"},
	"rds promote-read-replica":                 {"--db-instance-identifier"},
	"rds create-db-snapshot":                   {"--db-snapshot-identifier", "--db-instance-identifier"},
	"rds restore-db-instance-from-db-snapshot": {"--db-instance-identifier", "--db-snapshot-identifier --db-cluster-snapshot-identifier"},
	"rds restore-db-instance-to-point-in-time": {"--target-db-instance-identifier", "--restore-time --use-latest-restorable-time", "--source-db-instance-identifier --source-dbi-resource-id --source-db-instance-automated-backups-arn"},
	"rds download-db-log-file-portion":         {"--db-instance-identifier", "--log-file-name"},
	"autoscaling set-desired-capacity":         {"--auto-scaling-group-name", "--desired-capacity"},
	"autoscaling update-auto-scaling-group":    {"--auto-scaling-group-name"},
	"ec2 terminate-instances":                  {"--instance-ids"},
	"ec2 reboot-instances":                     {"--instance-ids"},
	"ec2 stop-instances":                       {"--instance-ids"},
	"ec2 create-snapshot":                      {"--volume-id"},
	"ec2 modify-volume":                        {"--volume-id"},
	"lambda invoke":                            {"--function-name"},
	"lambda update-function-code":              {"--function-name"},
	"lambda update-function-configuration":     {"--function-name"},
	"lambda put-function-concurrency":          {"--function-name", "--reserved-concurrent-executions"},
	"lambda update-alias":                      {"--function-name", "--name"},
	"route53 change-resource-record-sets":      {"--hosted-zone-id", "--change-batch"},
	"route53 list-resource-record-sets":        {"--hosted-zone-id"},
	"s3api put-object":                         {"--bucket", "--key"},
	"s3api list-object-versions":               {"--bucket"},
	"sns publish":                              {"--message", "--topic-arn --target-arn --phone-number"},
	"sqs get-queue-attributes":                 {"--queue-url"},
	"sqs receive-message":                      {"--queue-url"},
	"sqs purge-queue":                          {"--queue-url"},
	"dynamodb describe-table":                  {"--table-name"},
	"dynamodb update-table":                    {"--table-name"},
	"dynamodb restore-table-from-backup":       {"--target-table-name", "--backup-arn"},
	"dynamodb restore-table-to-point-in-time":  {"--target-table-name", "--source-table-name --source-table-arn", "--restore-date-time --use-latest-restorable-time"},
	"elasticache describe-events":              {},
	"elasticache test-failover":                {"--replication-group-id", "--node-group-id"},
	"cloudfront create-invalidation":           {"--distribution-id", "--paths --invalidation-batch"},
	"cloudformation update-stack":              {"--stack-name", "--template-body --template-url --use-previous-template"},
	"cloudformation delete-stack":              {"--stack-name"},
	"ssm start-session":                        {"--target"},
	"ssm get-parameter":                        {"--name"},
	"ssm put-parameter":                        {"--name", "--value"},
	"ssm send-command":                         {"--document-name", "--instance-ids --targets"},
	"backup start-restore-job":                 {"--recovery-point-arn", "--metadata"},
	"wafv2 get-web-acl":                        {"--scope --arn"},
	"wafv2 list-web-acls":                      {"--scope"},
	"wafv2 update-ip-set":                      {"--name", "--scope", "--id", "--addresses", "--lock-token"},
	"iam update-access-key":                    {"--access-key-id", "--status"},
	"iam delete-access-key":                    {"--access-key-id"},
}

// deferred are commands whose changes wait for the maintenance window, and the
// options that do.
var deferred = map[string][]string{
	"rds modify-db-instance":               {"--db-instance-class", "--allocated-storage", "--iops", "--storage-type", "--engine-version", "--multi-az", "--db-parameter-group-name"},
	"rds modify-db-cluster":                {"--engine-version", "--db-cluster-instance-class"},
	"elasticache modify-replication-group": {"--cache-node-type", "--engine-version"},
	"elasticache modify-cache-cluster":     {"--cache-node-type", "--num-cache-nodes", "--engine-version"},
}

var seconds = regexp.MustCompile(`\+%s(?:$|[^0-9N*]+$)|^\d{10}$`)

// ineffective says why a command does not do what it is run for.
func ineffective(c *script.Call, command string) (text, proposal string) {
	if names := deferred[command]; c.Flag(names...) && len(names) > 0 && !c.Flag("--apply-immediately", "--no-apply-immediately") {
		return fmt.Sprintf("aws %s changes this in the next maintenance window, not now", command), "add --apply-immediately, and say whether it interrupts the service"
	}
	switch command {
	case "logs filter-log-events", "logs get-log-events":
		for _, name := range []string{"--start-time", "--end-time"} {
			if w, ok := c.Value(name); ok && seconds.MatchString(strings.TrimRight(w.Text, `)"'`)) {
				return fmt.Sprintf("aws %s reads milliseconds, and is given seconds: that is in January 1970", command), "append 000 to the seconds"
			}
		}
	case "ecs update-service":
		others := 0
		for _, a := range c.Args {
			if strings.HasPrefix(a.Text, "--") && !strings.HasPrefix(a.Text, "--service") && !strings.HasPrefix(a.Text, "--cluster") && !strings.HasPrefix(a.Text, "--region") && !strings.HasPrefix(a.Text, "--profile") && !strings.HasPrefix(a.Text, "--output") && !strings.HasPrefix(a.Text, "--query") {
				others++
			}
		}
		if others == 0 {
			return "aws ecs update-service is told no change, and makes none", "add --force-new-deployment to restart the tasks"
		}
	case "lambda update-function-configuration":
		if w, ok := c.Value("--environment"); ok && strings.Contains(w.Text, "Variables") && !strings.HasPrefix(w.Text, "$") {
			return "--environment replaces all variables of the function, not these alone", "read them with get-function-configuration first and send all"
		}
	}
	return "", ""
}
