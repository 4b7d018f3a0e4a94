package gameday

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
)

// Book is what a game needs of a runbook.
type Book struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	// Sections are the headings that an incident may belong to, in their order.
	Sections []Section `json:"sections"`
	// Commands are all that it prints.
	Commands []Command `json:"commands"`
	Contacts []Contact `json:"contacts"`
	// Response is how soon somebody must answer, by severity.
	Response map[scenarios.Severity]time.Duration `json:"response"`
}

// Section is a part of the document under one heading.
type Section struct {
	Heading string `json:"heading"`
	Line    int    `json:"line"`
	Text    string `json:"text"`
}

// Command is one that the runbook prints.
type Command struct {
	Line    int    `json:"line"`
	Section string `json:"section"`
	Text    string `json:"text"`
}

// Contact is a row of the table of those who can be called.
type Contact struct {
	Name string `json:"name"` // its first cell
	Text string `json:"text"` // all of the row
	Line int    `json:"line"`
}

// DefaultResponse is how soon somebody must answer where the runbook does not say:
// the times of its usual table of severities.
var DefaultResponse = map[scenarios.Severity]time.Duration{
	scenarios.P1: 15 * time.Minute, scenarios.P2: 30 * time.Minute, scenarios.P3: 2 * time.Hour, scenarios.P4: 24 * time.Hour,
}

// owners is how a contact's row names a dependency.
var owners = map[fault.Dependency]*regexp.Regexp{
	fault.Postgres: regexp.MustCompile(`(?i)postgres|database|\bdba?\b|\bsql`),
	fault.Redis:    regexp.MustCompile(`(?i)redis|valkey|cache`),
	fault.Venue:    regexp.MustCompile(`(?i)venue`),
	fault.Identity: regexp.MustCompile(`(?i)identity|\bidp\b|\bauth|\bsso\b|\biam\b|login`),
	fault.Solana:   regexp.MustCompile(`(?i)solana|\brpc\b`),
}

// platform is how a row names who runs all that has no owner of its own.
var platform = regexp.MustCompile(`(?i)infrastructure|platform|\bsre\b|operations`)

// Owners are the contacts who can repair a dependency: those whose row names it,
// else who runs the platform. Nobody but the players repairs the service itself.
func (b Book) Owners(on fault.Dependency) (list []Contact) {
	if on == fault.Service {
		return nil
	}
	if on == fault.Everything {
		return b.rows(platform)
	}
	if named, known := owners[on]; known {
		list = b.rows(named)
	}
	if len(list) == 0 {
		list = b.rows(platform)
	}
	return list
}

// NamesOwner says whether a row names the dependency itself.
func (b Book) NamesOwner(on fault.Dependency) bool {
	if on == fault.Service {
		return true
	}
	named, known := owners[on]
	return known && len(b.rows(named)) > 0
}

func (b Book) rows(named *regexp.Regexp) (list []Contact) {
	for _, c := range b.Contacts {
		if named.MatchString(c.Text) {
			list = append(list, c)
		}
	}
	return list
}

// Contact finds one by its name.
func (b Book) Contact(name string) (Contact, bool) {
	i := slices.IndexFunc(b.Contacts, func(c Contact) bool { return strings.EqualFold(c.Name, strings.TrimSpace(name)) })
	if i < 0 {
		return Contact{}, false
	}
	return b.Contacts[i], true
}

// Section finds one by its heading.
func (b Book) Section(heading string) (Section, bool) {
	i := slices.IndexFunc(b.Sections, func(s Section) bool { return SameSection(s.Heading, heading) })
	if i < 0 {
		return Section{}, false
	}
	return b.Sections[i], true
}

// SameSection compares two headings as people write them.
func SameSection(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// stands is what a line of the runbook is called where there is no cluster.
var stands = map[string]*regexp.Regexp{
	"restart":  regexp.MustCompile(`rollout restart|systemctl restart|docker restart`),
	"scale":    regexp.MustCompile(`kubectl scale|--replicas`),
	"rollback": regexp.MustCompile(`rollout undo`),
	"fallback": regexp.MustCompile(`(?i)fallback`),
}

// Printed finds the command of the runbook that an action is: as printed, but for
// white space, or what stands for it here ("restart" for "kubectl rollout restart").
// One of the section is preferred.
func (b Book) Printed(action, section string) (Command, bool) {
	normal := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	name, _, _ := strings.Cut(strings.TrimSpace(action), " ")
	match := func(c Command) bool {
		return normal(c.Text) == normal(action) || stands[name] != nil && stands[name].MatchString(c.Text)
	}
	var found []Command
	for _, c := range b.Commands {
		if match(c) {
			found = append(found, c)
		}
	}
	for _, c := range found {
		if SameSection(c.Section, section) {
			return c, true
		}
	}
	if len(found) == 0 {
		return Command{}, false
	}
	return found[0], true
}
