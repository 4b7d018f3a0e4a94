package blocks

import (
	"regexp"
	"strings"
)

var programming = []struct {
	language string
	line     *regexp.Regexp
}{
	{"python", regexp.MustCompile(`^\s*(?:import [\w.]+(?: as \w+)?$|from [\w.]+ import |(?:async )?def \w+\(.*\).*:$|class \w+.*:$|if __name__|(?:for|while|if|elif|with|try|except)\b.*:$|print\(|return\b|await |@\w+|[a-z_]\w* = \w[\w.]*\(|[A-Z_]{3,} = )`)},
	{"javascript", regexp.MustCompile(`^\s*(?:(?:export )?(?:const|let|var) [\w{]|import .* from ['"]|export (?:default|function|const)|(?:async )?function \w*\(|.*=>\s*[{(]?$|await \w|console\.\w+\(|\}\);?$|return\b.*;$|[\w.]+\(.*\);$)`)},
	{"go", regexp.MustCompile(`^\s*(?:package \w+$|func [\w(]|import \(|.*\s:=\s|if err != nil|type \w+ (?:struct|interface))`)},
	{"ruby", regexp.MustCompile(`^\s*(?:require ['"]|def \w+|end$|puts |[A-Z]\w+(?:::[A-Z]\w+)+\.?|[A-Z]\w+\.(?:find|where|all|new|find_by|first|last|count)\b|.*\bdo(?: \|[^|]+\|)?$|[a-z_]\w* = [A-Z]\w+[.:])`)},
	{"java", regexp.MustCompile(`^\s*(?:public|private|protected) |^\s*import [\w.]+;$|^\s*@\w+|^\s*\w+(?:<[^>]*>)? \w+ = new `)},
	{"php", regexp.MustCompile(`<\?php|^\s*\$\w+ = .*;$|^\s*\$\w+->`)},
	{"dockerfile", regexp.MustCompile(`^(?:FROM \S+(?::\S+)?(?: AS \w+)?$|RUN |COPY |ENTRYPOINT |WORKDIR |EXPOSE \d|CMD \[)`)},
}

var (
	cmdlet      = regexp.MustCompile(`(?:^|[\s|(={;])(?:Get|Set|New|Remove|Add|Invoke|Start|Stop|Restart|Test|Write|Import|Export|Connect|Disconnect|Select|Where|ForEach|Format|Out|Update|Register|Enable|Disable|Install|Clear|Wait|Resume|Suspend|Move|Copy|Convert|ConvertTo|ConvertFrom|Measure|Sort|Group|Enter|Exit|Find|Grant|Revoke|Resolve|Restore|Backup|Mount|Dismount|Repair|Reset|Send|Show|Sync|Trace|Unregister|Read)-[A-Z][A-Za-z]+\b`)
	psVariable  = regexp.MustCompile(`^\s*\$[A-Za-z]\w*\s*\+?=\s`)
	psCode      = regexp.MustCompile(`\[PSCustomObject\]|\$_\.|\s-(?:eq|ne|gt|lt|like|match)\s|\$env:\w+|^\s*param\s*\(|<#`)
	batchLine   = regexp.MustCompile(`(?i)^\s*(?:@echo off|rem |net (?:start|stop|use)|sc (?:query|start|stop)|%\w+%|set \w+=|dir [A-Z]:\\|ipconfig\b|taskkill\b|wmic\b|icacls\b|reg (?:add|query))`)
	promql      = regexp.MustCompile(`^\s*(?:(?:sum|avg|max|min|count|topk|bottomk|stddev|quantile|group|rate|irate|increase|delta|histogram_quantile|absent|changes|predict_linear|label_replace|\w+_over_time|clamp_max|clamp_min|vector|time)\s*(?:(?:by|without)\s*\([^)]*\)\s*)?\(|[a-zA-Z_:][\w:]*\s*\{[^}]*\}|[a-z][a-z0-9]*(?:_[a-z0-9]+)+\s*(?:[<>=!]=?|\[|$|[-+*/] ))`)
	promStrong  = regexp.MustCompile(`\[\d+[smhdwy](?::\d*[smhdwy]?)?\]|\b(?:by|without)\s*\(|\{\w+\s*(?:=~|!~|!=|=)\s*"|_(?:total|bucket|seconds|bytes|count|sum)\b`)
	logql       = regexp.MustCompile(`^\s*\{\s*\w+\s*(?:=~|!~|!=|=)\s*"[^"]*"[^}]*\}\s*(?:\|[=~]|!=|!~|\||$)`)
	kql         = regexp.MustCompile(`(?m)^\s*\|\s*(?:where|summarize|project|extend|order by|sort by|top|take|count|join|render|parse|mv-expand|distinct)\b`)
	spl         = regexp.MustCompile(`^\s*(?:search\s+)?index=\S+|^\s*(?:fields|filter|stats|parse)\s+@?\w+.*$|^\s*source\s*=\s*\S+.*\|`)
	httpRequest = regexp.MustCompile(`^\s*(?:GET|POST|PUT|PATCH|DELETE|HEAD)\s+/\S*(?:\s+HTTP/[\d.]+)?\s*$`)
	statusLine  = regexp.MustCompile(`^\s*HTTP/[\d.]+ \d{3}`)
	tagLine     = regexp.MustCompile(`^\s*</?[A-Za-z][\w.-]*(?:\s[^<>]*)?/?>`)
	traceLine   = regexp.MustCompile(`^\s+at [\w.$]+\(|^Traceback|^\s+File "[^"]+", line \d+|^goroutine \d+|^Caused by:`)
	diffLine    = regexp.MustCompile(`^(?:diff --git|@@ -\d|--- a/|\+\+\+ b/)`)
)

// program recognises a program in another language, a query of a monitoring
// system, markup.
func (s *splitter) program() (Piece, bool) {
	body, cmdlets, ps := 0, 0, 0
	shell, tags, requests, batch := 0, 0, 0, 0
	votes := map[string]int{}
	for _, l := range s.lines {
		t := strings.TrimSpace(l)
		if t == "" || strings.HasPrefix(t, "#") && !strings.HasPrefix(t, "#!") || strings.HasPrefix(t, "//") {
			continue
		}
		body++
		if len(l) > maxPromptLine {
			continue
		}
		bump(&cmdlets, cmdlet.MatchString(l))
		bump(&ps, psVariable.MatchString(l) || psCode.MatchString(l))
		bump(&shell, evidence(l) >= 3)
		bump(&batch, batchLine.MatchString(l))
		bump(&tags, tagLine.MatchString(l))
		bump(&requests, httpRequest.MatchString(l) || statusLine.MatchString(l))
		for _, p := range programming {
			if p.line.MatchString(l) {
				votes[p.language]++
			}
		}
		if traceLine.MatchString(l) {
			return s.whole(Output, "", Sure), true
		}
		if diffLine.MatchString(l) && body < 3 {
			return s.whole(Code, "diff", Sure), true
		}
	}
	if body == 0 {
		return Piece{}, false
	}
	switch {
	case cmdlets > 0 && shell <= cmdlets && (ps > 0 || cmdlets*2 >= body):
		return s.whole(PowerShell, "", Sure), true
	case batch*2 > body:
		return s.whole(Batch, "", Sure), true
	case tags*2 > body:
		return s.whole(Markup, "", Likely), true
	case requests > 0 && httpRequest.MatchString(s.first()) || statusLine.MatchString(s.first()):
		if statusLine.MatchString(s.first()) {
			return s.whole(Output, "http", Sure), true
		}
		return s.whole(Console, "http", Sure), true
	}
	best, most := "", 0
	for _, p := range programming {
		if votes[p.language] > most {
			best, most = p.language, votes[p.language]
		}
	}
	if most >= 2 && most*3 >= body && shell*2 < most || most == body && shell == 0 && body > 1 {
		return s.whole(Code, best, Sure), true
	}
	return Piece{}, false
}

// monitoring recognises a query of a monitoring system.
func (s *splitter) monitoring() (Piece, bool) {
	first := s.first()
	text := strings.Join(s.lines, "\n")
	if len(text) > maxJudged {
		return Piece{}, false
	}
	switch {
	case logql.MatchString(first):
		return s.whole(Query, "logql", Sure), true
	case kql.MatchString(text) && evidence(first) < 2:
		return s.whole(Query, "kql", Sure), true
	case spl.MatchString(first) && (strings.Contains(text, "|") || strings.Contains(text, "@")) && evidence(first) < 3:
		return s.whole(Query, "log", Sure), true
	case promql.MatchString(first) && promStrong.MatchString(text) && !keyValue.MatchString(first) && evidence(first) < 3:
		return s.whole(Query, "promql", Sure), true
	}
	return Piece{}, false
}

// first is the first line that says something.
func (s *splitter) first() string {
	for _, l := range s.lines {
		if t := strings.TrimSpace(l); t != "" && !strings.HasPrefix(t, "#") && !strings.HasPrefix(t, "//") && !strings.HasPrefix(t, "--") {
			return l
		}
	}
	return ""
}
