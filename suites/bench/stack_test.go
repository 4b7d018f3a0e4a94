package bench_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/fixtures/target"
)

// newStack opens a stack of a kind that goes with the test.
func newStack(t *testing.T, kind string) (*guard.Guard, stack.Stack) {
	t.Helper()
	g, err := guard.Start(t.Context(), fmt.Sprintf("bench-%s-%08x", time.Now().UTC().Format("20060102T150405Z"), rand.Uint32()))
	must(t, err)
	t.Cleanup(func() { must(t, g.Close(context.Background())) })
	servers, err := fixtures.Open(t.Context(), kind, g, func(text string) { t.Log(text) })
	must(t, err)
	t.Cleanup(func() { must(t, servers.Close(context.Background())) })
	return g, servers
}

// newTestbed opens a stack and what its lanes share.
func newTestbed(t *testing.T, kind string) (*guard.Guard, *lane.Testbed) {
	t.Helper()
	g, servers := newStack(t, kind)
	binary, err := target.Find(t.Context(), profile.Reference().Start.Build)
	must(t, err)
	testbed, err := lane.NewTestbed(t.Context(), g, servers, binary, profile.Reference())
	must(t, err)
	return g, testbed
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
