# `make demo` reads an article, and an invented affair into a ledger; `make test` is everything the CI runs;
# `make pictures` has Chromium look at every page.
PYTHON ?= python3
BIN := .venv/bin
EXAMPLES := $(wildcard examples/*.txt)

.PHONY: demo test pictures clean
.SILENT:

.venv/.installed: pyproject.toml requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

demo: .venv/.installed
	mkdir -p demo
	$(BIN)/sourceline read examples/ferry.txt
	for article in $(EXAMPLES); do \
		$(BIN)/sourceline read "$$article" --html "demo/$$(basename "$$article" .txt).html" || exit 1; \
	done
	$(BIN)/sourceline add examples --ledger demo/news.db
	$(BIN)/sourceline sources --ledger demo/news.db --limit 8
	echo
	echo "The ledger is demo/news.db. Things to try:"
	echo "  $(BIN)/sourceline claims drums --ledger demo/news.db"
	echo "  $(BIN)/sourceline trace ID --ledger demo/news.db   (an ID of that list)"
	echo "  $(BIN)/sourceline lint YOUR-DRAFT.txt --ledger demo/news.db"
	echo "  $(BIN)/sourceline serve --open --ledger demo/news.db"
	echo "  $(BIN)/sourceline search drums --act deny --ledger demo/news.db"
	echo "  $(BIN)/sourceline sources --act decline --ledger demo/news.db"
	echo "  $(BIN)/sourceline diff ebc-0315-dozens --ledger demo/news.db"

test: .venv/.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q
	if [ -f evals/gate.py ]; then $(BIN)/python evals/gate.py; fi

pictures: .venv/.installed
	mkdir -p demo
	$(BIN)/sourceline add examples --ledger demo/pictures.db
	$(BIN)/python tests/show/web/pictures.py demo/pictures.db docs/pictures

clean:
	rm -rf .venv demo build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
