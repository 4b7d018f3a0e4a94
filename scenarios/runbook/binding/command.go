package binding

import (
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// sqlStart recognises an argument that is a query.
var sqlStart = regexp.MustCompile(`^(?i)\s*(SELECT|INSERT|UPDATE|DELETE|SET|WITH|EXPLAIN|ALTER|CREATE|DROP|SHOW|VACUUM)\s`)

// aliases are long options and the short ones they mean.
var aliases = map[string]map[string]string{
	"kubectl": {"--namespace": "-n", "--selector": "-l", "--follow": "-f", "--output": "-o"},
	"curl":    {"--request": "-X", "--header": "-H", "--data": "-d"},
	"psql":    {"--host": "-h", "--username": "-U", "--dbname": "-d", "--command": "-c"},
}

// presentational are options that change how an answer looks and not what is asked.
var presentational = map[string]map[string]bool{
	"curl": {"-s": true, "-S": true, "-sS": true, "--silent": true, "--show-error": true},
	"psql": {"-X": true, "-q": true, "--no-psqlrc": true, "--quiet": true},
}

// printer prints expansions that are more than a name.
var printer = syntax.NewPrinter(syntax.Minify(true))

// Tokens are the words of a command without its quotes: what two printings of
// the same command have in common. A query is one word, its spaces and the
// case of its keywords made equal.
func Tokens(command string) []string {
	var tokens []string
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(command), "")
	if err != nil {
		return strings.Fields(command)
	}
	for _, stmt := range file.Stmts {
		tokens = append(tokens, tokensOf(stmt)...)
	}
	return tokens
}

func tokensOf(root syntax.Node) []string {
	var tokens []string
	syntax.Walk(root, func(node syntax.Node) bool {
		switch n := node.(type) {
		case *syntax.BinaryCmd:
			tokens = append(tokens, tokensOf(n.X)...)
			tokens = append(append(tokens, n.Op.String()), tokensOf(n.Y)...)
			return false
		case *syntax.Assign:
			if n.Name != nil {
				value := n.Name.Value + "="
				if n.Value != nil {
					value += textOf(n.Value)
				}
				tokens = append(tokens, value)
			}
			return false
		case *syntax.Redirect:
			tokens = append(tokens, n.Op.String())
			if n.Word != nil {
				tokens = append(tokens, textOf(n.Word))
			}
			return false
		case *syntax.CallExpr:
			for _, a := range n.Assigns {
				if a.Name != nil && a.Value != nil {
					tokens = append(tokens, a.Name.Value+"="+textOf(a.Value))
				}
			}
			tokens = append(tokens, call(n.Args)...)
			return false
		}
		return true
	})
	return tokens
}

func call(args []*syntax.Word) []string {
	var tokens []string
	program := ""
	for i, a := range args {
		text := textOf(a)
		if i == 0 {
			program = text
		}
		if presentational[program][text] {
			continue
		}
		name, value, joined := strings.Cut(text, "=")
		if long := strings.HasPrefix(name, "--"); long && joined {
			tokens = append(tokens, alias(program, name), value)
			continue
		}
		if sqlStart.MatchString(text) {
			text = Query(text)
		}
		tokens = append(tokens, alias(program, text))
	}
	return tokens
}

func alias(program, option string) string {
	if short := aliases[program][option]; short != "" {
		return short
	}
	return option
}

// textOf is a word without quotes, its expansions as written.
func textOf(w *syntax.Word) string {
	var b strings.Builder
	for _, part := range w.Parts {
		textOfPart(&b, part)
	}
	return b.String()
}

func textOfPart(b *strings.Builder, part syntax.WordPart) {
	switch p := part.(type) {
	case *syntax.Lit:
		b.WriteString(strings.ReplaceAll(p.Value, "\\\n", ""))
	case *syntax.SglQuoted:
		b.WriteString(p.Value)
	case *syntax.DblQuoted:
		for _, inner := range p.Parts {
			textOfPart(b, inner)
		}
	case *syntax.ParamExp:
		if p.Param != nil && p.Exp == nil && p.Repl == nil && p.Slice == nil && !p.Length {
			b.WriteString("$" + p.Param.Value)
			return
		}
		_ = printer.Print(b, p)
	default:
		_ = printer.Print(b, part)
	}
}

var keywords = regexp.MustCompile(`(?i)\b(SELECT|FROM|WHERE|AND|OR|NOT|AS|LIMIT|SET|IS|NULL|INTERVAL|ORDER|BY|GROUP|INSERT|INTO|UPDATE|DELETE|VALUES|JOIN|ON|HAVING|WITH|TO)\b`)

// Query is a query in one line, with keywords in capitals and no semicolon at
// its end.
func Query(text string) string {
	text = strings.TrimRight(strings.Join(strings.Fields(text), " "), "; ")
	parts := strings.Split(text, "'")
	for i := 0; i < len(parts); i += 2 { // what stands in quotes is left alone
		parts[i] = keywords.ReplaceAllStringFunc(parts[i], strings.ToUpper)
	}
	return strings.Join(parts, "'")
}

// difference is what is in one list of words and not in the other, each as
// often as it is missing.
func difference(have, want []string) (missing, extra []string) {
	count := map[string]int{}
	for _, t := range have {
		count[t]++
	}
	for _, t := range want {
		if count[t] > 0 {
			count[t]--
		} else {
			missing = append(missing, t)
		}
	}
	for _, t := range have {
		if count[t] > 0 {
			count[t]--
			extra = append(extra, t)
		}
	}
	return missing, extra
}

// split takes queries apart, so that two that differ in one word are near.
func split(tokens []string) []string {
	var list []string
	for _, t := range tokens {
		if sqlStart.MatchString(t) {
			list = append(list, sqlWord.FindAllString(t, -1)...)
		} else {
			list = append(list, t)
		}
	}
	return list
}

var sqlWord = regexp.MustCompile(`'[^']*'|[\w.]+|[<>=!]+|[^\s\w]`)
