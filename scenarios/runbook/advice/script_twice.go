package advice

import (
	"fmt"
	"path"
	"regexp"
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	ownScript = regexp.MustCompile(`(?:^|[\s;&|(])(?:\./)?((?:[\w-]+/)+([\w-]+\.(?:sh|py|rb)))\b`)
	anyScript = regexp.MustCompile(`^(?:setup|run|build|start|stop|install|init|main|test|deploy|entrypoint|index|cli|__init__)\b`)
	urls      = regexp.MustCompile(`https?://\S+`)
)

var scriptTwice = rule.Rule{
	ID: "script-twice", Title: "a script is in one place", Severity: lint.Warning,
	Why: "one of the two paths is wrong, or the two do something else",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		places := map[string]map[string]int{}
		for i, s := range in.Statements {
			if s.Kind != document.Command || len(s.Text) > 8<<10 || !strings.Contains(s.Text, "/") {
				continue
			}
			for _, m := range ownScript.FindAllStringSubmatch(urls.ReplaceAllString(s.Text, " "), 4) {
				if anyScript.MatchString(m[2]) {
					continue
				}
				if places[m[2]] == nil {
					places[m[2]] = map[string]int{}
				}
				if _, found := places[m[2]][m[1]]; !found {
					places[m[2]][m[1]] = i
				}
			}
		}
		var all []string
		for name := range places {
			all = append(all, name)
		}
		sort.Strings(all)
		for _, name := range all {
			if len(places[name]) != 2 {
				continue
			}
			var dirs []string
			for p := range places[name] {
				dirs = append(dirs, p)
			}
			sort.Slice(dirs, func(i, j int) bool { return places[name][dirs[i]] < places[name][dirs[j]] })
			if strings.HasSuffix(dirs[0], "/"+dirs[1]) || strings.HasSuffix(dirs[1], "/"+dirs[0]) {
				continue // one begins further up
			}
			report(in.On(places[name][dirs[1]], fmt.Sprintf("%s is in %s here and in %s elsewhere", name, path.Dir(dirs[1]), path.Dir(dirs[0])), "write one path"))
		}
	},
}
