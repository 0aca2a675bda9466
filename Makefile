# Everything on a fresh Debian 12 or 13 with git, make, python3 and python3-venv.
#
#   make demo     install what is missing, start the embedded wiki, publish the corpus, open the atelier
#   make test     the same installing, then every test of ours, with real wikis
#   make test-outils  the tests with other people's tools, a browser first: install those too
#   make visuel   thirty edits in the visual editor, in a real browser
#   make quick    the developer's loop: lint, types, unit tests; no wiki, no network
#   make bench-wiki  time sync on a wiki of its own, beside pywikibot: RECORDS, RUNS
#   make bench-counts  count what a sync and a check do at 1,000 records (part of make test)
#   make bench    time check, trace, rendering and dumps on a made-up corpus; BEFORE=COMMIT beside it
#   make older    every test with a wiki on MediaWiki 1.39, not those alone that make test runs there
#   make annee    a simulated year of a town's wiki: what a person was asked to do each week
#   make torture  500 random sequences of edits, faults and kills: TORTURE_SEEDS, TORTURE_MINUTES
#   make fuzz     21,000 random edits of the published pages: none may go unseen
#   make explore  inputs that nobody wrote, for ten minutes: EXPLORE_SECONDS, EXPLORE_ROOMS
#   make record   record the HTTP cassettes again, from the embedded wiki
#   make stop     stop the embedded wiki and the atelier
#   make lock     renew the versions that all of these install (requirements/)

PYTHON ?= python3
BIN := .venv/bin
PHP := php-cli php-sqlite3 php-intl php-mbstring php-xml php-apcu
PAPER := libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core
BROWSER := chromium-headless-shell chromium-driver
# without a terminal nobody sees pip's progress bar, but everybody sees its noise
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-input
# Nothing but what requirements/ names, by its hash. What has no wheel is built with our setuptools;
# where mwparserfromhell has none and finds no compiler, it does without its C part.
LOCKED := WITH_EXTENSION=optional $(PIP) --no-build-isolation --require-hashes --requirement

# A container may tell Python to keep nothing of what it compiled: each process that a test starts
# would compile all of loosbot again, and each worker all tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-outils visuel quick lint bench bench-counts bench-wiki older fuzz explore record annee stop lock php browser paper validators editor clean

demo: php paper .venv/.installed
	@scripts/demo

test: php paper .venv/.installed-test lint
	$(BIN)/pytest -n auto -m "not outils" tests/unit tests/recorded tests/dump
	$(BIN)/pytest -n 3 --dist loadgroup -m "not outils" tests/live tests/torture

test-outils: php browser .venv/.installed-test validators editor
	@scripts/debian-packages libreoffice-calc libreoffice-writer apache2 mariadb-server-core \
		mariadb-client-core nginx php-fpm php-mysql imagemagick git-filter-repo faketime \
		default-jre-headless
	$(BIN)/pytest -n auto -m outils tests/dump tests/unit/test_spreadsheets_office.py \
		tests/unit/test_documents_office.py tests/unit/test_editor_help.py
	$(BIN)/pytest -n 3 --dist loadgroup -m "outils and not visuel" tests/browser \
		tests/live/test_server.py tests/live/test_forgotten_git.py tests/live/test_other_settings.py

quick: .venv/.installed-test lint
	$(BIN)/pytest -n auto -m "not slow" tests/unit

lint: .venv/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

visuel: php browser .venv/.installed-test
	$(BIN)/pytest -m visuel tests/browser/test_visual_editor.py \
		tests/browser/test_visual_proposal.py

bench: .venv/.installed
	$(BIN)/python benchmarks/run.py $(if $(BEFORE),--before $(BEFORE))
	$(BIN)/python benchmarks/atelier.py

bench-counts: php .venv/.installed
	$(BIN)/python benchmarks/counts.py

bench-wiki: php .venv/.installed
	$(BIN)/python benchmarks/wiki.py --records $(or $(RECORDS),1000) --runs $(or $(RUNS),3)

torture: php .venv/.installed-test
	cd tests && ../$(BIN)/python -m torture.campaign

annee: php .venv/.installed-test
	@scripts/debian-packages faketime
	$(BIN)/pytest -m outils tests/live/test_year.py

older: php .venv/.installed-test
	LOOSBOT_OLDER=1 $(BIN)/pytest -n 3 --dist loadgroup -m "not outils" -k "1.39" tests/live tests/torture

fuzz: .venv/.installed-test
	cd tests && ../$(BIN)/python -m fuzz.silent

explore: .venv/.installed-test
	cd tests && ../$(BIN)/python -m fuzz.explore

record: php .venv/.installed-test
	LOOSBOT_RECORD=1 $(BIN)/pytest tests/recorded

stop: .venv/.installed
	@scripts/demo-atelier stop
	@$(BIN)/loosbot wiki stop

php:
	@scripts/debian-packages git $(PHP)

paper:
	@scripts/debian-packages $(PAPER)

browser:
	@scripts/debian-packages $(BROWSER)

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.built-with: requirements/build.txt | .venv/bin/python
	@$(PIP) --require-hashes --requirement requirements/build.txt
	@touch $@

.venv/.installed: setup.cfg pyproject.toml requirements/complet.txt .venv/.built-with
	@echo "Installation des paquets Python (requirements/complet.txt)…"
	@$(LOCKED) requirements/complet.txt
	@# setuptools warns of folders that have the name of a package, and ours is one
	@PYTHONWARNINGS=ignore $(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.installed-test: requirements/test.txt requirements/axe.txt .venv/.installed
	@echo "Installation de ce que demandent les essais (requirements/test.txt)…"
	@# Python compiles what a test imports; of most of these that is little
	@$(LOCKED) requirements/test.txt --no-compile
	@$(LOCKED) requirements/axe.txt --no-deps --no-compile
	@touch $@

# what checks our dumps and cannot live beside our own dependencies
validators: .venv/validators/.installed

.venv/validators/.installed: requirements/build.txt requirements/validators.txt | .venv/bin/python
	@echo "Installation des outils des essais (requirements/validators.txt)…"
	@$(PYTHON) -m venv .venv/validators
	@$(PIP:.venv/%=.venv/validators/%) --require-hashes --requirement requirements/build.txt
	@$(LOCKED:.venv/%=.venv/validators/%) requirements/validators.txt
	@touch $@

# what helps an editor to write a record, to be asked what it shows
editor: .venv/editeur/.installed

.venv/editeur/.installed: requirements/editeur/package.json requirements/editeur/package-lock.json
	@command -v npm >/dev/null || scripts/debian-packages nodejs npm
	@mkdir -p .venv/editeur
	@cp $^ .venv/editeur
	@cd .venv/editeur && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

lock: .venv/.installed-test validators
	scripts/lock
	$(MAKE) .venv/.installed-test validators
	$(BIN)/python scripts/licences.py

clean: stop
	rm -rf .venv .loosbot build *.egg-info
