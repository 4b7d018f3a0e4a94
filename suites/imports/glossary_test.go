package imports_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// A term is what one concept used to be called here, and its word in the field.
// "name" words are ordinary English too: they are looked for as parts of
// identifiers and file names, and whole ones as an identifier of their own.
// The prose words are nowhere right: help and Markdown are read for them as well.
// Those of some folders mean something else everywhere else.
type term struct {
	prose, name, whole []string
	folders            []string
	now                string
}

var glossary = []term{
	{prose: []string{"strain", "strained", "weary", "no time to spare"}, now: "host contention, Stall, overloaded host"},
	{prose: []string{"lull"}, name: []string{"ease", "board", "pulse"}, now: "quiet period, headroom, stall log, heartbeat"},
	// Prometheus has gauges.
	{name: []string{"gauge"}, folders: []string{"fixtures", "scenarios"}, now: "monitor"},
	{name: []string{"firm"}, now: "definite"},
	{name: []string{"blind"}, now: "observer error"},
	{prose: []string{"retrace"}, name: []string{"course", "moment"}, whole: []string{"well"}, now: "timeline, milestone, steadyAt"},
	{name: []string{"fold"}, now: "evaluator"},
	{name: []string{"watches"}, now: "invariants"},
	{name: []string{"blame", "blamed", "excused", "hasty"}, now: "attribute, discounted, too early"},
	{prose: []string{"testimony", "testify", "testifies"}, whole: []string{"unclear", "present", "absent"}, now: "witness report; Unknown, Active, Inactive"},
	{name: []string{"look", "looks", "looked"}, now: "observation, attempts"},
	{name: []string{"hear", "told"}, now: "await requests, LoadObserver"},
	{name: []string{"books", "fate", "enter", "outdone", "ask again", "against"}, now: "write log, outcome, record, superseded, retryUnknown, reconcile"},
	{name: []string{"doubled", "phantom"}, now: "duplicated, unexpected"},
	{whole: []string{"missing"}, folders: []string{"scenarios", "fixtures/lane"}, now: "lost"},
	{name: []string{"void", "again"}, now: "discarded attempt, retry"},
	// An answer under an Idempotency-Key is replayed.
	{name: []string{"replay"}, folders: []string{"scenarios", "fixtures", "suites", "reports"}, now: "attempt 2"},
	{
		prose: []string{"meanwhile"}, name: []string{"shot", "shots", "flights", "landed", "turns", "meetings", "dealt", "met"},
		whole: []string{"flight", "round"}, now: "request template, mix, in flight, result, mixer, race offsets, issued, raced, read-during-write",
	},
	// A process is launched, too.
	{name: []string{"launch"}, folders: []string{"fixtures/lane", "fixtures/load"}, now: "next"},
	{
		prose: []string{"furnish", "furnished", "refurnish"}, name: []string{"ground", "desk", "sit", "stock", "much keys", "orphan"},
		now: "Testbed, operator session, open shell, seed, reseed, large dataset, row without tenant",
	},
	{
		prose: []string{"onlooker", "sabotage", "sabotaged"}, name: []string{"disguise", "examine", "wired", "staged", "tamper", "tampered"},
		now: "witness tenant, apply caller, check response, verify proxied, tracked injection, test options",
	},
	{name: []string{"sight", "heard", "says", "asks", "spares", "spent", "renewed"}, whole: []string{"put"}, now: "probe result, reply, classify, query, send; spare connections, exhausted, reopened"},
	{name: []string{"way", "ways", "together", "force"}, now: "link, link fault, composite fault, active"},
	{prose: []string{"a stranger"}, name: []string{"stranger", "nowhere", "arrangement", "arranged"}, now: "unknown host, black hole, Shim, shims used"},
	{whole: []string{"reading", "recovered"}, now: "normalised output, matches baseline"},
	{
		prose: []string{"neighbour", "neighbours", "impostor"}, name: []string{"misdirected", "tenantless"}, whole: []string{"nobody"},
		now: "OtherTenant, MismatchedTenantHeader, WrongIssuer, WrongAudience, NoTenantClaim, Anonymous; a dependency, another lane",
	},
	{name: []string{"narrow", "close late", "lose commits"}, whole: []string{"cut", "slice"}, now: "LimitBandwidth, DelayClose, CloseAfterBytes, SliceResponses, DropCommitAck"},
	{name: []string{"garble", "garbled", "retype", "outdate", "swap tenants", "flush redis"}, now: "CorruptCache, ChangeCacheType, StaleCache, CrossTenantCache, EvictCache"},
	{name: []string{"give venues away", "forget venues", "half answer"}, now: "VenueOwnedByOther, VenueNotFound, TruncateResponse"},
	{whole: []string{"floor"}, now: "minimum duration"},
	{prose: []string{"leads nowhere", "told twice", "told in two ways", "seen elsewhere", "mend", "mended"}, now: "fix, duplicate, dead link, attributed elsewhere"},
	{prose: []string{"twin", "twins", "wavers", "spoil", "spoils", "spoiled"}, name: []string{"harms"}, whole: []string{"quiet"}, now: "mutant, flaky, mutation, mutated model, exclusive, latent"},
	{prose: []string{"answer key", "answer keys", "examination"}, name: []string{"answerkey", "rote"}, now: "cheating service"},
	{prose: []string{"gravestone", "gravestones"}, name: []string{"grave", "graves", "life", "untold", "tell all", "overflown"}, now: "tombstone, TTL, pending invalidations, flush pending, overflowed"},
	{prose: []string{"goodbye", "goodbyes"}, name: []string{"bounded", "switched", "patience"}, now: "semaphore, watch toggle signals, shutdown, Timeout"},
}

// theirs are names that the standard library, HTTP and others gave.
var theirs = []string{"LookPath", "RoundTrip", "PUT"}

// othersPages are texts of others, or generated from what is checked itself.
var othersPages = regexp.MustCompile(`/testdata/|^scenarios/runbook/edition/|^scenarios/runbook/KILLS\.md$`)

// TestTheFieldsWords finds no word of the glossary's left column in identifiers
// of packages, file names, help and Markdown. Tests' names are sentences.
func TestTheFieldsWords(t *testing.T) {
	found := map[string]map[string][]string{} // area, word, places
	note := func(area, word, place string) {
		if found[area] == nil {
			found[area] = map[string][]string{}
		}
		found[area][word] = append(found[area][word], place)
	}
	files := 0
	walk(t, func(path, dir string) {
		files++
		area := areaOf(dir)
		for _, word := range inName(strings.TrimSuffix(filepath.Base(path), ".go"), dir) {
			note(area, word, path)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Error(err)
			return
		}
		for _, name := range declared(parsed) {
			words := inName(name, dir)
			if strings.HasSuffix(path, "_test.go") && strings.HasPrefix(name, "Test") {
				words = inProse(strings.Join(split(name), " "))
			}
			for _, word := range words {
				note(area, word, path+": "+name)
			}
		}
		if strings.HasPrefix(dir, "cmd/runproof") && !strings.HasSuffix(path, "_test.go") {
			for _, text := range helpTexts(parsed) {
				for _, word := range inProse(text) {
					note("help", word, path+": "+text)
				}
			}
		}
	})
	pages := 0
	markdown(t, func(path, text string) {
		pages++
		for _, word := range inProse(text) {
			note("markdown", word, path)
		}
	})
	if files < 500 || pages < 5 {
		t.Errorf("only %d files and %d pages were read", files, pages)
	}
	for _, area := range slices.Sorted(maps.Keys(found)) {
		for _, word := range slices.Sorted(maps.Keys(found[area])) {
			t.Errorf("%s: %q is %s now, and still in\n\t%s", area, word, now(word), strings.Join(found[area][word], "\n\t"))
		}
	}
}

// TestTheGlossaryIsSeen shows each way to use a word of the left column.
func TestTheGlossaryIsSeen(t *testing.T) {
	for name, want := range map[string]string{
		"gravestoneTTL": "gravestone", "auditPatience": "patience", "openGround": "ground", "askAgain": "again ask again", "Cut": "cut", "told_twice": "told told twice", //nolint:dupword // the words that are found in it
		"cutPath": "", "Background": "", "inFlight": "", "way2": "way",
	} {
		if got := strings.Join(slices.Sorted(slices.Values(inName(name, "fixtures/lane"))), " "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := inProse("A broken Twin\nleads\nnowhere, by the way"); !slices.Equal(got, []string{"leads nowhere", "twin"}) {
		t.Errorf("prose: %q", got)
	}
}

func areaOf(dir string) string {
	part := strings.Split(dir, "/")
	if len(part) > 1 && (part[0] == "cmd" || dir == "fixtures/load") {
		return part[0] + "/" + part[1]
	}
	return part[0]
}

// now is what a word of the left column is called.
func now(word string) string {
	for _, t := range glossary {
		if slices.Contains(slices.Concat(t.prose, t.name, t.whole), word) {
			return t.now
		}
	}
	return ""
}

// inName lists the words of the left column in an identifier or a file name.
func inName(name, dir string) []string {
	if slices.Contains(theirs, name) {
		return nil
	}
	words := split(name)
	text := " " + strings.Join(words, " ") + " "
	var found []string
	for _, t := range glossary {
		if t.folders != nil && !slices.ContainsFunc(t.folders, func(f string) bool { return meant(f+"/...", dir) }) {
			continue
		}
		for _, word := range slices.Concat(t.prose, t.name) {
			if strings.Contains(text, " "+word+" ") {
				found = append(found, word)
			}
		}
		for _, word := range t.whole {
			if len(words) == 1 && words[0] == word {
				found = append(found, word)
			}
		}
	}
	return found
}

// inProse lists those that are in a text.
func inProse(text string) []string {
	text = " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }), " ") + " "
	var found []string
	for _, t := range glossary {
		for _, word := range t.prose {
			if strings.Contains(text, " "+word+" ") {
				found = append(found, word)
			}
		}
	}
	return found
}

var wordOf = regexp.MustCompile(`[A-Z]+[a-z]*|[a-z]+`)

// split takes a name to its words, in lower case.
func split(name string) []string {
	var words []string
	for _, word := range wordOf.FindAllString(name, -1) {
		// In "URLPath" the last capital letter begins a word.
		last := strings.LastIndexFunc(word, unicode.IsUpper)
		if last > 0 && last < len(word)-1 {
			words = append(words, strings.ToLower(word[:last]))
			word = word[last:]
		}
		words = append(words, strings.ToLower(word))
	}
	return words
}

// declared are the names that a file declares for its package, and those of
// fields and methods.
func declared(file *ast.File) []string {
	var names []string
	add := func(ids ...*ast.Ident) {
		for _, id := range ids {
			names = append(names, id.Name)
		}
	}
	ofType := func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok {
			add(field.Names...)
		}
		_, isFunc := n.(*ast.FuncType)
		return !isFunc
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			add(d.Name)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					add(s.Name)
					ast.Inspect(s.Type, ofType)
				case *ast.ValueSpec:
					add(s.Names...)
				}
			}
		}
	}
	return names
}

// helpTexts are what a command's help is made of: the texts of cobra.Command and
// the last argument of a flag.
func helpTexts(file *ast.File) []string {
	var texts []string
	add := func(e ast.Expr) {
		ast.Inspect(e, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, _ := strconv.Unquote(lit.Value)
				texts = append(texts, text)
			}
			return true
		})
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"Use", "Short", "Long", "Example"}, key.Name) {
				add(n.Value)
			}
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) > 2 && strings.Contains(s.Sel.Name, "Var") {
				add(n.Args[len(n.Args)-1])
			}
		}
		return true
	})
	return texts
}

// markdown visits every page of ours.
func markdown(t *testing.T, visit func(path, text string)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
		if entry.IsDir() && path != root && (strings.HasPrefix(entry.Name(), ".") || name == "bin") {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".md") || othersPages.MatchString("/"+name) || othersPages.MatchString(name) {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("page: %w", err)
		}
		visit(path, string(text))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
