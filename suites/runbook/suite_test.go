// Package runbook plays every scenario of the runbook under Ginkgo, labelled
// by section, severity and fault. It is the second way into the engine that
// "runproof verify" uses, and gives the same verdicts.
//
//	go tool ginkgo run -p --fail-on-empty --label-filter 'severity:P1' ./suites/runbook
//
// RUNPROOF_STACK chooses the stack: auto (default), containers or processes.
package runbook_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/suites/stage"
)

func TestRunbook(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "runbook")
}

var shared = stage.For("runbook", nil)
