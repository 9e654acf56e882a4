# make build   a virtual environment, and this repository's own site in public/
# make test    every test; those that need a browser, feed readers or Node say what they lack
# make lint    style, types, layers
# make bench   newsfeed beside Hugo, Eleventy and Pelican: BENCH="--sizes 1000 --runs 1" is quick
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: build test lint docs bench fuzz clean
.DELETE_ON_ERROR:

build: $(STAMP)
	$(BIN)/newsfeed build

test: $(STAMP)
	$(BIN)/python -m pytest -n auto $(PYTEST)

lint: $(STAMP)
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python bench/run.py $(BENCH)

docs: $(STAMP)
	$(BIN)/python docs/write.py

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[serve,images,dev]"
	touch $@

clean:
	rm -rf $(VENV) public dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
