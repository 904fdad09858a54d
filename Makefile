# Everything runs in .venv, made from the pinned requirements at first use.

PYTHON ?= $(shell command -v python3.11 || echo python3)
BIN := .venv/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help serve train test check accuracy bench scale search requirements clean

help:  ## Show what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):[^#]*## /make \1\t/' | expand -t 20

serve: .venv/runtime  ## Serve the HTTP API; the first time, train the starter model
	$(BIN)/lanmu serve

train: .venv/runtime  ## Train a model on seeds/ and make it current
	$(BIN)/lanmu-train

test: .venv/dev  ## Run the tests
	$(BIN)/pytest

check: .venv/dev  ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

accuracy: .venv/bench  ## Measure how right the answers are
	$(BIN)/python -m tests.bench.accuracy

bench: .venv/bench  ## Measure how quick they are, in ten minutes (Debian's wrk and hey are installed)
	@command -v wrk hey >/dev/null || $(SUDO) apt-get install -y -qq wrk hey >/dev/null
	$(BIN)/python -m tests.bench.results

scale: .venv/bench  ## Measure what training costs on 10,000 to 200,000 articles (half an hour or more)
	$(BIN)/python -m tests.bench.training

search: .venv/bench  ## Try what the pipeline can be made of (some minutes)
	$(BIN)/python -m tests.bench.search

requirements: .venv/dev  ## Pin the newest dependencies
	rm -f requirements*.txt
	$(BIN)/pip-compile $(PIN) --extra build -o requirements.txt pyproject.toml
	$(BIN)/pip-compile $(PIN) --extra build --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml
	$(BIN)/pip-compile $(PIN) --extra bench -c requirements-dev.txt -o requirements-bench.txt pyproject.toml

clean:  ## Remove the environment and the caches; models stay
	rm -rf .venv *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

PIN := --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-header

.venv/runtime: requirements.txt pyproject.toml | .venv/made
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements-dev.txt .venv/runtime
	$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

.venv/bench: requirements-bench.txt .venv/dev
	$(INSTALL) --require-hashes -r requirements-bench.txt
	@touch $@

# Debian keeps what makes environments in a package of its own.
.venv/made:
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null; }
	$(PYTHON) -m venv --clear .venv
	@touch $@
