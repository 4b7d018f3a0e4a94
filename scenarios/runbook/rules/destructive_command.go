package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var destructiveCommand = rule.Rule{
	ID: "destructive-command", Title: "a destructive command is guarded", Severity: lint.Warning,
	Why: "it is run as printed, at night, and what it removes does not come back",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.All() {
			if in.Statements[c.Statement].Block < 0 && !in.Step(c.Statement) {
				continue // an example, or a warning
			}
			text, proposal := destroys(c)
			if text == "" || in.Guarded(c.Statement) && (c.Program != "rm" || !walFiles.MatchString(c.String()) || forbidden(in, c.Statement)) {
				continue
			}
			report(rule.At(c, text, proposal))
		}
	},
}

var (
	// single are what runs one replica by design.
	single = regexp.MustCompile(`(?:operator|controller|scheduler|manager)\b`)
	// ordinal is the name of a StatefulSet's pod.
	ordinal = regexp.MustCompile(`^[a-z][a-z0-9-]*[a-z]-\d$`)
)

// warns are words that forbid; that something is cleaned up is none.
var warns = regexp.MustCompile(`(?i)\b(?:warning|danger\w*|hazard\w*|never|do not|don't|last resort|caution|extreme\w*|irreversibl\w*)\b|⚠`)

// forbidden tells whether the text right before a statement warns.
func forbidden(in *rule.Input, i int) bool {
	for j := max(i-8, 0); j <= i; j++ {
		if warns.MatchString(in.Statements[j].Text) || warns.MatchString(in.Statements[j].Purpose) {
			return true
		}
	}
	return false
}

// dropsDocuments deletes all documents of a collection, or of a database.
var dropsDocuments = regexp.MustCompile(`\bdb\.(?:dropDatabase\(|\w+\.(?:drop\(|(?:deleteMany|remove)\(\s*\{\s*\}))`)

// allContainers is the list of all containers as an argument.
var allContainers = regexp.MustCompile(`\$\(docker ps -a?qa?\)`)

// lasting are kinds of objects that hold data, or other objects.
var lasting = regexp.MustCompile(`^(?:pvc|persistentvolumeclaims?|pv|persistentvolumes?|ns|namespaces?|crds?|customresourcedefinitions?|all)(?:/|$)`)

// destroys says what a command destroys beyond what it names, and what to write
// instead.
func destroys(c *script.Call) (text, proposal string) {
	const say = "say what must be checked and saved before, and what it takes away"
	switch c.Program {
	case "redis-cli":
		switch verb := c.RedisVerb(); verb {
		case "FLUSHALL":
			return "FLUSHALL empties every database of this Redis, sessions, queues and locks of others too", "delete by a pattern, or say that nothing else lives there"
		case "FLUSHDB":
			return "FLUSHDB empties the whole database, not the cache alone", "delete by a pattern, or say that nothing else lives there"
		}
	case "kubectl", "oc":
		if c.Word(0) != "delete" || c.Flag("--dry-run") {
			return "", ""
		}
		kind := strings.ToLower(c.Word(1))
		switch {
		case lasting.MatchString(kind):
			return fmt.Sprintf("%s delete %s takes the data, or everything inside, with it", c.Program, kind), say
		case c.Flag("-l", "--selector") && (single.MatchString(c.String()) || c.Flag("--field-selector")):
		case strings.HasPrefix(kind, "pod/") || kind == "pod" && c.Flag("--force") && ordinal.MatchString(c.Word(2)):
			if name := strings.TrimPrefix(kind, "pod/"); c.Flag("--force") && (kind == "pod" || ordinal.MatchString(name)) {
				return "force deletion of a StatefulSet's pod can leave two of one name running on the same data", "delete it without --force, or make sure that its node is gone"
			}
		case kind == "pod" && c.Flag("--force") && c.Flag("--grace-period"):
			return "force deletion removes the pod's name, and not the process: both can run side by side", "delete it without --force, or make sure that its node is gone"
		case strings.HasPrefix(kind, "pod") && (c.Flag("--all") || c.Flag("-l", "--selector")) || kind == "po" && c.Flag("--all", "-l"):
			return fmt.Sprintf("%s delete pods by label deletes all replicas at once", c.Program), "use rollout restart, which replaces them one by one, or name one pod"
		case c.Flag("--all"):
			return fmt.Sprintf("%s delete %s --all spares nothing in the namespace", c.Program, kind), "name what is to be deleted"
		}
	case "docker":
		line := c.String()
		switch {
		case (c.Word(0) == "rm" || c.Word(0) == "stop" || c.Word(0) == "kill") && allContainers.MatchString(line):
			return fmt.Sprintf("docker %s takes every container of the machine", c.Word(0)), "name those that are meant"
		case strings.Contains(line, "system prune") && c.Flag("--volumes"):
			return "docker system prune --volumes deletes the data of every stopped container", say
		case c.Word(0) == "volume" && (c.Word(1) == "rm" || c.Word(1) == "prune"):
			return fmt.Sprintf("docker volume %s deletes data", c.Word(1)), say
		case c.Word(0) == "compose" && c.Word(1) == "down" && c.Flag("-v", "--volumes"):
			return "docker compose down -v deletes the volumes, and the data in them", say
		}
	case "docker-compose":
		if c.Word(0) == "down" && c.Flag("-v", "--volumes") {
			return "docker-compose down -v deletes the volumes, and the data in them", say
		}
	case "rabbitmqctl":
		switch c.Word(0) {
		case "purge_queue", "reset", "force_reset", "delete_queue", "delete_vhost":
			return "rabbitmqctl " + c.Word(0) + " deletes messages that nobody has handled", say
		}
	case "terraform", "tofu":
		if c.Word(0) == "destroy" {
			return c.Program + " destroy deletes everything that the state knows", say
		}
	case "aws":
		return destroysInCloud(c, say)
	case "rm":
		return removes(c)
	case "truncate":
		if w, _ := c.Value("-s", "--size"); w.Text == "0" && strings.Contains(c.String(), "*") && strings.Contains(c.String(), "log") {
			return "truncate empties all these logs, those of the incident too", "copy what is needed first, and name those that are large"
		}
	case "mongosh", "mongo":
		if m := dropsDocuments.FindString(c.String()); m != "" {
			return m + " deletes everything in it", say
		}
	case "iptables", "ip6tables":
		if c.Flag("-F", "--flush") {
			return c.Program + " -F takes away every rule, and with a policy of DROP the way in", "delete the one rule that is meant"
		}
	case "argocd":
		if c.Word(0) == "app" && (c.Word(1) == "sync" && c.Flag("--force", "--prune") || c.Word(1) == "delete") {
			return "argocd app " + c.Word(1) + " deletes what is not in Git, or replaces what is", say
		}
	case "kafka-topics", "kafka-topics.sh":
		if c.Flag("--delete") {
			return "deleting a topic deletes all its messages", say
		}
	case "celery":
		if slices.ContainsFunc(c.Words(), func(w script.Word) bool { return w.Text == "purge" }) {
			return "celery purge deletes tasks that nobody has done", "name the queue, and say whose work is lost and how it is done again"
		}
	case "git":
		switch {
		case c.Word(0) == "reset" && c.Flag("--hard"):
			return "git reset --hard throws away what was changed on this machine", "look at git status first, and git stash what is there"
		case c.Word(0) == "clean" && c.Flag("-f", "--force") && c.Flag("-x", "-d"):
			return "git clean deletes what is not in Git, settings of this machine too", "run it with -n first"
		case c.Word(0) == "push" && c.Flag("-f", "--force") && !c.Flag("--force-with-lease"):
			return "git push --force overwrites what others pushed", "revert the commit, or use --force-with-lease"
		}
	case "reboot":
		return "reboot takes everything down that runs on the machine", "say what runs there, and how its load is moved away first"
	case "mongorestore":
		if c.Flag("--drop") {
			return "mongorestore --drop deletes the collections that are there", say
		}
	case "pg_restore":
		if c.Flag("--clean") || c.Flag("-c") {
			return "pg_restore --clean drops the tables that are there", say
		}
	case "dropdb":
		return "dropdb deletes the whole database", say
	case "mkfs", "mkfs.ext4", "mkfs.xfs", "wipefs":
		return c.Program + " erases the whole device", say
	case "dd":
		for _, a := range c.Args {
			if strings.HasPrefix(a.Text, "of=/dev/") && a.Text != "of=/dev/null" {
				return "dd overwrites the device " + strings.TrimPrefix(a.Text, "of="), say
			}
		}
	case "pkill", "killall":
		if c.Flag("-9", "-KILL") && c.Has("postgres", "postmaster") || c.Has("-9") && c.Has("postgres", "postmaster") {
			return c.Program + " -9 on Postgres is a crash: every session is lost and recovery begins", "use pg_terminate_backend for sessions, pg_ctl stop for the server"
		}
	}
	return "", ""
}
