package rules

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/script"
)

// redisValued are options of redis-cli that take a value.
var redisValued = map[string]bool{
	"-h": true, "-p": true, "-a": true, "-n": true, "-u": true, "-s": true, "-r": true, "-i": true, "-d": true, "-D": true, "-t": true,
	"--user": true, "--pass": true, "--pattern": true, "--count": true, "--cacert": true, "--cert": true, "--key": true, "--sni": true, "--eval": true, "--rdb": true,
}

// redisCommand are the words that redis-cli sends.
func redisCommand(c *script.Call) []script.Word {
	for i := 0; i < len(c.Args); i++ {
		text := c.Args[i].Text
		switch {
		case redisValued[text]:
			i++
		case strings.HasPrefix(text, "-") && len(text) > 1:
		default:
			return c.Args[i:]
		}
	}
	return nil
}

// redisVerb is the command that redis-cli sends, or empty.
func redisVerb(c *script.Call) string {
	if words := redisCommand(c); len(words) > 0 && !words[0].Open {
		return strings.ToUpper(words[0].Text)
	}
	return ""
}
