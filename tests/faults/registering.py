"""A process of its own that presses «К подписанию» for the letters named, one after the other.

``python -m tests.faults.registering DIRECTOR GO MOMENT LETTER…``: waits for the file GO, then begins with the clock
at MOMENT and lets it run on. A number refused because midnight has passed meanwhile is asked for again.
"""

import datetime
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path


def main(director: str, go: str, moment: str, *keys: str) -> None:
    import django

    django.setup()
    from centers.models import User
    from reports.journal import numbering
    from reports.letters import letters
    from reports.models import Letter

    by = User.objects.select_related("person").get(pk=int(director))
    print("ready", flush=True)
    while not Path(go).exists():
        time.sleep(0.005)
    began, first = time.monotonic(), datetime.datetime.fromisoformat(moment)
    for key in keys:
        letter = Letter.objects.get(pk=int(key))
        while True:
            at = first + datetime.timedelta(seconds=time.monotonic() - began)
            try:
                letters.assign_number(letter=letter, snapshot_id=letter.snapshot_id, by=by, at=at)
            except numbering.DateWouldFall:
                continue
            break


def start(
    director: int, go: Path, moment: datetime.datetime, letters: Iterable[int], **variables: str
) -> subprocess.Popen[str]:
    """The process, waiting for ``go``; on the test's database, with ``variables`` in its environment."""
    from django.conf import settings

    from tests.worker import environment

    process = subprocess.Popen(
        [sys.executable, "-m", __name__, str(director), str(go), moment.isoformat(), *map(str, letters)],
        cwd=settings.BASE_DIR,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n", process.stderr.read()
    return process


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rcro_portal.settings")
    main(*sys.argv[1:])
