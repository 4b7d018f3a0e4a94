// Package contract asks the service, without any fault, for everything that
// its contract promises: generated requests and broken ones, sequences, tokens
// of every kind, keys, pages. Each answer is judged by the suite's own copy of
// the contract; what was seen of it is counted and printed.
//
//	go tool ginkgo run -p --fail-on-empty --label-filter '!red' ./suites/contract
//
// RUNPROOF_STACK chooses the stack: auto (default), containers or processes.
// RAPID_CHECKS sets how many requests a property makes, RAPID_SEED which ones;
// without it they follow Ginkgo's --seed. The specs labelled "red" put a proxy
// in front of the service that spoils its answers, and show that each promise
// can be seen broken.
package contract_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/fixtures/target"
)

const (
	// openDeadline bounds the opening of the stack; images may have to be built first.
	openDeadline = 15 * time.Minute
	// closeDeadline bounds the taking down.
	closeDeadline = time.Minute
	// specTimeout bounds one promise: some hundred requests, of which a broken
	// service may let many run into their deadline.
	specTimeout = 2 * time.Minute
	// readyWithin bounds the wait for a service that has been started.
	readyWithin = 15 * time.Second
)

var (
	// shared and owner belong to the first process alone.
	shared stack.Stack
	owner  *guard.Guard
	// own, ground and service belong to each process.
	own     *guard.Guard
	ground  *lane.Ground
	service *lane.Lane
	// closeService takes the service down, before the stack goes.
	closeService func(context.Context) error
)

func TestContract(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "contract")
}

// The first process opens the stack and migrates the template; every process,
// the first included, attaches to them and starts a service of its own.
var _ = SynchronizedBeforeSuite(func(ctx SpecContext) []byte {
	var err error
	owner, err = guard.Start(ctx, runID("stack"))
	Expect(err).NotTo(HaveOccurred())
	kind := cmp.Or(os.Getenv("RUNPROOF_STACK"), fixtures.Auto)
	shared, err = fixtures.Open(ctx, kind, owner, func(text string) { GinkgoWriter.Println(text) })
	Expect(err).NotTo(HaveOccurred())
	binary, err := target.FindReference(ctx)
	Expect(err).NotTo(HaveOccurred())
	first, err := lane.NewGround(ctx, owner, shared, binary, target.Reference())
	Expect(err).NotTo(HaveOccurred())
	info, err := json.Marshal(first.Info())
	Expect(err).NotTo(HaveOccurred())
	return info
}, func(ctx SpecContext, text []byte) {
	var info lane.Info
	Expect(json.Unmarshal(text, &info)).To(Succeed())
	config, _ := GinkgoConfiguration()
	var err error
	own, err = guard.Start(ctx, runID(fmt.Sprint("process-", config.ParallelProcess)))
	Expect(err).NotTo(HaveOccurred())
	ground, err = lane.Attach(own, info, target.Reference(), config.ParallelProcess-1, config.ParallelTotal)
	Expect(err).NotTo(HaveOccurred())
	service, closeService = open(ctx, "contract")
	setUpRapid()
}, NodeTimeout(openDeadline))

var _ = SynchronizedAfterSuite(func(ctx SpecContext) {
	for _, closeLane := range []func(context.Context) error{closeService, spoiledLane.close} {
		if closeLane != nil {
			Expect(closeLane(ctx)).To(Succeed())
		}
	}
	if own != nil {
		Expect(own.Close(ctx)).To(Succeed())
	}
}, func(ctx SpecContext) {
	if shared != nil {
		Expect(shared.Close(ctx)).To(Succeed())
	}
	if owner != nil {
		Expect(owner.Close(ctx)).To(Succeed())
	}
}, NodeTimeout(closeDeadline))

// open opens a lane, starts the service in it and waits until it is ready.
func open(ctx context.Context, name string, different ...lane.Sabotage) (*lane.Lane, func(context.Context) error) {
	GinkgoHelper()
	l, closeLane, err := ground.OpenService(ctx, name, different...)
	Expect(err).NotTo(HaveOccurred())
	Eventually(ctx, func() int {
		return l.Adapter().Do(ctx, target.Request{Method: "GET", Path: "/health/ready"}).Status
	}).WithTimeout(readyWithin).Should(Equal(200))
	return l, closeLane
}

// start is an open lane that goes with the spec.
func start(ctx context.Context, name string, different ...lane.Sabotage) *lane.Lane {
	GinkgoHelper()
	l, closeLane := open(ctx, name, different...)
	DeferCleanup(func(ctx SpecContext) { Expect(closeLane(ctx)).To(Succeed()) }, NodeTimeout(closeDeadline))
	return l
}

// runID names a guard's run apart from all others of this machine.
func runID(role string) string {
	return fmt.Sprintf("contract-%s-%s-%08x", time.Now().UTC().Format("20060102T150405Z"), role, rand.Uint32())
}
