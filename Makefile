# Stable Futures. `make help` lists what can be made.
SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
export CGO_ENABLED = 0

.DEFAULT_GOAL := help
.PHONY: help run test lint build bench dictionary pictures assets needs clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | sort | column -t -s$$'\t'

run: assets ## a fictional council at http://localhost:8080, with the sign-in details printed
	go run ./cmd/stablefutures demo

build: assets ## the program, in bin/stablefutures
	go build -trimpath -ldflags '-s -w' -o bin/stablefutures ./cmd/stablefutures

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

bench: needs build ## measure speed and size, each beside its rival: docs/performance.md
	@go run ./tools/bench > docs/performance.new
	@mv docs/performance.new docs/performance.md
	@cat docs/performance.md

dictionary: ## docs/data-dictionary.md, from the migrations and the domain
	go run ./tools/dictionary > docs/data-dictionary.md

pictures: needs assets ## the pictures of docs/screens, of the fictional council
	PICTURES=$(CURDIR)/docs/screens go test -count=1 -run '^(TestPictures|TestPicturesOfOwnPagesForStaff|TestAYoungPersonsWholeWay|TestTwoAnswersInPictures)$$' ./internal/web

lint: ## format and vet
	@test -z "$$(gofmt -l cmd internal tools)" || { echo 'not formatted:'; gofmt -l cmd internal tools; exit 1; }
	go vet ./...

clean: ## remove what was built
	rm -rf bin data node_modules
