# Stable Futures. `make help` lists what can be made.
SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
export CGO_ENABLED = 0

.DEFAULT_GOAL := help
.PHONY: help run test lint build assets needs clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | sort | column -t -s$$'\t'

test: needs assets ## every test, on SQLite and PostgreSQL
	go vet ./...
	go run ./tools/testall

needs: ## install what the tests need (Debian), or say what to install
	@tools/needs

node_modules/.package-lock.json: package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

assets: node_modules/.package-lock.json ## build the style sheet and the scripts
	go run ./tools/assets

lint: ## format and vet
	@test -z "$$(gofmt -l cmd internal tools)" || { echo 'not formatted:'; gofmt -l cmd internal tools; exit 1; }
	go vet ./...

clean: ## remove what was built
	rm -rf bin data node_modules
