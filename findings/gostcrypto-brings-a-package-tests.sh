#!/bin/sh
# gostcrypto 1.2.5 (wheel from PyPI), the library of ГОСТ Р 34.10-2012 and 34.11-2012 in Python.
#
# A good guess: installing it adds the package «gostcrypto» and nothing else.
# Seen: its wheel holds a second top-level package, «tests», beside its own. A project's own package «tests» is then
# found only where the project's folder comes before site-packages: «python -m …» in that folder finds the project's,
# a console script (whose first place is the folder of the script) finds the library's, without a warning. So
# «mypy .» with a plugin that imports «tests.settings» ended with «No module named 'tests.settings'».
# Seen with CPython 3.11 and 3.13: «top level: gostcrypto tests», «python -m: project», «console script: gostcrypto».
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip install -qq --no-deps gostcrypto==1.2.5

mkdir -p "$place/project/tests"
echo 'OWNER = "project"' >"$place/project/tests/__init__.py"
cat >"$place/project/asked.py" <<'PYTHON'
import tests


def main() -> None:
    print(getattr(tests, "OWNER", "gostcrypto"))


if __name__ == "__main__":
    main()
PYTHON
# What pip writes for an entry point: a file in bin that imports and calls, and the project's folder last on the path.
cat >"$place/venv/bin/asked" <<PYTHON
#!$place/venv/bin/python
import os
import sys

sys.path.append(os.getcwd())
from asked import main

sys.exit(main())
PYTHON
chmod +x "$place/venv/bin/asked"

cd "$place/project"
top_level=$("$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import files

print(*sorted({str(file).split("/")[0] for file in files("gostcrypto") if str(file).endswith("__init__.py")}))
PYTHON
)
by_module=$("$place/venv/bin/python" -m asked)
by_script=$("$place/venv/bin/asked")
printf 'top level: %s\npython -m: %s\nconsole script: %s\n' "$top_level" "$by_module" "$by_script"
[ "$top_level" = 'gostcrypto tests' ] && [ "$by_module" = project ] && [ "$by_script" = gostcrypto ] || {
    echo 'This has changed: read the release notes of gostcrypto.' >&2
    exit 1
}
