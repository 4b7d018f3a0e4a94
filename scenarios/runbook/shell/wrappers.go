package shell

import "strings"

// valued are the options of wrappers that a value follows.
var valued = map[string]string{
	"sudo":    "-u -g -h -p -C -D -R -T -U --user --group",
	"doas":    "-u -C",
	"env":     "-u -C -S --unset --chdir",
	"timeout": "-s -k --signal --kill-after",
	"nice":    "-n --adjustment",
	"ionice":  "-c -n -p -t",
	"watch":   "-n --interval",
	"xargs":   "-I -n -P -L -d -E -s -a --max-args --max-procs --max-lines --delimiter --replace --arg-file",
	"ssh":     "-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w",
	"docker":  "-e -u -w --env --user --workdir --env-file --detach-keys -f --file -p --project-name --index",
	"runuser": "-u -g --user --group",
	"chroot":  "--userspec --groups",
	"strace":  "-e -o -p -s -f",
	"flock":   "-w --timeout",
	"setsid":  "",
	"stdbuf":  "-i -o -e",
}

// started is what a program starts in its turn: words, or a text that a shell
// reads, and where, if that is another place.
func started(c Call) (words []string, script string, place Place) {
	args := c.Args
	switch c.Program {
	case "sudo", "doas", "env", "nice", "ionice", "stdbuf", "setsid", "strace":
		return skip(args, valued[c.Program]), "", ""
	case "nohup", "time", "command", "exec", "eval", "builtin":
		return skip(args, ""), "", ""
	case "timeout", "chroot", "flock":
		if rest := skip(args, valued[c.Program]); len(rest) > 1 {
			return rest[1:], "", ""
		}
	case "watch":
		rest := skip(args, valued["watch"])
		if len(rest) == 1 {
			return nil, rest[0], ""
		}
		return rest, "", ""
	case "xargs", "parallel":
		return skip(args, valued["xargs"]), "", ""
	case "bash", "sh", "zsh", "dash", "ksh":
		if text, found := afterC(args); found {
			return nil, text, ""
		}
		if len(args) == 0 || args[0] == "-s" || args[0] == "-" {
			return nil, c.Input, ""
		}
	case "su":
		if text, found := afterC(args); found {
			return nil, text, ""
		}
	case "runuser":
		if text, found := afterC(args); found {
			return nil, text, ""
		}
		return skip(args, valued["runuser"]), "", ""
	case "ssh":
		rest := skip(args, valued["ssh"])
		if len(rest) == 1 {
			return nil, c.Input, Host
		}
		if len(rest) > 1 {
			return nil, strings.Join(rest[1:], " "), Host
		}
	case "kubectl", "oc", "k":
		if verb := firstVerb(args); verb == "exec" || verb == "run" || verb == "debug" {
			for i, a := range args {
				if a == "--" {
					return args[i+1:], "", Pod
				}
			}
		}
	case "docker", "podman", "nerdctl", "docker-compose":
		return inContainer(args), "", Container
	}
	return nil, "", ""
}

// skip drops the options in front of a command.
func skip(args []string, withValue string) []string {
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			return args[i+1:]
		case strings.HasPrefix(a, "-") && len(a) > 1:
			for _, o := range strings.Fields(withValue) {
				if a == o {
					i++
				}
			}
		default:
			return args[i:]
		}
	}
	return nil
}

// afterC is the text behind -c, which may stand in one word with others: -lc.
func afterC(args []string) (string, bool) {
	for i, a := range args {
		if strings.HasPrefix(a, "-") && !strings.HasPrefix(a, "--") && strings.HasSuffix(a, "c") && i+1 < len(args) || a == "--command" && i+1 < len(args) {
			return args[i+1], true
		}
	}
	return "", false
}

func firstVerb(args []string) string {
	for i := 0; i < len(args); i++ {
		if !strings.HasPrefix(args[i], "-") {
			return args[i]
		}
		if a := args[i]; a == "-n" || a == "--namespace" || a == "--context" || a == "--kubeconfig" || a == "--as" || a == "-s" || a == "--cluster" {
			i++
		}
	}
	return ""
}

// inContainer is what docker exec runs: behind the options and the container.
func inContainer(args []string) []string {
	for i, a := range args {
		switch a {
		case "exec":
			if rest := skip(args[i+1:], valued["docker"]); len(rest) > 1 {
				return rest[1:]
			}
			return nil
		case "run", "ps", "logs", "stop", "start", "build", "pull":
			return nil
		}
	}
	return nil
}
