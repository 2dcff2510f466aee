# make run    set up what is missing, start, and serve the list on http://127.0.0.1:8000 (PORT=… for another)
# make test   set up what is missing, and run every check
# make bench  measure

PYTHON ?= python3
BIN := .venv/bin
PRINTING := fontconfig fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

.PHONY: run test bench contract pictures definitions handbook locks locale
.DEFAULT_GOAL := run

run: .venv/run.stamp
	@deploy/packages $(PRINTING) || echo "· 缺了上面说的软件，PDF 排不了，其余照常；装上以后再运行一次 make run"
	@deploy/fonts var/fonts || echo "· 没有公文字体，PDF 用宋体代替，工作台上也会说明；取到以后再运行一次 make run"
	@exec $(BIN)/python -m wenan_qts.launch

test: .venv/test.stamp
	@deploy/packages chromium libatomic1 nginx-light openssl systemd $(PRINTING)
	@deploy/fonts var/fonts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djade --check $$(find templates -name '*.html')
	VAR=var/test $(BIN)/python manage.py makemigrations --check --dry-run
	PRODUCTION=1 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') ALLOWED_HOSTS=zj.example \
	  DATABASE_URL=postgresql://nowhere/none \
	  SITE_NAME=1 SITE_DOMAIN=1 SITE_ID_CODE=1 SITE_CONTACT=1 SITE_ICP=1 SITE_POLICE=1 SITE_MARK_URL=1 SITE_ERRORS_URL=1 \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --durations 25

bench: .venv/test.stamp
	@deploy/packages wrk $(PRINTING)
	@deploy/fonts var/fonts
	$(BIN)/python -m bench

.venv/pip.stamp:
	@deploy/python-ready $(PYTHON)
	@echo "· 建立 Python 环境"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: requirements.lock .venv/pip.stamp
	@echo "· 安装 Python 软件包（按锁定的版本和校验值）"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/test.stamp: requirements-test.lock .venv/run.stamp
	@echo "· 安装检查用的 Python 软件包"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

# After a change of what the staff see: the pictures of the manual, taken from the running portal.
pictures: .venv/test.stamp
	@deploy/packages chromium libatomic1
	PICTURES=1 $(BIN)/python -m pytest tests/portal/test_the_manual.py -k picture_from

# Whether the portal keeps to /openapi.json: 10,000 questions, most of them strange; the tests ask some hundreds.
contract: .venv/test.stamp
	CASES_OF_THE_CONTRACT=70 $(BIN)/python -m pytest -s tests/portal/test_the_contract.py -k thousands

# After a migration: what `manage.py verify` looks for in the database.
definitions: .venv/test.stamp
	DEFINITIONS=1 $(BIN)/python -m pytest tests/portal/test_verifying.py -k definitions_are_written

# After a change of the rules of a case: docs/cases.md.
handbook: .venv/test.stamp
	HANDBOOK=1 $(BIN)/python -m pytest tests/cases/test_rules.py -k handbook

# After a change of the dependencies in pyproject.toml; needs uv.
locks:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group test -c requirements.lock \
	  pyproject.toml -o requirements-test.lock

# After a change of a .po file; needs gettext.
locale:
	msgfmt --check -o wenan_qts/locale/zh_Hans/LC_MESSAGES/django.mo wenan_qts/locale/zh_Hans/LC_MESSAGES/django.po
