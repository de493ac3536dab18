# Parvis. `make` alone says what there is.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PYTHON_SCRIPTS := $(shell grep -lE '^\#!.*python' scripts/*)
STEP := @scripts/step
SERVICES := $(BIN)/python scripts/services run --
DEMO := PARVIS_DEMO=1 PARVIS_DATA_DIR=var/demo
# A program whose modules were compiled before starts in half the time, and tests start many. Where the machine keeps such
# files away from the sources, they are kept beside.
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache
unexport PYTHONDONTWRITEBYTECODE
WITHOUT_SERVICES := env -u CI -u PARVIS_TEST_POSTGRES_URL -u PARVIS_TEST_REDIS_URL -u PARVIS_TEST_S3_URL

.PHONY: help run demo test coverage quick check check-server check-pages audit sbom fix openapi migration bench faults proof setup build services

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install, build, fill a demonstration and serve it on http://localhost:8000
	@scripts/setup run
	@scripts/build
	@$(DEMO) $(BIN)/parvis demo
	@$(DEMO) exec $(BIN)/parvis serve

demo: ## Throw the demonstration's data away and make it again
	@scripts/setup run
	rm -rf var/demo
	@$(DEMO) $(BIN)/parvis demo

test: setup build ## Every test, beside real servers
	@$(SERVICES) $(BIN)/python scripts/test

coverage: setup ## What the tests of the server go through, with the gate
	@$(SERVICES) $(BIN)/python scripts/test coverage

quick: setup ## In two minutes: style, types, tests on SQLite without a browser
	$(STEP) lint $(BIN)/ruff check -q
	$(STEP) types $(BIN)/mypy --no-error-summary
	$(STEP) tests $(WITHOUT_SERVICES) $(BIN)/pytest -q -n 2 --ignore=tests/journeys --ignore=tests/faults -m 'not browser and not faults and not proof'
	$(STEP) pages npm --prefix frontend run --silent test

check: setup ## All that is checked beside the tests; each lane speaks when it has ended
	@$(MAKE) --jobs=2 --output-sync=target --keep-going check-server check-pages

check-server:
	$(STEP) words $(BIN)/python scripts/check_words
	$(STEP) dependencies $(BIN)/python scripts/check_dependencies
	$(STEP) format $(BIN)/ruff format --check -q --diff
	$(STEP) lint $(BIN)/ruff check -q
	$(STEP) imports $(BIN)/lint-imports --no-logo
	$(STEP) migrations $(BIN)/python scripts/check_migrations
	$(STEP) types $(BIN)/mypy
	$(STEP) scripts-types $(BIN)/mypy $(PYTHON_SCRIPTS)

check-pages:
	$(STEP) pages-lint npm --prefix frontend run --silent lint
	$(STEP) generated env -u MAKEFLAGS $(BIN)/python scripts/check_generated
	$(STEP) pages-types npm --prefix frontend run --silent types
	$(STEP) build scripts/build
	$(STEP) weights $(BIN)/python scripts/check_weights

audit: setup ## Ask the advisory databases about each locked version (needs the network; not being answered is a failure)
	@test -x var/audit/bin/pip-audit || { python3 -m venv var/audit && var/audit/bin/pip install -q --disable-pip-version-check 'pip-audit==2.*'; }
	var/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements/base.txt
	npm --prefix frontend audit --omit=dev

sbom: ## Say what Parvis is made of, as CycloneDX, in var/parvis.cdx.json
	@mkdir -p var
	@python3 scripts/sbom > var/parvis.cdx.json

fix: setup ## Put style in order, where a machine can
	$(BIN)/ruff check --fix -q || true
	$(BIN)/ruff format -q
	npm --prefix frontend run --silent format

openapi: setup ## Generate the API's description, the browser's client from it, and the configuration's page
	@$(BIN)/parvis openapi
	@$(BIN)/parvis asyncapi
	@$(BIN)/parvis configuration > docs/configuration.md
	@npm --prefix frontend run --silent api

migration: setup ## Write a migration for what changed in the models: make migration name="Add rooms"
	@test -n '$(name)' || { echo 'make migration name="Add rooms"'; exit 2; }
	@rm -f var/migration.db*
	@export PARVIS_DATABASE_URL=sqlite:///var/migration.db; \
		$(BIN)/alembic -c migrations/alembic.ini upgrade head; \
		$(BIN)/alembic -c migrations/alembic.ini revision --autogenerate -m '$(name)'

bench: setup ## Measure, beside the limit of this machine, in the same run
	@$(SERVICES) scripts/each bench

faults: setup ## Kill, cut and fill things while Parvis works
	@$(SERVICES) scripts/each faults

PARTS :=
proof: ## The long suites, kept in docs/proof/ (some of them: make proof PARTS="faults restores")
	@scripts/setup proof
	@scripts/build
	@mkdir -p docs/proof
	@$(SERVICES) scripts/each proof $(PARTS) 2>&1 | tee "docs/proof/$$(date +%F)$(addprefix -,$(firstword $(PARTS))).txt"

setup: ## Install the locked dependencies and the tools
	@scripts/setup dev

build: setup
	@scripts/build

services: setup ## Keep PostgreSQL, Redis and an S3 store running for tests by hand (stop: scripts/services stop)
	@$(BIN)/python scripts/services start
