package blocks

import (
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxMixed bounds the lines of a block that is looked at for commands among
// other things.
const maxMixed = 60

// noYAML tells whether a block that says so is none.
func (s *splitter) noYAML() bool {
	for _, l := range s.lines {
		if len(l) < maxPromptLine && keyValue.MatchString(l) {
			return false // some of it is
		}
	}
	text := strings.Join(s.lines, "\n")
	if len(text) > maxJudged {
		return false
	}
	var n yaml.Node
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for range 8 {
		if err := decoder.Decode(&n); err != nil {
			return !errors.Is(err, io.EOF)
		}
		if n.Kind == yaml.DocumentNode && len(n.Content) == 1 && n.Content[0].Kind == yaml.ScalarNode {
			return true
		}
	}
	return false
}

// commandsAmong are the commands of a block of settings; what is between them
// is configuration.
func (s *splitter) commandsAmong() []Piece {
	var list []Piece
	from := 0
	rest := func(to int) {
		if strings.TrimSpace(strings.Join(s.lines[from:to], "")) != "" {
			list = append(list, s.run(Config, "", Likely, from, to))
		}
	}
	for i := 0; i < len(s.lines); {
		t := strings.TrimSpace(s.lines[i])
		if word := firstWord(t); evidence(t) < 3 || !programs[word] && word != "sudo" || wordsOfCode[word] || len(strings.Fields(t)) < 2 {
			i++
			continue
		}
		end := s.complete(i)
		rest(i)
		list = append(list, s.run(Shell, "", Sure, i, end))
		i, from = end, end
	}
	rest(len(s.lines))
	return list
}
