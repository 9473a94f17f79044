# make run    sets up, validates the graph, shows real answers
# make test   sets up, then lint, types and all tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test foreign setup release format docs benchmark mutation clean
.DEFAULT_GOAL := run

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . --group dev
	touch $@

setup: $(VENV)/.installed

run: setup
	$(BIN)/gba-kg validate
	$(BIN)/gba-kg query platform-profile
	$(BIN)/gba-kg query improvements
	$(BIN)/gba-kg query coverage

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/gba-kg fmt --check ontology data shapes tests/cases examples
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

# readers of other people's, for the round trips of exports; outside of the project
foreign:
	mkdir -p $${TMPDIR:-/tmp}/gba-kg-foreign
	cp tests/foreign/package.json $${TMPDIR:-/tmp}/gba-kg-foreign/
	npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts --prefix $${TMPDIR:-/tmp}/gba-kg-foreign

# the folder to publish; it must not be there yet
release: setup
	$(BIN)/gba-kg release gba-kg-release

format: setup
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIN)/gba-kg fmt ontology data shapes tests/cases examples

benchmark: setup
	$(BIN)/python benchmarks/cold_query.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group bench
	$(BIN)/python benchmarks/validation.py
	$(BIN)/python benchmarks/reasoning.py
	$(BIN)/python benchmarks/export.py

# Some minutes: every mutant of the shapes, and a sample of the data's.
mutation: setup
	$(BIN)/python tests/mutation.py --data 260

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
