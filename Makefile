# `make demo` and `make test` need Debian, Python >= 3.11 and make; they set up the rest in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CHROMIUM := $(shell command -v chromium)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
CATALOGUE := auditlib/locale/en.po

.PHONY: demo test soak lint types bench lock messages strip clean

demo: $(VENV)/installed
	$(BIN)/auditlib demo

test: $(VENV)/installed-for-tests lint types
ifeq ($(CHROMIUM),)
	$(SUDO) apt-get update -q && $(SUDO) apt-get install -q -y --no-install-recommends chromium
endif
	$(BIN)/pytest -n 2 --dist loadgroup

# Damaged and invented files of every kind, ten times as many as `make test` tries.
soak: $(VENV)/installed-for-tests
	AUDITLIB_SOAK=10 $(BIN)/pytest -n 2 tests/properties/test_fuzz.py

lint: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(VENV)/installed-for-tests
	$(BIN)/mypy

bench: $(VENV)/installed-for-tests
	$(BIN)/python -m benchmarks

# Versions and hashes, no address. The second file adds the test tools and the cluster to the first.
lock: $(VENV)/uv
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-strip-extras \
		--no-emit-index-url pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-strip-extras \
		--no-emit-index-url --all-extras -c requirements.lock pyproject.toml -o tests/requirements.lock

# French is the source: this brings its new sentences into the English catalogue, which is then edited by hand.
messages: $(VENV)/installed
	$(BIN)/pybabel -q extract -F pyproject.toml --omit-header --no-location --sort-output -k say -k _say \
		-o $(VENV)/messages.pot .
	$(BIN)/pybabel -q update -i $(VENV)/messages.pot -o $(CATALOGUE) -l en --omit-header --no-fuzzy-matching --ignore-obsolete

strip: $(VENV)/installed-for-tests
	$(BIN)/nbstripout notebooks/*.ipynb

clean:
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed (PYTHON=…)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "python3-venv is missing: $(SUDO) apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-for-tests: tests/requirements.lock $(VENV)/installed
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@

$(VENV)/uv: | $(VENV)/bin/pip
	$(BIN)/pip install -q --disable-pip-version-check uv
	@touch $@
