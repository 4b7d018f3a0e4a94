package script

import "strings"

// redisValued are options of redis-cli that take a value.
var redisValued = map[string]bool{
	"-h": true, "-p": true, "-a": true, "-n": true, "-u": true, "-s": true, "-r": true, "-i": true, "-d": true, "-D": true, "-t": true,
	"--user": true, "--pass": true, "--pattern": true, "--count": true, "--cacert": true, "--cert": true, "--key": true, "--sni": true, "--eval": true, "--rdb": true,
}

// RedisCommand are the words that redis-cli sends.
func (c *Call) RedisCommand() []Word {
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

// RedisVerb is the command that redis-cli sends, or empty.
func (c *Call) RedisVerb() string {
	if words := c.RedisCommand(); len(words) > 0 && !words[0].Open {
		return strings.ToUpper(words[0].Text)
	}
	return ""
}
