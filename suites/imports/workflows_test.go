package imports_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// workflow is what is asked of a GitHub workflow here.
type workflow struct {
	Permissions any `yaml:"permissions"`
	Jobs        map[string]struct {
		Permissions map[string]string `yaml:"permissions"`
		Steps       []struct {
			Uses string         `yaml:"uses"`
			Run  string         `yaml:"run"`
			With map[string]any `yaml:"with"`
		} `yaml:"steps"`
	} `yaml:"jobs"`
}

// pinned is an action at one commit; a tag can be moved to other code.
// One of this repository is of the commit that is checked out.
var pinned = regexp.MustCompile(`^([\w.-]+/[\w./-]+@[0-9a-f]{40}|\./\.github/actions/[\w-]+)$`)

// TestWorkflowsGiveNothingAway holds both workflows against it, the one to copy
// and our own. Red while actions were pinned by tag, and while the job that
// executes a pull request could write checks.
func TestWorkflowsGiveNothingAway(t *testing.T) {
	dir := filepath.Join("..", "..", ".github", "workflows")
	names, err := os.ReadDir(dir)
	if err != nil || len(names) < 2 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(dir, name.Name()))
		if err != nil {
			t.Fatal(err)
		}
		var w workflow
		if err := yaml.Unmarshal(text, &w); err != nil {
			t.Fatal(err)
		}
		for _, problem := range w.problems(string(text)) {
			t.Errorf("%s: %s", name.Name(), problem)
		}
	}
}

func (w workflow) problems(text string) (list []string) {
	writes := func(granted any) bool {
		rights, isMap := granted.(map[string]any)
		for _, right := range rights {
			if right != "read" && right != "none" {
				return true
			}
		}
		return !isMap // none are named: the repository's default
	}
	if writes(w.Permissions) {
		list = append(list, "the workflow's own permissions may write")
	}
	if strings.Contains(text, "secrets.") || strings.Contains(text, "pull_request_target") {
		list = append(list, "it hands secrets to what it executes")
	}
	if len(w.Jobs) == 0 {
		list = append(list, "it has no jobs")
	}
	for id, job := range w.Jobs {
		checksOut, mayWrite := false, false
		for _, right := range job.Permissions {
			mayWrite = mayWrite || right != "read" && right != "none"
		}
		for _, step := range job.Steps {
			if step.Uses != "" && !pinned.MatchString(step.Uses) {
				list = append(list, id+": "+step.Uses+" is not pinned by commit")
			}
			if strings.HasPrefix(step.Uses, "actions/checkout@") {
				checksOut = true
				if step.With["persist-credentials"] != false {
					list = append(list, id+": the checkout keeps its credentials")
				}
			}
			if strings.Contains(step.Run, "${{") {
				list = append(list, id+": an expression becomes part of a script")
			}
		}
		if checksOut && mayWrite {
			list = append(list, id+": it executes what it checked out, and may write")
		}
	}
	return list
}

// TestTheActionGivesNothingAway holds the composite action against the same rules.
func TestTheActionGivesNothingAway(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", ".github", "actions", "runproof", "action.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]struct {
			Default *string `yaml:"default"`
		} `yaml:"inputs"`
		Runs struct {
			Steps []struct {
				Uses, Run, Shell string
				Env              map[string]string
			} `yaml:"steps"`
		} `yaml:"runs"`
	}
	if err := yaml.Unmarshal(text, &action); err != nil {
		t.Fatal(err)
	}
	if len(action.Runs.Steps) < 3 || len(action.Inputs) == 0 {
		t.Fatalf("%d steps, %d inputs: an empty look proves nothing", len(action.Runs.Steps), len(action.Inputs))
	}
	for i, step := range action.Runs.Steps {
		if step.Uses != "" && !pinned.MatchString(step.Uses) {
			t.Errorf("%s is not pinned by commit", step.Uses)
		}
		if strings.Contains(step.Run, "${{") {
			t.Errorf("step %d: an expression becomes part of a script", i)
		}
		if step.Run != "" && step.Shell == "" {
			t.Errorf("step %d: a composite action needs the shell", i)
		}
	}
	for name, input := range action.Inputs {
		if input.Default == nil {
			t.Errorf("input %s has no default", name)
		}
		if !strings.Contains(string(text), "inputs."+name) {
			t.Errorf("input %s is read by nobody", name)
		}
	}
}

// TestTheRulesOfWorkflowsCanFail shows each kind of breach.
func TestTheRulesOfWorkflowsCanFail(t *testing.T) {
	const good = "permissions: {}\njobs: {a: {permissions: {contents: read}, steps: [{uses: actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8, with: {persist-credentials: false}}]}}"
	for _, change := range [][2]string{
		{"8e8c483db84b4bee98b60c0593521ed34d9990e8", "v6"},
		{"contents: read", "checks: write"},
		{"persist-credentials: false", "fetch-depth: 1"},
		{"permissions: {}", "permissions: {contents: write}"},
		{"permissions: {}", "permissions: write-all"},
		{"permissions: {}\n", ""},
		{"steps: [", "steps: [{run: 'echo ${{ github.head_ref }}'}, "},
		{"steps: [", "env: {T: '${{ secrets.T }}'}, steps: ["},
	} {
		text := strings.Replace(good, change[0], change[1], 1)
		var w workflow
		if err := yaml.Unmarshal([]byte(text), &w); err != nil {
			t.Fatal(err)
		}
		if len(w.problems(text)) != 1 {
			t.Errorf("%s: %q", text, w.problems(text))
		}
	}
	var w workflow
	if err := yaml.Unmarshal([]byte(good), &w); err != nil || w.problems(good) != nil {
		t.Errorf("positive control: %v, %q", err, w.problems(good))
	}
}
