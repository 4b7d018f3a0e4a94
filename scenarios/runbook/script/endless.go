package script

import "strings"

// Endless is the command that runs until it is stopped, or empty.
func (c *Call) Endless() string {
	switch c.Program {
	case "kubectl", "oc":
		switch c.Word(0) {
		case "logs":
			if c.Flag("-f", "--follow") && !c.Has("--follow=false", "-f=false") {
				return c.Program + " logs -f"
			}
		case "get", "events":
			if c.Flag("-w", "--watch", "--watch-only") && !c.Has("--watch=false", "-w=false") {
				return c.Program + " " + c.Word(0) + " -w"
			}
		case "port-forward":
			return c.Program + " port-forward"
		case "proxy":
			return c.Program + " proxy"
		}
	case "docker", "podman", "docker-compose":
		sub := c.Word(0)
		if sub == "compose" || sub == "service" || sub == "container" {
			sub = c.Word(1)
		}
		switch {
		case sub == "logs" && c.Flag("-f", "--follow"):
			return c.Program + " logs -f"
		case sub == "stats" && !c.Has("--no-stream", "--no-stream=true"):
			return c.Program + " stats"
		case sub == "events" && !c.Flag("--until"):
			return c.Program + " events"
		}
	case "tail":
		if c.Flag("-f", "-F", "--follow") && !c.Flag("--pid") {
			return "tail -f"
		}
	case "journalctl":
		if c.Flag("-f", "--follow") {
			return "journalctl -f"
		}
	case "watch":
		return "watch"
	case "top", "htop", "iotop", "atop", "nethogs", "iftop":
		if c.Program == "top" && (c.Flag("-b") || c.Flag("-n") || c.Flag("-l")) || c.Program == "iotop" && c.Flag("-b") {
			return ""
		}
		return c.Program
	case "redis-cli":
		for _, a := range c.Args {
			switch a.Text {
			case "--latency", "--latency-history", "--latency-dist":
				// Without a terminal it stops after a second; a pipe is none.
				if a.Text != "--latency" || c.Next() == nil && !c.Flag("--raw", "--csv") && len(c.Redirects) == 0 {
					return "redis-cli " + a.Text
				}
			case "--stat":
				return "redis-cli --stat"
			}
		}
		if strings.EqualFold(c.RedisVerb(), "monitor") {
			return "redis-cli MONITOR"
		}
	case "dokku", "heroku":
		if c.Word(0) == "logs" && c.Flag("-t", "--tail") {
			return c.Program + " logs --tail"
		}
	case "pm2":
		if c.Word(0) == "logs" && !c.Flag("--nostream") {
			return "pm2 logs"
		}
	case "npm", "yarn", "pnpm":
		if name := strings.TrimPrefix(strings.TrimPrefix(c.String(), c.Program+" "), "run "); name == "dev" || name == "start" || name == "serve" {
			return c.String()
		}
	case "flask":
		if c.Word(0) == "run" {
			return "flask run"
		}
	case "kafka-console-consumer", "kafka-console-consumer.sh":
		if !c.Flag("--max-messages", "--timeout-ms") {
			return c.Program
		}
	case "aws":
		if c.Word(0) == "logs" && c.Word(1) == "tail" && c.Flag("--follow") {
			return "aws logs tail --follow"
		}
	case "stern", "kubetail":
		if !c.Flag("--no-follow") {
			return c.Program
		}
	case "vmstat", "iostat", "mpstat":
		// A number alone is the interval; a second one would end it.
		if n := len(c.Words()); n == 1 && c.Word(0)[0] >= '1' && c.Word(0)[0] <= '9' {
			return c.Program + " " + c.Word(0)
		}
	case "tcpdump":
		if !c.Flag("-c") && !c.Flag("-r") && !c.Flag("-D", "-L", "-d") {
			return "tcpdump"
		}
	case "openssl":
		if c.Word(0) == "s_client" && !c.Input && c.Stage == 0 {
			return "openssl s_client"
		}
	case "telnet":
		if !c.Input && c.Stage == 0 && len(c.Args) > 0 {
			return "telnet"
		}
	case "ping":
		if !c.Flag("-c", "-w") && len(c.Args) > 0 {
			return "ping"
		}
	}
	return ""
}
