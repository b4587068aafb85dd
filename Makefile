# Everything a person types here; the work is in scripts/.

.DEFAULT_GOAL := help
.PHONY: help run setup build test screens soak lint format bench deb test-deb clean

# One way of building for all targets: an import that Package.swift does not declare is an error.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
SOURCES := $(wildcard Sources Tests Benchmarks) Package.swift

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  make run FRESH=1          forgets the payments of the last run"
	@echo "  make run READER=virtual   a virtual reader even when a real one is plugged in"
	@echo "  make test FILTER=REGEX    only the tests whose names match"
	@echo "  make soak SOAK=DAYS       power cuts and disk faults, some three minutes a day"
	@echo "       SOAK_KILLS=N         kills at random moments"
	@echo "       SEEDS=N FROM=SEED    simulated scenarios, the first one's seed"
	@echo "       MINUTES=N            at most so long for the scenarios"
	@echo "  make soak PEAK=1          instead: two hours of a canteen's peak with faults"
	@echo "       MINUTES=N FROM=SEED  so long instead, 3 to 600; who comes, and the faults"
	@echo "  make bench QUICK=1        a tenth of everything, for a look; PART=drain only one part"
	@echo "  make deb VERSION=N        another version than the program's own"

run: ## Sandbox, agent and a virtual reader on this machine, until Ctrl-C
	@exec scripts/run.sh

setup: ## Installs the Debian packages that are missing
	@scripts/setup.sh

build: setup ## Builds all programs (debug)
	@swift build $(SWIFT_FLAGS)

test: ## Builds and runs all tests
	@scripts/test.sh

screens: ## Renews docs/screens, what the tests of the pages see
	@SCREENS=1 FILTER='^EndToEndTests\..*Page' scripts/test.sh

soak: ## The long proofs: power cuts and disk faults at every operation (SOAK=days)
	@scripts/soak.sh

lint: setup ## Checks formatting, documentation, and units and rules of deploy/
	@swift format lint --strict --recursive --parallel $(SOURCES)
	@scripts/check-deploy.sh
	@echo "lint: clean"

format: ## Formats the sources in place
	@swift format --in-place --recursive --parallel $(SOURCES)

bench: ## Runs the benchmarks (release), with the program as it is shipped
	@scripts/setup.sh bench
	@agent=$$(scripts/release.sh) && bench=$$(scripts/release.sh kiosk-bench) && \
		"$$bench" $(PART) --agent "$$agent" $(if $(QUICK),--quick)

deb: ## Builds the Debian package: .build/kiosk-agent_<version>_<arch>.deb
	@scripts/deb.sh

test-deb: ## Builds the package and tries it in a clean root: upgrade, removal, purge
	@scripts/test-deb.sh

clean: ## Removes what was built, and the state of make run
	@rm -rf .build .run

# For the scripts; not exported when empty. None begins with KIOSK_, which is the agent's own.
export FRESH READER FILTER SOAK RUN_DIR API_PORT SANDBOX_PORT VERSION
