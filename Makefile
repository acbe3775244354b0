# demo and test do all of their own set-up: a fresh clone, Python 3.11 or newer and pip suffice.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
FACTCHECK := $(BIN)/factcheck
EXAMPLE := eval/articles/example.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint bench clean

demo: $(VENV)/.installed
	$(FACTCHECK) claims $(EXAMPLE)
	@$(FACTCHECK) claims $(EXAMPLE) -o report.html

test: lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(VENV)/.tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.tested
	$(BIN)/python -m eval.bench_claims
	$(BIN)/python -m eval.bench_store

clean:
	rm -rf $(VENV) build dist report.html

$(VENV)/bin/pip:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "factcheck needs Python 3.11 or newer; name one with make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet "pip>=25.1"

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --editable .
	touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/pip install --quiet --group lint --group test
	touch $@
