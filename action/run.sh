#!/usr/bin/env bash
# What action.yml runs: makes an environment from the lock file, unless one is given, and starts the Action in it.
set -euo pipefail

python="${INPUT_PYTHON:-}"
if [ -z "$python" ]; then
  environment="${RUNNER_TEMP:?}/specloom-environment"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Specloom needs Python 3.11 or newer; add actions/setup-python before it")'
  python3 -m venv "$environment"
  python="$environment/bin/python"
  "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
    --requirement "$SPECLOOM_ACTION/requirements/runtime.lock"
fi
PYTHONPATH="$SPECLOOM_ACTION" exec "$python" -P -m action.entry
