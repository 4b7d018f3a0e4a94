package repository

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// Limits of what is read.
const (
	maxFiles = 20_000
	maxSize  = 4 << 20
)

// skipped are folders of others' code, or of what is built.
var skipped = map[string]bool{"node_modules": true, "vendor": true, "dist": true, "build": true, "target": true, "__pycache__": true, "venv": true}

var (
	dockerfile = regexp.MustCompile(`(?i)^(?:.*\.)?dockerfile(?:\..*)?$`)
	// migrationProgram are migrations and schemas of frameworks.
	migrationProgram = regexp.MustCompile(`(?i)(?:^|/)(?:migrations?|versions|migrate|alembic|changelog)/(?:.*/)?[^/]*\.(?:py|rb|js|ts|php|java|kt|xml|cs|ex|exs)$|\.prisma$|(?:^|/)(?:entities|models)/[^/]*\.(?:py|rb|ts|java|kt|php)$|(?:^|/)models?\.py$|(?:^|/)schema\.rb$`)
	composeFile      = regexp.MustCompile(`(?i)^(?:docker-)?compose.*\.ya?ml$`)
	envFile          = regexp.MustCompile(`(?i)^\.?env.*(?:example|sample|template|dist)$|^\.env\.(?:example|sample|template)`)
)

// Read reads a repository. It fails where the folder cannot be read, not where
// a file in it cannot.
func Read(dir string) (*Facts, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("repository: %w", err)
	}
	defer root.Close() //nolint:errcheck // it was only read
	var files []string
	facts := newFacts()
	err = fs.WalkDir(root.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if name := entry.Name(); path != "." && (strings.HasPrefix(name, ".") && name != ".github" || skipped[name]) {
				return fs.SkipDir
			}
		case entry.Type().IsRegular() && migrationProgram.MatchString(path):
			if !facts.programs {
				facts.programs = true
				facts.unread(path, "a migration that is a program: what tables it makes is not known")
			}
		case entry.Type().IsRegular() && meant(entry.Name()):
			if len(files) == maxFiles {
				return errTooMany
			}
			files = append(files, path)
		}
		return nil
	})
	if err != nil && !errors.Is(err, errTooMany) {
		return nil, fmt.Errorf("repository: %w", err)
	}
	if errors.Is(err, errTooMany) {
		facts.unread(dir, fmt.Sprintf("more than %d files: the rest was not read", maxFiles))
		facts.Templates = true
	}
	sort.Strings(files) // migrations follow each other by their names
	for _, path := range files {
		facts.file(root, path)
	}
	return facts, nil
}

var errTooMany = errors.New("too many files")

func meant(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml", ".sql":
		return true
	case ".json":
		lower := strings.ToLower(name)
		return strings.Contains(lower, "openapi") || strings.Contains(lower, "swagger")
	}
	return dockerfile.MatchString(name) || envFile.MatchString(name)
}

func (f *Facts) file(root *os.Root, path string) {
	info, err := root.Stat(path)
	if err != nil {
		f.unread(path, err.Error())
		return
	}
	if info.Size() > maxSize {
		f.unread(path, fmt.Sprintf("larger than %d bytes", maxSize))
		return
	}
	text, err := root.ReadFile(path)
	if err != nil {
		f.unread(path, err.Error())
		return
	}
	name := filepath.Base(path)
	switch {
	case dockerfile.MatchString(name):
		f.dockerfile(path, string(text))
	case envFile.MatchString(name):
		f.dotenv(path, string(text))
	case strings.HasSuffix(strings.ToLower(name), ".sql"):
		f.sql(path, string(text))
	default:
		f.yaml(path, text)
	}
}

var envLine = regexp.MustCompile(`^\s*(?:export\s+)?#?\s*([A-Z][A-Z0-9_]+)=`)

func (f *Facts) dotenv(path, text string) {
	for i, line := range strings.Split(text, "\n") {
		if m := envLine.FindStringSubmatch(line); m != nil {
			f.variable(m[1], Place{path, i + 1})
		}
	}
}

func (f *Facts) variable(name string, at Place) {
	if _, ok := f.variables[name]; !ok {
		f.variables[name] = at
	}
}

var (
	fromLine    = regexp.MustCompile(`(?i)^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?`)
	addLine     = regexp.MustCompile(`(?i)\b(?:apk|apt-get|apt|dnf|yum|microdnf)\b`)
	copyLine    = regexp.MustCompile(`(?i)^\s*(?:COPY|ADD)\s+.*--from=`)
	continuedBy = regexp.MustCompile(`\\\s*$`)
)

// dockerfile reads the last stage: what the image is made of.
func (f *Facts) dockerfile(path, text string) {
	stages := map[string]*image{}
	var last *image
	continued := false
	for i, line := range strings.Split(text, "\n") {
		if m := fromLine.FindStringSubmatch(line); m != nil && !continued {
			next := image{base: strings.ToLower(m[1])}
			if before, ok := stages[next.base]; ok {
				next = *before
			}
			next.folder, next.place = filepath.Dir(path), Place{path, i + 1}
			last = &next
			if m[2] != "" {
				stages[strings.ToLower(m[2])] = last
			}
		} else if last != nil && (addLine.MatchString(line) || copyLine.MatchString(line) || continued) {
			last.installed += " " + line
		}
		continued = continuedBy.MatchString(line)
	}
	if last != nil {
		f.images = append(f.images, *last)
	}
}
