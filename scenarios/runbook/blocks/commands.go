package blocks

import "strings"

// commands judges a block without prompts that is labelled as a shell's, or
// not at all.
func (s *splitter) commands() []Piece {
	if s.label.kind == Shell && s.plainShell() {
		return []Piece{s.whole(Shell, "", Sure)}
	}
	if p, found := s.data(); found {
		return []Piece{p}
	}
	if p, found := s.monitoring(); found && (s.label.kind == "" || p.Confidence == Sure) {
		return []Piece{p}
	}
	if p, found := s.program(); found {
		return []Piece{p}
	}
	return s.byLine()
}

// plainShell tells, without parsing, whether every line is a command, a
// comment, or the continuation of a command: the common case.
func (s *splitter) plainShell() bool {
	continued := false
	for _, l := range s.lines {
		t := strings.TrimSpace(l)
		if t == "" || strings.HasPrefix(t, "#") {
			continue
		}
		if !continued && (evidence(t) < 3 || openShell(t) && !strings.HasSuffix(t, `\`)) {
			return false
		}
		if cmdlet.MatchString(l) {
			return false
		}
		continued = strings.HasSuffix(t, `\`)
	}
	return true
}

// mislabelled tells whether a block that is labelled as something else is in
// truth commands: kubectl in a fence that says python.
func (s *splitter) mislabelled() ([]Piece, bool) {
	if s.label.kind != Code && s.label.kind != SQL && s.label.kind != YAML && s.label.kind != Output || s.label.language == "dockerfile" || s.label.language == "docker" || s.label.language == "makefile" || s.label.language == "make" {
		return nil, false
	}
	shell, all := 0, 0
	for _, l := range s.lines {
		t := strings.TrimSpace(l)
		if t == "" || strings.HasPrefix(t, "#") || strings.HasPrefix(t, "//") || strings.HasPrefix(t, "--") {
			continue
		}
		all++
		word := firstWord(t)
		bump(&shell, evidence(t) >= 3 && (programs[word] && len(strings.Fields(t)) > 1 || word == "sudo") && !strings.Contains(word, "=") && !wordsOfCode[word])
	}
	if s.label.kind == YAML && shell > 0 && shell < all && all <= maxMixed && s.noYAML() {
		return s.commandsAmong(), true
	}
	if shell == 0 || shell*5 < all*4 {
		return nil, false
	}
	if s.label.kind == Output && shell < all {
		return nil, false
	}
	list := s.byLine()
	return list, true
}

// wordsOfCode are names of programs that are words of other languages too.
var wordsOfCode = set("import from print return if for while with case select time test type local exec eval join install date set watch service at head file split sort")

// unit is a line, or the lines of one command.
type unit struct {
	from, to int
	kind     Kind
	language string
	sure     Confidence
}

// byLine judges line by line, commands over several lines as one, and joins
// what is alike.
func (s *splitter) byLine() []Piece {
	var units []unit
	commands, inOutput := 0, false
	for i := 0; i < len(s.lines); {
		t := strings.TrimSpace(s.lines[i])
		if t == "" {
			inOutput = false
			i++
			continue
		}
		if strings.HasPrefix(t, "#") || strings.HasPrefix(t, "--") && len(t) > 2 && (t[2] == ' ') {
			i++
			continue
		}
		u := s.judge(i, inOutput, commands > 0)
		inOutput = u.kind == Output
		if u.kind == Shell {
			commands++
		}
		units = append(units, u)
		i = u.to
	}
	return s.join(s.settle(units))
}

// judge is what begins at a line.
func (s *splitter) judge(i int, inOutput, afterCommand bool) unit {
	line := s.lines[i]
	t := strings.TrimSpace(line)
	u := unit{from: i, to: i + 1, kind: Shell, sure: Guess}
	if len(line) > maxPromptLine {
		u.to = s.complete(i)
		return u
	}
	e := evidence(t)
	switch {
	case redisLine(t):
		u.kind, u.language, u.sure = Console, "redis", Sure
	case cells.MatchString(t) && e < 3 && sqlStart.MatchString(t):
		u.kind, u.sure = Output, Sure // a table of queries
	case sqlStart.MatchString(t) && e < 3 && (strings.ToUpper(firstWord(t)) == firstWord(t) || strings.HasSuffix(t, ";") || strings.EqualFold(firstWord(t), "select") || strings.HasSuffix(strings.TrimSpace(s.lines[s.endOfQuery(i)-1]), ";")):
		u.kind, u.sure = SQL, Sure
		u.to = s.endOfQuery(i)
		u.language = dialect(strings.Join(s.lines[u.from:u.to], "\n"), "")
	case psqlOwn.MatchString(t):
		u.kind, u.language, u.sure = SQL, "postgres", Sure
	case e >= 3:
		u.sure = Sure
		u.to = s.complete(i)
	case printed(line) || inOutput && e < 2:
		u.kind, u.sure = Output, Likely
		if printed(line) && e == 0 {
			u.sure = Sure
		}
	case isSentence(t):
		u.kind, u.sure = Prose, Likely
	case e == 2:
		u.sure = Likely
		u.to = s.complete(i)
	case keyValue.MatchString(line) && (afterCommand || s.label.kind == ""):
		u.kind, u.sure = Output, Likely
	default:
		if s.label.kind == Shell {
			u.to = s.complete(i)
		}
	}
	return u
}

// complete is the end of the command that begins at a line.
func (s *splitter) complete(i int) int {
	text := s.lines[i]
	end := i + 1
	if m := hereDocument.FindStringSubmatch(text); m != nil {
		return s.endOfHereDocument(i, m[1])
	}
	for step := 0; end < len(s.lines) && step < maxTyped && len(text) < maxJudged && openShell(text); step++ {
		text += "\n" + s.lines[end]
		end++
	}
	if end < len(s.lines) && openShell(text) {
		return i + 1 // never closed: what follows is judged by itself
	}
	return end
}

// endOfHereDocument is the end of the command whose here-document begins at a line: past
// its end mark, however long what is before it would take to parse.
func (s *splitter) endOfHereDocument(i int, mark string) int {
	size := len(s.lines[i])
	for end := i + 1; end < len(s.lines) && end-i <= maxTyped && size < maxJudged; end++ {
		if strings.ReplaceAll(s.lines[end], "\t", "") == mark {
			return end + 1
		}
		size += 1 + len(s.lines[end])
	}
	if i+1+maxTyped >= len(s.lines) && size < maxJudged {
		return len(s.lines)
	}
	return i + 1 // never closed: what follows is judged by itself
}

// endOfQuery is the end of the statement of SQL that begins at a line.
func (s *splitter) endOfQuery(i int) int {
	for j := i; j < len(s.lines); j++ {
		t := strings.TrimSpace(s.lines[j])
		if j > i && (t == "" || strings.HasPrefix(t, "#")) {
			return j
		}
		if code, _, _ := strings.Cut(t, "--"); strings.HasSuffix(strings.TrimSpace(code), ";") || strings.HasSuffix(t, `\G`) {
			return j + 1
		}
		if j > i && tableRule.MatchString(s.lines[j]) {
			return i + 1
		}
	}
	return len(s.lines)
}

// settle lets what is certain decide what is not.
func (s *splitter) settle(units []unit) []unit {
	sure := map[Kind]int{}
	undecided := 0
	for _, u := range units {
		switch u.sure {
		case Sure:
			sure[u.kind]++
		case Guess:
			undecided++
		}
	}
	for n := range units {
		u := &units[n]
		labelled := s.label.kind == Shell
		switch {
		case u.kind == Shell && u.sure < Sure && labelled:
			// The label speaks for it, and nothing against it.
			u.sure = Likely
			if sure[Output]+sure[SQL]+sure[Console]+sure[Prose] == 0 {
				u.sure = Sure
			}
		case u.kind == Shell && u.sure == Guess && sure[Shell] == 0:
			u.kind, u.sure = Output, Likely
			if sure[Output] > 0 || undecided > 3 {
				u.sure = Sure
			}
		case u.kind == Shell && u.sure == Guess:
			u.kind, u.sure = Output, Likely
		case u.kind == Shell && u.sure == Likely && sure[Shell] > 0:
			u.sure = Sure
		case u.kind == SQL && u.language == "" && n > 0 && units[n-1].kind == SQL:
			u.language = units[n-1].language
		}
	}
	return units
}

// join makes pieces of units; lines that belong to no unit, such as comments,
// go with the commands below them.
func (s *splitter) join(units []unit) []Piece {
	if len(units) == 0 {
		kind := Shell
		if s.label.kind == "" {
			kind = Output
		}
		return []Piece{s.whole(kind, "", Likely)}
	}
	var list []Piece
	for i := 0; i < len(units); {
		end := i + 1
		sure := units[i].sure
		for end < len(units) && units[end].kind == units[i].kind && units[end].language == units[i].language && (units[i].kind == Shell || units[i].kind == Output) {
			if units[i].kind == Shell && units[end].sure != units[i].sure {
				break
			}
			sure = min(sure, units[end].sure)
			end++
		}
		p := s.run(units[i].kind, units[i].language, sure, units[i].from, units[end-1].to)
		if p.Kind != Shell && p.Kind != Output {
			p.Purpose = s.above(nil, p.From)
		}
		list = append(list, p)
		i = end
	}
	return list
}
