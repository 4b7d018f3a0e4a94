// Package runbook plays every scenario of the runbook under Ginkgo, labelled
// by section, severity and fault. It is the second way into the engine that
// "runproof verify" uses, and gives the same verdicts.
//
//	go tool ginkgo run -p --fail-on-empty --label-filter 'severity:P1' ./suites/runbook
//
// RUNPROOF_STACK chooses the stack: auto (default), containers or processes.
package runbook_test

import (
	"cmp"
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
)

var (
	// shared and owner belong to the first process alone.
	shared stack.Stack
	owner  *guard.Guard
	// own and ground belong to each process.
	own    *guard.Guard
	ground *lane.Ground
)

func TestRunbook(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "runbook")
}

// The first process opens the stack and migrates the template; every process,
// the first included, attaches to them with a guard of its own.
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
}, NodeTimeout(openDeadline))

var _ = SynchronizedAfterSuite(func(ctx SpecContext) {
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

// runID names a guard's run apart from all others of this machine.
func runID(role string) string {
	return fmt.Sprintf("suite-%s-%s-%08x", time.Now().UTC().Format("20060102T150405Z"), role, rand.Uint32())
}
