# Komek. `make` alone lists what can be done. Everything sets itself up.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SETUP := $(PYTHON) scripts/setup.py

.DEFAULT_GOAL := help
# Without its compiled modules every start of Python takes three times as long.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help setup run test check format train gate bench bench-language messages lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

setup: ## make both environments (done by the others when needed)
	@$(SETUP) app nlu

run: ## train once, start the bot, the chat page and the desk
	@$(SETUP) app nlu && exec $(BIN)/python -m bot run

test: ## all tests, training included; times at the end
	@$(SETUP) test && $(BIN)/python scripts/test.py

check: ## format, lint, types, import rules, content, locales
	@$(SETUP) app && $(BIN)/python scripts/check.py

format: ## put the code in its usual form
	@$(SETUP) app && $(BIN)/ruff format -q . && $(BIN)/ruff check --fix -q .

train: ## train the model if data or pipeline changed
	@$(SETUP) app nlu && $(BIN)/python -m bot nlu train

gate: ## measure the understanding on nlu/phrases and compare with nlu/gate.yml
	@$(SETUP) app nlu && $(BIN)/python -m bot nlu gate

bench: ## speed of one message, step by step, and of the search for places near by
	@$(SETUP) app nlu && $(BIN)/python scripts/bench.py

bench-language: ## our language component beside general identifiers
	@$(SETUP) app nlu && test -d .venv-bench || $(BIN)/uv venv --quiet --python 3.10 .venv-bench
	@$(BIN)/uv pip sync --quiet --require-hashes --python .venv-bench/bin/python nlu/requirements-bench.txt
	@.venv-nlu/bin/python -m nlu.bench_language ours && .venv-bench/bin/python -m nlu.bench_language others

messages: ## bring new words from the code into locales/*.po
	@$(SETUP) app && $(BIN)/python scripts/messages.py

lock: ## write the locked requirement files anew
	@$(SETUP) app && $(BIN)/python scripts/lock.py

clean: ## remove environments, models and local data
	rm -rf .venv .venv-nlu .venv-bench models data
