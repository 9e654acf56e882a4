# make build   a virtual environment, and this repository's own site in public/
# make test    every test; those that need a browser, feed readers or Node say what they lack
# make lint    style, types, layers
# make crash  each command ended at each of its calls of the disk: CRASH="--every 20 --only edits"
# make audit  which pinned packages have known weaknesses, where the network can be asked
# make at-once  builds of one site at once while its articles are written: ATONCE="--builds 500"
# make attack  payloads in every field, looked at in a browser with alarms: ATTACK="--every 10"
# make docs    the pages of docs/ that are made from the code
# make fuzz    the property tests again and again, with new examples: ROUNDS=20
# make mutants  changes the code of a room for the worse: do its tests notice? ROOM=identity
# make whole    every test, and each matrix whole (an hour)
# make letters every letter of the matrix of layouts, languages, lengths and pictures (minutes)
# make linear  twice as long a text takes twice the time: bodies of 20 and 320 KB (ten minutes)
# make bench   newsfeed beside Hugo, Eleventy and Pelican, a letter beside MJML's: BENCH="--sizes 1000 --runs 1" is quick,
#              BENCH="--real ITEMS_DIR" takes a folder of real articles
# make reproducible   one hash from every Python, zone, locale, clone and hash seed? REPRODUCIBLE="--all"
# make histories   500 random lives of feeds: do newsboat and sfeed show what `newsfeed diff` says?
# make pythons the tests that need no browser, with each Python from 3.11 on that is on the path: PYTHONS="3.13"
# make oldest  the tests that need no browser, with the lowest versions that pyproject.toml allows
# make same    two checkouts build the same sites, byte for byte: SAME="OLD NEW"
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: build test whole letters linear lint crash audit at-once attack docs bench same reproducible histories pythons oldest fuzz mutants clean
.DELETE_ON_ERROR:

build: $(STAMP)
	$(BIN)/python -m compileall -q src
	$(BIN)/newsfeed build

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST)

whole: $(STAMP)
	$(BIN)/python -m pytest -n auto -m "whole or not whole"

linear: $(STAMP)
	$(BIN)/python -m pytest -n auto -m whole tests/test_body_linear.py tests/test_content_linear.py

letters: $(STAMP)
	$(BIN)/python -m pytest -n auto -m "whole or not whole" tests/test_newsletter_matrix.py tests/test_newsletter_browser.py

lint: $(STAMP)
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python bench/run.py $(BENCH)

same: $(STAMP)
	$(BIN)/python bench/same.py $(SAME)

reproducible: $(STAMP)
	$(BIN)/python bench/reproducible.py $(REPRODUCIBLE)

# A quarter of them are of a site that Hugo builds, found on the path or in NEWSFEED_TOOLS.
histories: $(STAMP)
	NEWSFEED_HISTORIES=125 $(BIN)/python -m pytest -n auto tests/test_feeds_reader_models.py -k models_say

# Arbitrary bytes and text against everything that reads, with new examples in each round.
ROUNDS ?= 20
fuzz: $(STAMP)
	for round in $$(seq $(ROUNDS)); do \
	  HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n auto tests/test_content_frontmatter.py \
	    tests/test_content_dates.py tests/test_content_charset.py tests/test_content_reading.py tests/test_markup_*.py \
	    tests/test_content_importers.py tests/test_feeds_lint.py tests/test_feeds_reader_models.py tests/test_hostile_bytes.py \
	    tests/test_identity_*.py tests/test_newsletter_issues.py tests/test_newsletter_layout.py \
	    tests/test_site_library.py -k "not slow" || exit 1; \
	done

# Small changes for the worse to one room's code, for twenty minutes at most: MINUTES=5
ROOM ?= identity
MINUTES ?= 20
mutants: $(STAMP)
	$(BIN)/python tests/mutants.py $(ROOM) --minutes $(MINUTES)

# What other programs are needed for says nothing of Python.
ALONE := not (browser or node or readers or spam or ci or tools or slow)
PYTHONS ?= 3.11 3.12 3.13 3.14
pythons:
	for version in $(PYTHONS); do \
	  if command -v python$$version >/dev/null; then \
	    $(MAKE) test PYTHON=python$$version VENV=.bench/python$$version PYTEST='-m "$(ALONE)" $(PYTEST)' || exit 1; \
	  else echo "python$$version is not on the path"; fi; \
	done

# Wheels alone, as an installation takes them: feedgen alone has none.
OLDEST := .bench/oldest
oldest:
	$(PYTHON) -m venv --clear $(OLDEST)
	$(OLDEST)/bin/python tests/lowest.py > $(OLDEST)/lowest.txt
	$(OLDEST)/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-binary feedgen \
	  -r $(OLDEST)/lowest.txt pytest pytest-xdist hypothesis feedparser jsonschema aiosmtpd hatchling
	PYTHONPATH="$(CURDIR)/src" $(OLDEST)/bin/python -m pytest -n auto $(PYTEST) -m "$(ALONE)"

crash: $(STAMP)
	$(BIN)/python tests/crash.py $(CRASH)

# An environment of its own: what it needs is none of ours.
AUDIT := .bench/audit
audit:
	$(PYTHON) tests/audit.py $(AUDIT)

at-once: $(STAMP)
	$(BIN)/python tests/at_once.py $(ATONCE)

attack: $(STAMP)
	$(BIN)/python tests/attack.py $(ATTACK)

docs: $(STAMP)
	$(BIN)/python docs/write.py

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[serve,dev]"
	touch $@

clean:
	rm -rf $(VENV) public dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
