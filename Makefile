# Everything on a fresh Debian 12 with git, make, python3 and python3-venv.
#
#   make demo     install what is missing, start the embedded wiki, publish the corpus
#   make test     the same installing, then every test
#   make quick    the developer's loop: lint, types, unit tests; no wiki, no network
#   make bench    time check, trace, rendering and dumps on made-up corpora
#   make torture  500 random sequences of edits, faults and kills: TORTURE_SEEDS, TORTURE_MINUTES
#   make fuzz     21,000 random edits of the published pages: none may go unseen
#   make record   record the HTTP cassettes again, from the embedded wiki
#   make stop     stop the embedded wiki

PYTHON ?= python3
BIN := .venv/bin
PHP := php-cli php-sqlite3 php-intl php-mbstring php-xml php-apcu
BROWSER := chromium chromium-driver
# without a terminal nobody sees pip's progress bar, but everybody sees its noise
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-input

.PHONY: demo test quick lint bench fuzz record stop php browser clean

demo: php .venv/.installed
	@scripts/demo

test: php browser .venv/.installed-test validators lint
	$(BIN)/pytest -n auto tests/unit tests/recorded tests/dump
	$(BIN)/pytest -n 3 --dist loadgroup tests/live tests/browser tests/torture

quick: .venv/.installed-test lint
	$(BIN)/pytest -n auto -m "not slow" tests/unit

lint: .venv/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/.installed
	$(BIN)/python benchmarks/run.py

torture: php .venv/.installed-test
	cd tests && ../$(BIN)/python -m torture.campaign

fuzz: .venv/.installed-test
	cd tests && ../$(BIN)/python -m fuzz.silent

record: php .venv/.installed-test
	LOOSBOT_RECORD=1 $(BIN)/pytest tests/recorded

stop: .venv/.installed
	@$(BIN)/loosbot wiki stop

php:
	@scripts/debian-packages git $(PHP)

browser:
	@scripts/debian-packages $(BROWSER)

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: setup.cfg pyproject.toml | .venv/bin/python
	$(PIP) --editable .
	@touch $@

.venv/.installed-test: setup.cfg pyproject.toml tests/axe-requirements.txt | .venv/bin/python
	$(PIP) --editable '.[test]'
	$(PIP) --no-deps --require-hashes --requirement tests/axe-requirements.txt
	@touch $@ .venv/.installed

# what checks our dumps and cannot live beside our own dependencies
validators: .venv/validators/.installed

.venv/validators/.installed: | .venv/bin/python
	$(PYTHON) -m venv .venv/validators
	.venv/validators/bin/pip install --quiet --disable-pip-version-check --no-input \
		'qualitative-coding==1.7.8' 'cffconvert==2.0.0'
	@touch $@

clean: stop
	rm -rf .venv .loosbot build *.egg-info
