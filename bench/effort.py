"""Presses and letters that № 941 costs a methodist: the browser test that enters it, read from its report."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from bench.place import FOREIGN, ROOT, NotMeasured

TEST = "tests/browser/test_effort.py"
NAMES = ("clicks_941", "characters_941")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="rcro-effort-") as folder:
        report = Path(folder) / "report.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "0",
            "-o",
            "junit_family=xunit1",
            f"--junitxml={report}",
            TEST,
        ]
        done = subprocess.run(command, cwd=ROOT, env=_own_environment(), capture_output=True, text=True)
        if done.returncode:
            raise NotMeasured(done.stdout[-2000:])
        properties = ElementTree.parse(report).iter("property")  # noqa: S314: written by pytest just now
        counted = {one.attrib["name"]: float(one.attrib["value"]) for one in properties}
    print(json.dumps({name: counted[name] for name in NAMES}))


def _own_environment() -> dict[str, str]:
    """Without the place to measure in: the tests have a database of their own and settings of their own."""
    place = {*FOREIGN, "DJANGO_SETTINGS_MODULE", "RCRO_DATA_DIR", "RCRO_SECRET_KEY", "RCRO_MFA_KEY", "RCRO_DEMO"}
    return {name: value for name, value in os.environ.items() if name not in place}


if __name__ == "__main__":
    main()
