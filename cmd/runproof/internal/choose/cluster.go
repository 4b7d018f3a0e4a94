package choose

import (
	"net/netip"

	"github.com/spf13/pflag"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/cluster"
	"github.com/runproof/runproof/fixtures/stack"
)

// ClusterFlags are the flags that go with --stack cluster: whose cluster it is.
type ClusterFlags struct{ Kubeconfig, Context, Image, Machine string }

// ClusterFlagNames are their names.
var ClusterFlagNames = []string{"kubeconfig", "context", "image", "machine"}

// Add adds them.
func (f *ClusterFlags) Add(flags *pflag.FlagSet) {
	flags.StringVar(&f.Kubeconfig, "kubeconfig", "", "`file` that names the cluster; everything happens in fresh namespaces, which are removed")
	flags.StringVar(&f.Context, "context", "", "its context by `name`; the current context is never taken by itself")
	flags.StringVar(&f.Image, "image", "", "`image` of the service in a registry that the cluster pulls from")
	flags.StringVar(&f.Machine, "machine", "", "`address` at which pods of the cluster reach this machine")
}

// Options are what the flags say of the cluster.
func (f ClusterFlags) Options() cluster.Options {
	return cluster.Options{Kubeconfig: f.Kubeconfig, Context: f.Context, Image: f.Image, Machine: f.Machine}
}

// Check says what is wrong with the flags, before anything is dialled.
func (f ClusterFlags) Check(kind string) error {
	if f == (ClusterFlags{}) {
		return nil
	}
	if kind != stack.KindCluster {
		return exit.Usage("--kubeconfig, --context, --image and --machine go with --stack %s", stack.KindCluster)
	}
	if f.Kubeconfig == "" || f.Context == "" {
		return exit.Usage("%w", cluster.ErrHalfNamed)
	}
	for flag, value := range map[string]string{"--image": f.Image, "--machine": f.Machine} {
		if value == "" {
			return exit.Usage("%s is missing: nobody else knows it of the cluster of context %q", flag, f.Context)
		}
	}
	if _, err := netip.ParseAddr(f.Machine); err != nil {
		return exit.Usage("--machine %q is no IP address", f.Machine)
	}
	return nil
}
