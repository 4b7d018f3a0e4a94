package choose

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/judge"
)

// TestAClusterIsNamedInFull: nothing of somebody's cluster is guessed. By hand: with
// Check returning nil, each case fails.
func TestAClusterIsNamedInFull(t *testing.T) {
	whole := ClusterFlags{Kubeconfig: "file", Context: "name", Image: "image", Machine: "10.0.0.1"}
	if err := whole.Check("cluster"); err != nil {
		t.Error(err)
	}
	if err := (ClusterFlags{}).Check("processes"); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		stack, want string
		change      func(*ClusterFlags)
	}{
		{"processes", "go with --stack cluster", func(*ClusterFlags) {}},
		{"cluster", "--context", func(f *ClusterFlags) { f.Context = "" }},
		{"cluster", "--kubeconfig", func(f *ClusterFlags) { f.Kubeconfig = "" }},
		{"cluster", "--image", func(f *ClusterFlags) { f.Image = "" }},
		{"cluster", "--machine", func(f *ClusterFlags) { f.Machine = "" }},
		{"cluster", "no IP address", func(f *ClusterFlags) { f.Machine = "here" }},
	} {
		flags := whole
		c.change(&flags)
		if err := flags.Check(c.stack); err == nil || !strings.Contains(err.Error(), c.want) || exit.Code(err) != judge.ExitUsage {
			t.Errorf("%+v on %s: %v, want …%s… and exit 2", flags, c.stack, err, c.want)
		}
	}
}
