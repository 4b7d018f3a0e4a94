// Package contract asks the service, without any fault, for everything that
// its contract promises: generated requests and broken ones, sequences, tokens
// of every kind, keys, pages. Each answer is judged by the suite's own copy of
// the contract; what was seen of it is counted and printed.
//
//	go tool ginkgo run -p --fail-on-empty --label-filter '!red' ./suites/contract
//
// RUNPROOF_STACK chooses the stack: auto (default), containers or processes.
// RAPID_CHECKS sets how many requests a property makes, RAPID_SEED which ones;
// without it they follow Ginkgo's --seed; RAPID_SHRINKTIME bounds the search for
// a smaller counter-example. The specs labelled "red" put a proxy in front of
// the service that changes its answers, and show that each promise can be seen
// broken.
package contract_test

import (
	"context"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/fixtures/adapter"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/suites/stage"
	"github.com/runproof/runproof/suites/testbed"
)

const (
	// specTimeout bounds one promise: some hundred requests, of which a broken
	// service may let many run into their deadline.
	specTimeout = 2 * time.Minute
	// readyWithin bounds the wait for a service that has been started.
	readyWithin = 15 * time.Second
)

func TestContract(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "contract")
}

var (
	shared *stage.Stage
	// service is the one that each process asks.
	service *lane.Lane
)

func init() {
	shared = stage.For("contract", func(ctx SpecContext) {
		service = open(ctx, "contract")
		setUpRapid()
	})
}

// open opens a lane that stays, starts the service in it and waits until it is
// ready.
func open(ctx context.Context, name string, different ...testbed.Option) *lane.Lane {
	GinkgoHelper()
	l, closeLane := start(ctx, name, different...)
	shared.Later(closeLane)
	return l
}

// openForSpec is an open lane that goes with the spec.
func openForSpec(ctx context.Context, name string, different ...testbed.Option) *lane.Lane {
	GinkgoHelper()
	l, closeLane := start(ctx, name, different...)
	DeferCleanup(func(ctx SpecContext) { Expect(closeLane(ctx)).To(Succeed()) }, NodeTimeout(stage.CloseDeadline))
	return l
}

func start(ctx context.Context, name string, different ...testbed.Option) (*lane.Lane, func(context.Context) error) {
	GinkgoHelper()
	l, closeLane, err := testbed.OpenService(ctx, shared.Testbed, name, different...)
	Expect(err).NotTo(HaveOccurred())
	Eventually(ctx, func() int {
		return l.Adapter.Do(ctx, adapter.Request{Method: "GET", Path: "/health/ready"}).Status
	}).WithTimeout(readyWithin).Should(Equal(200))
	return l, closeLane
}
