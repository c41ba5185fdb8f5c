# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test lint bench fuzz docs site engine clean

help:  ## what can be done here
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

run: .venv/.run  ## set up, open the sample conversation and show its page
	$(BIN)/throwline demo

test: .venv/.test tests/pyodide/node_modules/.done tests/site/node_modules/.done tools/engine/node_modules/.done  ## set up and run every test, a real browser included
	@tools/system.sh browser
	@tools/system.sh evidence
	@tools/system.sh fonts
	$(BIN)/pytest

lint: .venv/.test  ## style, types, and which room may lean on which
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.test .venv-peers/.done  ## measure speed and memory beside the peers; writes docs/benchmarks.md
	$(BIN)/python -m benchmarks

fuzz: .venv-fuzz/.done  ## try an hour long (FUZZ_SECONDS) to break a reader
	.venv-fuzz/bin/python fuzz/readers.py

docs: .venv/.run  ## write the pages that are made from the code
	$(BIN)/python -m tools.docs

site: engine  ## the site with its tools, in build/site, ready for a host
	rm -rf build/site
	$(BIN)/throwline site build build/site --tools build/engine

engine: .venv/.run tools/engine/node_modules/.done  ## what the tools of the site run on, packed, in build/engine
	rm -rf build/engine
	$(BIN)/python -m tools.engine build/engine

train: .venv-train/.done  ## train on data/conversations; writes model.bin, course.json and thresholds.toml
	PYTHONPATH=src:. .venv-train/bin/python -m training

clean:  ## remove what the other commands made
	rm -rf .venv .venv-peers .venv-train .venv-fuzz tests/pyodide/node_modules tests/site/node_modules tools/engine/node_modules build .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/.run: requirements/run.txt pyproject.toml tools/venv.py
	$(PYTHON) tools/venv.py .venv requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: .venv/.run requirements/test.txt
	$(PYTHON) tools/venv.py .venv requirements/test.txt
	@touch $@

.venv-peers/.done: requirements/bench.txt tools/venv.py
	$(PYTHON) tools/venv.py .venv-peers requirements/bench.txt
	@touch $@

.venv-fuzz/.done: requirements/fuzz.txt tools/venv.py
	$(PYTHON) tools/venv.py .venv-fuzz requirements/fuzz.txt
	@touch $@

.venv-train/.done: requirements/train.txt tools/venv.py
	$(PYTHON) tools/venv.py .venv-train requirements/train.txt
	@touch $@

tests/pyodide/node_modules/.done: tests/pyodide/package-lock.json
	@tools/system.sh pyodide

tests/site/node_modules/.done: tests/site/package-lock.json
	@tools/system.sh axe

tools/engine/node_modules/.done: tools/engine/package-lock.json
	@tools/system.sh engine
