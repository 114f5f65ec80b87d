# tasdiq: everything from a clone with Python 3.11+, git and make.
#   make demo   set up, run the main job on the shipped sample, serve the result
#   make test   set up, pass the tests
SHELL  := /bin/sh
PYTHON ?= python3
PORT   ?= 8017
UV     := .uv/bin/uv
BIN    := .venv/bin
export UV_PYTHON_DOWNLOADS := never
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup demo demo-site test spark check audit-dependencies soak docs format clean

setup: .venv/.ready

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "tasdiq needs Python 3.11 or newer: make PYTHON=/path/to/python3"; exit 2; }
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==0.13.9"

.venv/.ready: $(UV) uv.lock pyproject.toml
	$(UV) sync --frozen --python $(PYTHON)
	@touch $@

demo-site: setup
	$(BIN)/tasdiq assess examples/istanbul-2025 -o build/demo
	$(BIN)/tasdiq audit build/demo

demo: demo-site
	$(BIN)/tasdiq view build/demo --port $(PORT)

test: setup
	$(BIN)/pytest -m "not soak" -n 2 --dist worksteal -q

# Grouping on a real local Spark: needs Java 17 or later; the extra is some 450 MB and leaves again.
spark: setup
	$(UV) sync --frozen --python $(PYTHON) --extra spark
	$(BIN)/pytest -q -rs tests/corroboration/test_spark.py
	$(UV) sync --frozen --python $(PYTHON)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/from_commands.py --check
	$(BIN)/python docs/from_rules.py --check

# Needs the network: every pinned package must have been looked up, or it fails. See docs/design/dependencies.md.
audit-dependencies: setup
	@mkdir -p build
	$(UV) export --quiet --frozen --no-hashes --no-emit-project -o build/requirements.txt
	$(BIN)/pip-audit --strict --no-deps --disable-pip -r build/requirements.txt

soak: setup
	$(UV) sync --frozen --python $(PYTHON) --group fuzz
	$(BIN)/pytest -m soak -q
	TASDIQ_MATRIX=whole TASDIQ_API_EXAMPLES=200 $(BIN)/pytest -q -s tests/doors/app/test_matrix.py tests/doors/app/test_openapi.py
	TASDIQ_CAPTURES=whole $(BIN)/pytest -q tests/doors/app/test_desks_browser.py -k form

docs: setup
	$(UV) sync --frozen --python $(PYTHON) --group docs
	$(BIN)/python docs/from_commands.py
	$(BIN)/python docs/from_rules.py
	$(BIN)/mkdocs build --strict --site-dir build/docs

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf build .venv .uv .pytest_cache .mypy_cache .ruff_cache
