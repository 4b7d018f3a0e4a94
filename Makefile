# Everything a user or a developer needs. `make help` lists the targets.

GO      ?= go
STACK   ?= auto
ARGS    ?=
# The specs of scenarios mostly wait; eight processes let the waits overlap, and leave two slow cores some air.
PROCS   ?= 8
# Each tries a defect with three scenarios at a time. A dozen took as long, and had more of them played again.
TRIALS  ?= 8
# Those of the contract work all the time.
WORKERS ?= 3
UNIT     = $(shell $(GO) list ./... | grep -v /suites/) ./suites/imports
GINKGO   = $(GO) tool ginkgo run -p --fail-on-empty --randomize-all --timeout=40m
TRIAL    = RUNPROOF_BINARY=$(CURDIR)/bin/runproof RUNPROOF_DEFECTS=$(CURDIR)/bin/defects/event-service \
           RUNPROOF_CONTRACT=$(CURDIR)/bin/defects/contract.test $(GO) tool ginkgo run -p --fail-on-empty --randomize-all
DOCKER   = $(shell timeout 5 docker version >/dev/null 2>&1 && echo yes)

# What "make defects" is told: everything, or one of each family; and whether to write it down.
export FULL FAMILIES RUNPROOF_UPDATE

.PHONY: help setup setup-tests build verify control test unit suites defects blind foreign contract-defects ten-mutants mutants bench check lint images images-cluster generate man clean ci

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-17s %s\n", $$1, $$2}'

setup: ## install what the stacks need and this machine lacks
	@.ci/setup

setup-tests: ## the same, and what the tests need beyond that
	@.ci/setup tests

build: ## build runproof and the reference service into bin/
	$(GO) build -o bin/ ./cmd/runproof
	CGO_ENABLED=0 $(GO) build -o bin/ ./cmd/event-service

verify: setup build ## the main job: verify the runbook against the reference (STACK=auto|containers|processes|cluster, ARGS=...)
	bin/runproof verify --stack $(STACK) $(ARGS)

control: setup build ## the same without any fault: nothing expected of a fault may be observed
	bin/runproof verify --control --stack $(STACK) $(ARGS)

test: setup-tests build ## all tests, on both stacks
	@# The tests of the containers stack wait for its images; the others need not, nor does what the suites are built of.
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=line $(if $(DOCKER),images) unit mutants
	@$(MAKE) --no-print-directory suites

unit: ## tests that need no stack but their own (vet is part of check)
	$(GO) test -vet=off $(UNIT)
	$(GO) test -vet=off -run '^TestThe(TableOfTheContract|RecordKnows.*)$$' ./suites/defects ./suites/kills

suites: mutants ## the Ginkgo suites: processes, then containers where a Docker engine answers
ifeq ($(DOCKER),yes)
	bin/runproof doctor --images
endif
	RUNPROOF_STACK=processes RUNPROOF_TARGET=$(CURDIR)/bin/event-service $(GINKGO) --procs=$(PROCS) ./suites/runbook
	RUNPROOF_STACK=processes RUNPROOF_TARGET=$(CURDIR)/bin/event-service $(GINKGO) --procs=$(WORKERS) ./suites/contract
	RUNPROOF_BINARY=$(CURDIR)/bin/runproof RUNPROOF_TARGET=$(CURDIR)/bin/event-service $(GINKGO) --procs=4 --label-filter='!rest' ./suites/harness
	$(GO) test -vet=off ./suites/browser
	FAMILIES=1 RUNPROOF_STACK=processes $(TRIAL) --procs=4 --timeout=40m ./suites/kills
ifeq ($(DOCKER),yes)
	@# The other way into the engine: what a gate runs, with the runbook's commands executed as printed.
	RUNPROOF_TARGET=$(CURDIR)/bin/event-service bin/runproof verify --stack containers --jobs=8 --out bin/verify
	RUNPROOF_STACK=containers RUNPROOF_TARGET=$(CURDIR)/bin/event-service $(GINKGO) --procs=$(WORKERS) --label-filter='!red' ./suites/contract
else
	@if [ -n "$$CI" ]; then echo "no Docker engine answers: the containers stack is not covered, which fails in CI" >&2; exit 1; \
	else echo "SKIPPED: no Docker engine answers, the containers stack is not covered" >&2; fi
endif

defects: setup mutants ## the scenarios on trial: every defect of the service against those of the claim it breaks (FULL=1, FULL=rest, FAMILIES=1, RUNPROOF_UPDATE=yes)
	RUNPROOF_STACK=processes $(TRIAL) --procs=$(TRIALS) --timeout=2h --label-filter='!mutants' $(ARGS) ./suites/kills

ten-mutants: setup mutants ## services with one defect each: the claims that it breaks turn FALSE, the rest stay TRUE
	RUNPROOF_STACK=processes $(TRIAL) --procs=1 --timeout=1h --label-filter=mutants ./suites/kills

contract-defects: setup mutants ## the contract suite against every defect, and a defect beside the honest service (RUNPROOF_UPDATE=yes writes suites/defects/CONTRACT.md)
	$(TRIAL) --procs=2 --timeout=2h --label-filter="contract || baseline" $(ARGS) ./suites/defects

foreign: setup-tests build ## services in other languages, and all that behave badly
	RUNPROOF_BINARY=$(CURDIR)/bin/runproof RUNPROOF_TARGET=$(CURDIR)/bin/event-service $(GINKGO) --procs=1 --label-filter=foreign ./suites/harness

blind: setup build ## the defects that were written blind: how many live (ARGS="07 19": some)
	.ci/blind $(ARGS)

mutants: build
	CGO_ENABLED=0 $(GO) build -tags defects -o bin/defects/ ./cmd/event-service
	$(GO) test -c -o bin/defects/contract.test ./suites/contract

bench: setup build ## measure harness and service on an idle machine, about 10 minutes (SHORT=1: one; BENCH_JOBS="1 8": other full runs; RUNPROOF_UPDATE=yes writes suites/bench/BENCHMARKS.md)
	RUNPROOF_BENCH=$(if $(SHORT),short,long) BENCH_JOBS="$(BENCH_JOBS)" RUNPROOF_BINARY=$(CURDIR)/bin/runproof RUNPROOF_TARGET=$(CURDIR)/bin/event-service \
	$(GO) test -count=1 -vet=off -timeout=60m -run '^TestBench$$' -v ./suites/bench

check: ## format, vet, lint of code and runbook, unit tests, import rules
	@test -z "$$(gofmt -l .)" || { echo "not formatted:"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) vet -tags defects ./...
	$(GO) tool -modfile=.ci/tools.mod golangci-lint run
	$(GO) run ./cmd/runproof lint --lock
	@$(MAKE) --no-print-directory unit

images: setup build ## pull or build the images of the containers stack beforehand
	bin/runproof doctor --images

images-cluster: images ## build the node image of the cluster stack: compiles Kubernetes, 10 to 30 minutes the first time
	fixtures/images/node/build $(CURDIR)/bin/node

generate: ## regenerate mocks, golden reports, tables
	$(GO) tool mockery
	$(GO) test ./reports -update
	$(GO) test ./cmd/runproof/internal/list -update
	$(GO) test ./cmd/event-service/internal/promises ./cmd/event-service/internal/config -update

man: build ## write the manual pages to bin/man
	bin/runproof man bin/man

clean: ## remove leftovers of crashed runs, and what was built here
	@if [ -x bin/runproof ]; then bin/runproof clean; fi
	rm -rf bin

ci: ## what CI runs
	.ci/run
