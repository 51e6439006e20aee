# De buurt beslist. `make help` lists what can be asked.
# Needs make and Python 3.11 or newer; everything else is fetched into this folder.

SHELL := /bin/sh
PORT ?= 8000
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo $$p; exit; fi; done; command -v python3 || command -v python || echo no-python)
SETUP = @if [ "$(PYTHON)" = no-python ]; then \
	echo "Python 3.11 or newer is needed: install it and try again."; exit 1; fi; \
	exec $(PYTHON) bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help run test install setup fmt translations lock clean reset

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

run: ## Start the demo at http://127.0.0.1:8000 (another port: make run PORT=8001)
	$(SETUP) run $(PORT)

test: ## Run every check and every test (some only: make test ARGS="tests/voting -k count")
	$(SETUP) test $(ARGS)

install: ## Make what a server of a town needs, without private engines
	$(SETUP) install

setup: ## Make the environment for development, build the front end, and stop there
	$(SETUP) setup

fmt: ## Put the Python files in form
	$(SETUP) fmt

translations: ## Take the strings from the sources into the catalogues
	$(SETUP) translations

lock: ## Write the hashed locks anew (newest versions: make lock UPGRADE=1)
	$(SETUP) lock $(if $(UPGRADE),upgrade)

clean: ## Remove the environment and all that was built; keep the data in instance/
	$(SETUP) clean

reset: ## Remove the private data in instance/; the next start makes the demo anew
	$(SETUP) reset
