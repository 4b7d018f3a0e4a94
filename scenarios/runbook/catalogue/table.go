package catalogue

import (
	_ "embed"
	"strings"
	"sync"
)

var (
	//go:embed tables/relations.txt
	relationsText string
	//go:embed tables/functions.txt
	functionsText string
	//go:embed tables/settings.txt
	settingsText string
	//go:embed tables/words.txt
	wordsText string
)

// Table is the catalogue of the versions that are in use.
type table struct {
	// relations are all by name; their columns where they are judged.
	relations map[string]map[string]bool
	functions map[string]bool
	// settings are the contexts of all settings: postmaster, sighup, user...
	settings map[string]string
	// words are those of the language: keywords and names of types.
	words map[string]bool
}

var load = sync.OnceValue(func() *table {
	t := &table{relations: map[string]map[string]bool{}, functions: set(functionsText), settings: map[string]string{}, words: set(wordsText)}
	for _, line := range strings.Split(strings.TrimSpace(relationsText), "\n") {
		name, columns, _ := strings.Cut(line, " ")
		t.relations[name] = set(columns)
	}
	for _, line := range strings.Split(strings.TrimSpace(settingsText), "\n") {
		name, context, _ := strings.Cut(line, " ")
		t.settings[name] = context
	}
	for name, columns := range laterRelations {
		t.relations[name] = set(columns)
	}
	for name := range set(laterFunctions) {
		t.functions[name] = true
	}
	for name, context := range otherSettings {
		t.settings[name] = context
	}
	return t
})

func set(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// Context is when a setting takes effect: "postmaster" at a restart only,
// "sighup" at a reload, "user" and "superuser" in a session too; empty where
// the setting is not known.
func Context(setting string) string { return load().settings[strings.ToLower(setting)] }

// NearSetting is the setting that a misspelt one was meant for, or empty.
func NearSetting(setting string) string {
	var names []string
	for name := range load().settings {
		names = append(names, name)
	}
	return nearest(strings.ToLower(setting), names)
}
