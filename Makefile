# `make demo` reads two articles and writes their pages; `make test` is everything the CI runs.
PYTHON ?= python3
BIN := .venv/bin
EXAMPLES := $(wildcard examples/*.txt)

.PHONY: demo test clean
.SILENT:

.venv/.installed: pyproject.toml requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

demo: .venv/.installed
	mkdir -p demo
	for article in $(EXAMPLES); do \
		$(BIN)/sourceline read "$$article" || exit 1; \
		$(BIN)/sourceline read "$$article" --html "demo/$$(basename "$$article" .txt).html" || exit 1; \
		echo; \
	done

test: .venv/.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q
	if [ -f evals/gate.py ]; then $(BIN)/python evals/gate.py; fi

clean:
	rm -rf .venv demo build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
