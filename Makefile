.PHONY: run
run:
	@.venv/bin/python -m wenan_qts.launch
