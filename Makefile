# Everything sets itself up: a machine with Python 3.11 or newer and make is enough. uv is used where it is there.
VENV := .venv
BIN := $(VENV)/bin
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
PYTHON ?= $(shell for p in $(CANDIDATES); do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV := $(shell command -v uv 2>/dev/null)
# uv finds or fetches a Python by itself, unless one was asked for by name: make PYTHON=python3.13 test
UV_PYTHON := $(if $(filter file undefined default,$(origin PYTHON)),>=3.11,$(PYTHON))

.PHONY: run test check audit bench format lock audit clean

run: $(VENV)/.run ## set up, then talk to the bot right here
	@$(BIN)/stepwise run

test: $(VENV)/.dev ## set up, then run all tests
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev ## linters, types, import contracts, generated pages, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/stepwise docs --check
	$(BIN)/stepwise content check --strict
	$(BIN)/stepwise challenge check
	$(BIN)/stepwise content eval --first 0.90 --three 0.97 --silent 0.90 --amiss 0.03

audit: $(VENV)/.dev ## look up what is known against the locked packages
	@$(BIN)/pip-audit -r requirements.lock --disable-pip --require-hashes --progress-spinner off > $(VENV)/audit.txt 2>&1; \
	if grep -E "^Found [0-9]+ known" $(VENV)/audit.txt; then cat $(VENV)/audit.txt; exit 1; fi; \
	if grep -qE "could not be audited|ERROR" $(VENV)/audit.txt; then echo "Not every package could be looked up here."; \
	else echo "Nothing is known against the locked packages."; fi

bench: $(VENV)/.dev ## benchmarks, each beside its baseline
	$(BIN)/python -m tests.bench

format: $(VENV)/.dev ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## make the lock files anew (needs uv)
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --upgrade \
		--group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header \
		-c requirements.lock --group dev pyproject.toml -o requirements-dev.lock

clean: ## remove the environment and what tools left behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What tests need holds all that the bot needs, so one environment serves both.
$(VENV)/.run: requirements.lock pyproject.toml
	@if test -f $(VENV)/.dev; then $(MAKE) --no-print-directory --always-make $(VENV)/.dev; \
	else $(MAKE) --no-print-directory install LOCK=requirements.lock; fi
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml
	@$(MAKE) --no-print-directory install LOCK=requirements-dev.lock
	@touch $@ $(VENV)/.run

.PHONY: install
install:
ifeq ($(strip $(PYTHON)$(UV)),)
	@echo "Stepwise needs Python 3.11 or newer, and there is none here. Install it from https://www.python.org/downloads/ and try again."
	@exit 1
else ifneq ($(UV),)
	@echo "Setting up (this happens once) ..."
	@$(UV) venv --quiet --seed --allow-existing --python '$(UV_PYTHON)' $(VENV)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r $(LOCK)
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	@echo "Setting up (this happens once and takes about a minute) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
