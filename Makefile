# Every target sets up what it needs first; a second run of a target is quick.
.DEFAULT_GOAL := help
SHELL := /bin/bash

UV := .tools/bin/uv
PYTHON := .venv/bin/python
# Each process holds a trained model (up to 2 GB); a module stays in one, as its fixtures do.
AT_ONCE := -n 2 --dist loadfile
# The ten longest, so that a test that has grown long is seen.
LONGEST := --durations=10
ROOM := dialogue
SAMPLE := 60
SEED := 1
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.PHONY: help run test test-slow test-all coverage coverage-deciding browser check audit fuzz mutants train bench format clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/'

run: .venv/ready ## set everything up, train where something changed, serve
	@.venv/bin/zhuyetong train
	@.venv/bin/zhuyetong serve

test: .venv/ready browser ## set everything up, then the tests
	@.venv/bin/zhuyetong train
	@$(PYTHON) -m pytest -m "not slow" $(AT_ONCE) $(LONGEST)

test-slow: .venv/ready browser ## only the long tests
	@.venv/bin/zhuyetong train
	@$(PYTHON) -m pytest -m slow $(LONGEST)

test-all: .venv/ready browser ## the tests, the long ones too
	@.venv/bin/zhuyetong train
	@$(PYTHON) -m pytest

coverage: .venv/ready browser ## the tests but the long ones, and the share of the code they run
	@.venv/bin/zhuyetong train
	@$(PYTHON) -m pytest -m "not slow" $(AT_ONCE) --cov --cov-report=term

# The rooms whose tests need no model and keep no time, so that being traced changes nothing about them.
DECIDING := dialogue knowledge/rules registry/values registry/cases registry/limits
coverage-deciding: .venv/ready ## the share of what decides without a model that its own tests run, in less than a minute
	@$(PYTHON) -m pytest $(DECIDING:%=tests/%) $(DECIDING:%=--cov=%) --cov-report=term

browser: # Chromium for the tests of the pages, where there is none
	@bash tools/browser.sh

check: .venv/ready ## format, lint, types, training data, documents
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	@bash tools/javascript.sh check
	.venv/bin/zhuyetong documents check
	.venv/bin/rasa data validate --data nlu_data

audit: .venv/ready ## ask the database of known vulnerabilities about every locked package
	@bash tools/audit.sh

fuzz: .venv/ready ## send a service with records of its own 2,000 chats, 200 recordings and talks that nobody should send
	@.venv/bin/zhuyetong train
	@$(PYTHON) -m tools.fuzz

mutants: .venv/ready ## change ROOM (dialogue, rules, registry) in SAMPLE small places, one after the other, and print which of them no test notices; AT=path:line takes one line
	@nice -n 10 $(UV) tool run --python $(PYTHON) --from cosmic-ray==8.7.0 python tools/mutants.py $(ROOM) \
		--sample $(SAMPLE) --seed $(SEED) $(if $(AT),--at $(AT))

train: .venv/ready ## train where training data, config or domain changed
	@.venv/bin/zhuyetong train

bench: .venv/ready ## measure accuracy, speed and memory; prints a table and writes benchmarks/results.json
	@.venv/bin/zhuyetong train
	@$(PYTHON) -m benchmarks

format: .venv/ready ## put the code in format
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	@bash tools/javascript.sh write

clean: ## remove what was installed and trained; var/ with people's data stays
	rm -rf .venv .tools models .rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/ready: pyproject.toml uv.lock tools/setup.sh
	@bash tools/setup.sh
	@touch $@
