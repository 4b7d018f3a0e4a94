package repository

import (
	"fmt"
	"sort"
)

// Place is where a fact stands.
type Place struct {
	File string
	Line int
}

func (p Place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// Unread is a file that could not be read, and why.
type Unread struct{ File, Reason string }

// Facts are what the files of a repository say.
type Facts struct {
	// Unread lists the files that were meant and could not be read.
	Unread []Unread
	// Templates tells that manifests are templates, of which only the rendered
	// ones can be read: what is not found may be in them.
	Templates bool

	// programs tells that some migrations are programs, which are not read: what
	// tables there are is not known.
	programs bool

	namespaces map[string]Place
	workloads  []workload
	services   []service
	compose    map[string]composeService
	containers map[string]named // those that compose files give a name
	unnamed    map[string]bool  // services whose containers docker compose names
	variables  map[string]Place // names of environment variables
	operations []operation
	prefixes   []string // base paths of the OpenAPI documents
	hosts      []string // and the hosts of their servers
	alerts     []alert
	tables     map[string]*table
	images     []image
}

// workload is a Deployment, a StatefulSet, a DaemonSet, a Job or a CronJob.
type workload struct {
	kind, name string
	place      Place
	labels     map[string]string
	containers []container
}

type container struct {
	name, image string
	probes      map[string]probe
}

// probe are the fields of a probe by their paths: "httpGet.path", "periodSeconds".
type probe map[string]value

type value struct {
	text  string
	place Place
}

type service struct {
	name  string
	place Place
	ports map[string]bool // numbers and names
}

type composeService struct {
	place Place
	ports map[string]bool
}

type operation struct {
	method, path string
	place        Place
	codes        map[string]bool
}

type alert struct {
	name, runbookURL string
	place            Place
}

type table struct {
	place   Place
	columns map[string]bool
	dropped *Place
}

// image is what a Dockerfile makes in its last stage.
type image struct {
	place     Place
	folder    string
	base      string
	installed string // the lines that add something
}

// Count says how many facts of each kind were read, for a summary.
func (f *Facts) Count() string {
	return fmt.Sprintf("%d workloads, %d services, %d variables, %d operations, %d alerts, %d tables, %d images",
		len(f.workloads), len(f.services)+len(f.compose), len(f.variables), len(f.operations), len(f.alerts), len(f.tables), len(f.images))
}

// Empty tells whether nothing was read that a runbook can be held against.
func (f *Facts) Empty() bool {
	return len(f.workloads)+len(f.services)+len(f.compose)+len(f.variables)+len(f.operations)+len(f.alerts)+len(f.tables)+len(f.images)+len(f.namespaces) == 0
}

func newFacts() *Facts {
	return &Facts{namespaces: map[string]Place{}, compose: map[string]composeService{}, containers: map[string]named{}, unnamed: map[string]bool{}, variables: map[string]Place{}, tables: map[string]*table{}}
}

func (f *Facts) unread(file, reason string) { f.Unread = append(f.Unread, Unread{file, reason}) }

func names[V any](m map[string]V) []string {
	list := make([]string, 0, len(m))
	for name := range m {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}
