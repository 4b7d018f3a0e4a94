package misuse

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var kafkaUsage = rule.Rule{
	ID: "kafka-usage", Title: "a tool of Kafka does what it is for", Severity: lint.Warning,
	Why: "the tool refuses it, or prints what it would do and does nothing",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if text, proposal := kafka(c); text != "" {
				report(rule.At(c, text, proposal))
			}
		}
	},
}

func kafka(c *script.Call) (text, proposal string) {
	tool, _ := strings.CutSuffix(c.Program, ".sh")
	if !strings.HasPrefix(tool, "kafka-") {
		return "", ""
	}
	switch {
	case addressed[tool] && len(c.Args) > 1 && !c.Flag("--bootstrap-server", "--zookeeper", "--bootstrap-controller", "--broker-list", "--help", "--version") && !elided(c):
		return tool + " is not told which cluster", "add --bootstrap-server HOST:PORT"
	case c.Flag("--zookeeper") && (tool == "kafka-topics" || tool == "kafka-configs" || tool == "kafka-reassign-partitions" || tool == "kafka-consumer-groups" || tool == "kafka-leader-election"):
		return tool + " has no option --zookeeper since Kafka 3", "use --bootstrap-server"
	case tool == "kafka-preferred-replica-election":
		return tool + " is gone since Kafka 3", "use kafka-leader-election --election-type preferred"
	case tool == "kafka-consumer-groups" && c.Flag("--reset-offsets"):
		switch {
		case !c.Flag("--topic", "--all-topics", "--from-file"):
			return "--reset-offsets needs the topics", "add --topic, or --all-topics"
		case !c.Flag("--execute", "--dry-run", "--export"):
			return "without --execute nothing is reset: the new offsets are only printed", "look at what it prints, then run it with --execute while the group is stopped"
		}
	case tool == "kafka-reassign-partitions" && c.Flag("--reassignment-json-file") && !c.Flag("--execute", "--verify", "--cancel"):
		return "kafka-reassign-partitions needs --execute, --verify or --cancel", "add the one that is meant"
	case tool == "kafka-leader-election" && !c.Flag("--election-type"):
		return "kafka-leader-election needs --election-type", "add --election-type preferred"
	}
	return "", ""
}

// addressed are tools that need the address of a broker.
var addressed = map[string]bool{"kafka-topics": true, "kafka-consumer-groups": true, "kafka-configs": true, "kafka-console-consumer": true, "kafka-console-producer": true, "kafka-reassign-partitions": true, "kafka-leader-election": true}
