package blocks

import (
	"encoding/json"
	"regexp"
	"strings"
)

var (
	yamlLine   = regexp.MustCompile(`^\s*(?:- )*["']?[A-Za-z_][\w./-]*["']?:(?:\s.*)?$|^\s*- \S.*$`)
	yamlDirect = regexp.MustCompile(`^(?:---|apiVersion:|kind:)`)
	iniSection = regexp.MustCompile(`^\s*\[{1,2}[\w.:@/"-]+(?: [\w.:@"-]+)?\]{1,2}\s*$`)
	iniEntry   = regexp.MustCompile(`^\s*[\w.][\w.\[\]:/-]*\s*=\s*\S?.*$`)
	property   = regexp.MustCompile(`^\s*[a-z][\w-]*(?:\.[\w\[\]-]+)+\s*[=:]\s*\S`)
	spaced     = regexp.MustCompile(`^\s*[A-Za-z_][\w.-]*\s+=\s*\S`)
	nginxBlock = regexp.MustCompile(`^\s*(?:server|location|upstream|http|events|stream|map|if|frontend|backend|listen|global|defaults)\b[^;]*\{\s*$`)
	nginxLine  = regexp.MustCompile(`^\s*[a-z][a-z_]+(?:\s+[^;{]+)?;\s*(?:#.*)?$`)
	hclBlock   = regexp.MustCompile(`^\s*(?:resource|module|variable|provider|data|output|terraform|locals|backend|job|group|task)\b(?:\s+"[^"]*")*\s*\{\s*$`)
	directive  = regexp.MustCompile(`^\s*[a-z][a-z0-9_-]*(?:\s+\S+)+\s*$`)
	hostLine   = regexp.MustCompile(`^\s*(?:\d{1,3}(?:\.\d{1,3}){3}|::1)\s+[\w.-]+`)
	hbaLine    = regexp.MustCompile(`^\s*(?:local|host|hostssl|hostnossl)\s+\S+\s+\S+.*\s(?:trust|reject|md5|scram-sha-256|password|peer|ident|cert)\b`)
)

// data recognises a block of settings as a whole.
func (s *splitter) data() (Piece, bool) {
	text := strings.TrimSpace(strings.Join(s.lines, "\n"))
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		if json.Valid([]byte(text)) {
			return s.whole(JSON, "", Sure), true
		}
		if strings.HasPrefix(text, "{") && strings.HasSuffix(text, "}") && strings.Contains(text, `":`) && strings.Count(text, "\n") > 0 {
			return s.whole(JSON, "", Likely), true
		}
	}
	var body []string
	for _, l := range s.lines {
		if t := strings.TrimSpace(l); t != "" && !strings.HasPrefix(t, "#") && !strings.HasPrefix(t, ";") && !strings.HasPrefix(t, "//") {
			body = append(body, l)
		}
	}
	if len(body) == 0 {
		return Piece{}, false
	}
	// All that is looked for shows in the first lines, and decides in all.
	n := count(body)
	switch all := len(body); {
	case n.block > 0 && n.hcl > 0:
		return s.whole(Config, "hcl", Sure), true
	case n.nginx > 0 && n.nginxLine > 0:
		return s.whole(Config, "nginx", Sure), true
	case n.section > 0 && n.entry > 0 && n.section+n.entry == all && !strings.HasPrefix(strings.TrimSpace(body[0]), "[ "):
		return s.whole(Config, "ini", Sure), true
	case n.hba == all:
		return s.whole(Config, "pg_hba", Sure), true
	case n.host == all:
		return s.whole(Config, "hosts", Likely), true
	case n.spaced == all || n.property == all && n.yaml == 0:
		return s.whole(Config, "properties", Sure), true
	case n.yaml == all && s.label.kind == "" && n.titled*2 > n.keys && n.keys > 0 && !yamlDirect.MatchString(body[0]):
		return s.whole(Output, "", Likely), true // a list of what things are called
	case n.yaml == all && (all > 1 || n.nested) && (n.keys > 0 || n.items == 0):
		return s.whole(YAML, "", Sure), true
	case yamlDirect.MatchString(body[0]) && n.yaml*2 >= all && all > 2:
		return s.whole(YAML, "", Sure), true
	case n.entry == all && n.upper == all && s.label.kind != Shell && n.command == 0 && all > 1:
		return s.whole(Config, "env", Likely), true
	case all > 2 && n.directive == all && n.option == 0 && n.command*4 <= all:
		return s.whole(Config, "directives", Sure), true
	}
	return Piece{}, false
}

type counts struct {
	yaml, keys, items, section, entry, property, spaced, nginx, nginxLine, block, hcl, directive, command, upper, host, hba, option, titled int
	nested                                                                                                                                  bool
}

var (
	upperEntry = regexp.MustCompile(`^\s*(?:export\s+)?[A-Z][A-Z0-9_]*=`)
	titledKey  = regexp.MustCompile(`^\s*["']?[A-Z]`)
	hyphenated = regexp.MustCompile(`^\s*[a-z]+(?:[-_][a-z0-9]+)+\s`)
)

func count(body []string) counts {
	var n counts
	hyphens := 0
	firsts := map[string]bool{}
	for _, l := range body {
		if yamlLine.MatchString(l) {
			n.yaml++
			if strings.HasPrefix(strings.TrimSpace(l), "- ") {
				n.items++
			} else {
				n.keys++
				bump(&n.titled, titledKey.MatchString(l))
			}
		}
		n.nested = n.nested || strings.HasPrefix(l, "  ")
		bump(&n.section, iniSection.MatchString(l))
		bump(&n.entry, iniEntry.MatchString(l))
		bump(&n.property, property.MatchString(l))
		bump(&n.spaced, spaced.MatchString(l))
		bump(&n.nginx, nginxBlock.MatchString(l))
		bump(&n.nginxLine, nginxLine.MatchString(l))
		bump(&n.block, hclBlock.MatchString(l))
		bump(&n.hcl, spaced.MatchString(l) || hclBlock.MatchString(l))
		bump(&n.upper, upperEntry.MatchString(l))
		bump(&n.host, hostLine.MatchString(l))
		bump(&n.hba, hbaLine.MatchString(l))
		bare, _, _ := strings.Cut(l, " #")
		if directive.MatchString(bare) && !isSentence(bare) {
			n.directive++
			bump(&hyphens, hyphenated.MatchString(bare))
			firsts[firstWord(bare)] = true
		}
		bump(&n.option, option.MatchString(bare) || pipeline.MatchString(bare))
		bump(&n.command, evidence(bare) >= 2 && (n.upper == 0 || !assignment.MatchString(strings.TrimSpace(bare))))
	}
	// Settings are many names, most of them put together; commands repeat few.
	if hyphens*3 < len(body) || len(firsts)*2 < len(body) {
		n.directive = 0
	}
	return n
}

func bump(n *int, when bool) {
	if when {
		*n++
	}
}
