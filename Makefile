# Keptword: build, run, test. `make help` lists what a person can ask for.
#
# One library (common/) under five executables (cgi-bin/). Everything made stands under
# B (default build/), executables in bin/. Variables of a run: PORT, LISTEN, RUN, TLS,
# DEMO, PUBLIC_URL; see README.md.

B       ?= build
BIN     ?= bin
DATA    ?= ../shared/data
PLUGINS := $(patsubst cgi-bin/%/main.c,%,$(sort $(wildcard cgi-bin/*/main.c)))
JOBS    := $(shell nproc)

CC      ?= gcc
CXX     ?= g++
PACKAGES := libxml-2.0 libssl libcrypto libmariadb cairo pangocairo icu-uc icu-i18n jansson libseccomp libcurl cjose libqrencode zlib
SAN     ?=

WARN    := -Wall -Wextra -Wshadow -Wconversion -Wformat=2 -Werror
WARN_C  := -Wstrict-prototypes -Wmissing-prototypes -Wvla
HARDEN  := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE -fstack-clash-protection
OPT     := -O2 -g
LINK    := -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack
ifneq ($(SAN),)
B       := $(B)/$(SAN)
BIN     := $(B)/bin
HARDEN  := -fPIE
OPT     := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
LINK    := -pie -fsanitize=address,undefined
endif

INCLUDE  = -Icommon -I$(B)/gen $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
CFLAGS   = -std=c17 -D_GNU_SOURCE -pthread $(OPT) $(WARN) $(WARN_C) $(HARDEN) $(INCLUDE)
CXXFLAGS = -std=c++17 -pthread $(OPT) -Wall -Wextra -Werror -fvisibility=hidden $(HARDEN) $(INCLUDE)
LIBS     = -lfcgi -lctemplate $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lstdc++ -lm -pthread

COMMON_C  := $(sort $(wildcard common/*/*.c))
COMMON_CC := $(sort $(wildcard common/*/*.cc))
COMMON_O  := $(COMMON_C:%.c=$(B)/obj/%.o) $(COMMON_CC:%.cc=$(B)/obj/%.o)
TEMPLATES := $(sort $(wildcard templates/*/*.tpl))
UNIT_C    := $(sort $(wildcard tests/unit/*_test.c))
UNIT      := $(UNIT_C:tests/unit/%.c=$(B)/unit/%)
GEN       := $(B)/gen/templates_gen.h

SITE      := build/site

.PHONY: all help clean unit packages test-packages run start stop restart status test
all: $(PLUGINS:%=$(BIN)/%) $(SITE)/.made ## builds every plugin, and the templates in each language

# PORT, LISTEN, PUBLIC_URL, TLS, RUN, DEMO, THREADS, DB_MEMORY on make's command line or in the
# environment reach the scripts; their defaults stand in cgi-bin/run/lib.sh. A second make, because
# compiler and libraries may have come with the packages.
export BIN
run: packages ## builds, starts the demo, prints the address, stays until Ctrl-C
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@sh cgi-bin/run/start.sh front

start: packages ## the same in the background
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@sh cgi-bin/run/start.sh

stop: ## ends what start began
	@sh cgi-bin/run/stop.sh

restart: ## stop and start
	@sh cgi-bin/run/stop.sh quiet
	@$(MAKE) --no-print-directory start

status: ## what runs and how often it came back
	@sh cgi-bin/run/status.sh

backup: ## a backup of what runs under RUN, in RUN/backup, keys apart in RUN/backup-keys
	@sh cgi-bin/run/backup.sh

restore: packages ## FROM=RUN/backup/2… [KEYS=….tar]: starts a system from a backup, in an empty RUN
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@sh cgi-bin/run/restore.sh "$(FROM)" $(KEYS)

drill: ## a backup of the running demo under load, restored beside it, compared
	@python3 tests/prove/drill.py
.PHONY: backup restore drill

schema-freeze: ## once, before the first release: from here on tables change by numbered steps
	@sh cgi-bin/run/schema_freeze.sh
.PHONY: schema-freeze

packages:
	@sh cgi-bin/run/packages.sh run

test-packages:
	@sh cgi-bin/run/packages.sh test

test: test-packages ## builds and runs every test; ends with one line of counts
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@sh tests/all.sh

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

clean: ## removes what was built
	rm -rf $(B) $(BIN)

$(B)/libkeptword.a: $(COMMON_O)
	@rm -f $@
	@$(AR) rcs $@ $^

# A change of flags or tools rebuilds everything.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CFLAGS) $(CXXFLAGS)' | cmp -s - $@ || echo '$(CC) $(CFLAGS) $(CXXFLAGS)' > $@
.PHONY: FORCE
FORCE:

# The names of all templates and markers as two C enums (common/web/page.h).
$(B)/templates.stamp: $(TEMPLATES) templates $(wildcard templates/*/.) tests/checks/template_names.sh
	@mkdir -p $(B)/gen
	@sh tests/checks/template_names.sh templates > $(B)/gen/templates_gen.h.new
	@cmp -s $(B)/gen/templates_gen.h.new $(GEN) || mv $(B)/gen/templates_gen.h.new $(GEN)
	@rm -f $(B)/gen/templates_gen.h.new
	@touch $@
# With a recipe, though an empty one: only then make looks at the header's time again.
$(GEN): $(B)/templates.stamp
	@:

# What is served: the templates in each language, static files named by their content.
$(SITE)/.made: $(TEMPLATES) $(wildcard templates/*/words templates/static/* templates/languages/* nginx/errors/*) \
    templates $(wildcard templates/*/.)
	@echo "  WORDS $(SITE)"
	@python3 templates/languages/translate.py build $(SITE)
	@touch $@

po: ## brings templates/languages/*.po up to date with the templates
	@mkdir -p build
	@python3 templates/languages/translate.py pot > build/keptword.pot
	@for po in templates/languages/*.po; do \
	    msgmerge --quiet --update --backup=none --no-wrap --no-fuzzy-matching $$po build/keptword.pot; \
	    msgattrib --no-wrap --no-obsolete -o $$po.new $$po && mv $$po.new $$po; \
	    echo "$$po: $$(LC_ALL=C msgfmt --statistics -o /dev/null $$po 2>&1)"; done
.PHONY: po

# A plugin's files name their own folder ("payments/rate.h"); the source checker keeps them out of
# others'.
$(B)/obj/%.o: %.c $(B)/flags | $(GEN)
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CFLAGS) $(if $(filter cgi-bin/%,$<),-Icgi-bin) -MMD -MP -c -o $@ $<
$(B)/obj/%.o: %.cc $(B)/flags | $(GEN)
	@mkdir -p $(@D)
	@echo "  CXX $<"
	@$(CXX) $(CXXFLAGS) -MMD -MP -c -o $@ $<

define PLUGIN
$(BIN)/$(1): $(patsubst %.c,$(B)/obj/%.o,$(sort $(wildcard cgi-bin/$(1)/*.c))) $(B)/libkeptword.a
	@mkdir -p $$(@D)
	@echo "  LD $$@"
	@$(CC) $(OPT) $(LINK) -o $$@ $$(filter %.o,$$^) $(B)/libkeptword.a $(LIBS)
endef
$(foreach p,$(PLUGINS),$(eval $(call PLUGIN,$(p))))

# A unit test is one file; one that begins with a plugin's name (payments_period_test.c) is linked
# with that plugin's objects but main's.
$(B)/unit/%: tests/unit/%.c $(B)/libkeptword.a $(B)/flags
	@mkdir -p $(@D)
	@echo "  TEST $<"
	@$(CC) $(CFLAGS) -Icgi-bin -Itests/unit -MMD -MP -o $@ $< $(filter %.o,$^) \
	    $(OPT) $(LINK) $(B)/libkeptword.a -lcmocka $(LIBS)
define PLUGIN_UNIT
$(filter $(B)/unit/$(1)_%,$(UNIT)): $(patsubst %.c,$(B)/obj/%.o,$(filter-out %/main.c,$(sort $(wildcard cgi-bin/$(1)/*.c))))
endef
$(foreach p,$(PLUGINS),$(eval $(call PLUGIN_UNIT,$(p))))

# Another plugin beside the five: cgi-bin/README.md.
plugin: ## makes a new plugin that builds, serves and is tested (NAME=leave); see cgi-bin/README.md
	@python3 cgi-bin/run/make_plugin.py "$(NAME)"
.PHONY: plugin

# clang-tidy on every file that has changed, or a header that it includes, since it last passed.
TIDY := $(patsubst %.c,$(B)/tidy/%.ok,$(sort $(wildcard common/*/*.c cgi-bin/*/*.c)))
.PHONY: tidy
tidy: $(TIDY) ## clang-tidy over everything that is not known to be clean
$(B)/tidy/%.ok: %.c .clang-tidy $(B)/flags | $(GEN)
	@mkdir -p $(@D)
	@clang-tidy --quiet $< -- $(CFLAGS) -Icgi-bin 2>/dev/null
	@$(CC) $(CFLAGS) -Icgi-bin -MM -MP -MT $@ -MF $(@:.ok=.d) $<
	@touch $@
-include $(TIDY:.ok=.d)

.PHONY: unit-build
unit-build: $(UNIT)

# A plugin of routes that only tests ask for.
$(B)/sample: $(B)/obj/tests/sample/main.o $(B)/libkeptword.a
	@echo "  LD $@"
	@$(CC) $(OPT) $(LINK) -o $@ $< $(B)/libkeptword.a $(LIBS)
-include $(B)/obj/tests/sample/main.d

integration: $(B)/sample all ## builds all and runs tests/integration (NAMES= some of them)
	@SAMPLE=$(abspath $(B)/sample) DATA=$(DATA) python3 tests/run.py $(NAMES)
.PHONY: integration

browser: all ## builds all and runs tests/browser on an instance of its own
	@sh tests/browser/run.sh $(NAMES)

# FOR (names of pages), LANGUAGES (en,es,ar); see tests/browser/shots.mjs.
shots: all ## pictures of the key pages, wide and narrow, light and dark, in tests/browser/shots
	@sh tests/browser/run.sh shots.mjs
.PHONY: shots

# The demo has to run (make start). FOR (seconds), SEED, PART (submissions, events): see prove.py --help.
prove: ## 60 seconds of killing on the running demo: nothing acknowledged is lost or doubled
	@python3 tests/prove/prove.py $(if $(FOR),--seconds $(FOR)) $(if $(SEED),--seed $(SEED)) $(if $(PART),--part $(PART))
.PHONY: browser prove

unit: $(UNIT) ## builds and runs the unit tests
	@DATA=$(DATA) sh tests/lib/mariadb.sh with sh -ec 'for t; do "$$t"; done' unit $(UNIT)

-include $(COMMON_O:.o=.d) $(UNIT:=.d) $(patsubst %.c,$(B)/obj/%.d,$(wildcard cgi-bin/*/*.c))

# ---- A real server ----

# DESTDIR, PREFIX (/usr), ETC (/etc): cgi-bin/run/README.md tells what goes where and what comes next.
PREFIX  ?= /usr
ETC     ?= /etc
install: all ## puts programs, pages, units and nginx's pieces under DESTDIR (then: keptword setup)
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' ETC='$(ETC)' PLUGINS='$(PLUGINS)' sh cgi-bin/run/system/install.sh install
uninstall: ## takes them away; settings, keys and database stay
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' ETC='$(ETC)' PLUGINS='$(PLUGINS)' sh cgi-bin/run/system/install.sh uninstall
.PHONY: install uninstall

# ---- Measurements ----

$(B)/bench/floor: tests/bench/floor.c $(B)/flags
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CFLAGS) -o $@ $< $(OPT) $(LINK) -lfcgi -lmariadb -lcrypto

$(B)/bench/pdf: tests/bench/pdf.c $(B)/libkeptword.a $(B)/flags
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CFLAGS) -o $@ $< $(OPT) $(LINK) $(B)/libkeptword.a $(LIBS)

# go.mod would want a download; Debian's package of the driver stands under /usr/share/gocode.
$(B)/bench/go: tests/bench/go/statements.go
	@mkdir -p $(@D)
	@! command -v go >/dev/null || { echo "  GO $<"; \
	    GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$(abspath $(B))/bench/gocache go build -o $@ $<; }
tests/bench/node/node_modules/.package-lock.json: tests/bench/node/package-lock.json
	@! command -v npm >/dev/null || { echo "  NPM $(<D)"; npm ci --silent --ignore-scripts --prefix $(<D) && touch $@; }

bench-packages:
	@sh cgi-bin/run/packages.sh bench

bench: bench-packages all $(B)/bench/floor $(B)/bench/pdf ## measures; ratios within one run (PARTS="list peers pdf languages kept restart run")
	@$(MAKE) --no-print-directory $(B)/bench/go tests/bench/node/node_modules/.package-lock.json
	@BUILD=$(B) BIN=$(BIN) /usr/bin/env python3 tests/bench/bench.py $(PARTS)
.PHONY: bench bench-packages
