package script

import "strings"

// helmValued are options of helm that take a value.
var helmValued = map[string]bool{
	"-n": true, "--namespace": true, "-f": true, "--values": true, "--set": true, "--set-string": true, "--set-file": true, "--version": true, "--timeout": true, "--kube-context": true,
	"--kubeconfig": true, "-o": true, "--output": true, "--max": true, "--revision": true, "--description": true, "--repo": true, "--history-max": true, "--set-json": true, "--post-renderer": true,
}

// HelmWords are the words of a helm command that are neither options nor their values.
func (c *Call) HelmWords() []Word {
	var list []Word
	for i := 0; i < len(c.Args); i++ {
		switch text := c.Args[i].Text; {
		case helmValued[text]:
			i++
		case strings.HasPrefix(text, "-"):
		default:
			list = append(list, c.Args[i])
		}
	}
	return list
}
