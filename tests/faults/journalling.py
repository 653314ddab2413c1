"""Everything that happens to a journal, as short words that a thread or a process of its own can carry out.

``python -m tests.faults.journalling CLERK DIRECTOR GO MOMENT ACTS``: waits for the file GO, then begins with the clock
at MOMENT, lets it run on, and does what the file ACTS says, line by line.
"""

import datetime
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

# How many acts of each kind, and how many numbers each act leaves in the journal; a thousand acts in all.
MIX = {
    "portal": (160, 1),
    "return": (40, 1),
    "end": (40, 1),
    "paper": (300, 1),
    "twice": (200, 0.5),
    "block": (60, 3),
    "reserve": (60, 2),
    "annul": (140, 1),
}
WITH_LETTERS = ("portal", "return", "end")


def acts(letters: Iterator[int]) -> list[str]:
    """The mix, every kind spread evenly; «twice» comes in pairs that stand beside each other."""
    places = []
    for kind, (times, _) in MIX.items():
        for number in range(times):
            pair = number // 2 if kind == "twice" else number
            spread = (pair + 0.5) / (times / 2 if kind == "twice" else times)
            places.append((spread, kind, pair, next(letters) if kind in WITH_LETTERS else pair))
    return [f"{kind} {what}" for _, kind, _, what in sorted(places)]


def numbers() -> int:
    return int(sum(times * left for times, left in MIX.values()))


class Hand:
    """Clerk and director in one, with a clock that runs on from ``first``."""

    def __init__(self, clerk: Any, director: Any, first: datetime.datetime) -> None:
        from reports.journal import entries as journal
        from reports.models import OutgoingRegister

        self.clerk, self.director, self.first, self.began = clerk, director, first, time.monotonic()
        self.register = OutgoingRegister.objects.get()
        self.details = journal.Details(addressee="Школам", subject_line="О приёме", prepared_by="Громова О.П.")

    @property
    def now(self) -> datetime.datetime:
        return self.first + datetime.timedelta(seconds=time.monotonic() - self.began)

    def do(self, act: str) -> None:
        kind, what = act.split()
        getattr(self, f"do_{kind}")(int(what))

    def do_portal(self, pk: int) -> Any:
        from reports.letters import letters
        from reports.models import Letter

        letter = Letter.objects.get(pk=pk)
        letters.assign_number(letter=letter, snapshot_id=letter.snapshot_id, by=self.director, at=self.now)
        return letter

    def do_end(self, pk: int) -> None:
        from reports.letters import letters

        letters.annul(letter=self.do_portal(pk), note="Не нужно", by=self.director, at=self.now)

    def do_return(self, pk: int) -> None:
        """As if a worker had drawn it meanwhile: drawing is not what is asked about here."""
        from reports.letters import letters
        from reports.models import Letter, LetterFile

        letter = self.do_portal(pk)
        file = LetterFile.objects.create(letter=letter, kind="final", digest="0" * 64, size=1, made_at=self.now)
        Letter.objects.filter(pk=pk).update(status="awaiting", final=file)
        letter.refresh_from_db()
        letters.give_back(letter=letter, note="Опечатка", by=self.director, at=self.now)

    def do_paper(self, number: int) -> Any:
        return self._give(f"paper-{number}")

    def do_twice(self, number: int) -> None:
        self._give(f"twice-{number}")

    def _give(self, key: str) -> Any:
        from reports.journal import entries as journal

        return journal.give(register=self.register, details=self.details, by=self.clerk, at=self.now, key=key)

    def do_annul(self, number: int) -> None:
        from reports.journal import entries as journal

        journal.annul(entry=self._give(f"annul-{number}"), reason="Не отправлено", by=self.clerk, at=self.now)

    def do_reserve(self, number: int) -> None:
        from reports.journal import entries as journal

        now = self.now
        until = now.date().replace(month=12, day=31)
        kept = {"count": 2, "until": until, "reason": "Поездка", "by": self.clerk, "at": now}
        rows = journal.reserve(register=self.register, key=f"reserve-{number}", **kept)
        journal.use(entry=rows[0], details=self.details, by=self.clerk, at=self.now)

    def do_block(self, number: int) -> None:  # noqa: ARG002
        """Three paper letters at once; where somebody else is quicker, the next time nobody else may."""
        from reports.journal import paper_numbers

        try:
            self._write_up()
        except (paper_numbers.NumberTaken, paper_numbers.NumbersMoved):
            self._write_up(alone=True)

    def _write_up(self, *, alone: bool = False) -> None:
        from django.db import transaction
        from django.db.models import F

        from reports.journal import numbering, paper_numbers
        from reports.models import RegisterYear

        now = self.now
        with transaction.atomic():
            counter = RegisterYear.objects.filter(register=self.register, year=now.year)
            if alone:
                numbering.open_counter(self.register, now.year)
                counter.update(last_on=F("last_on"))
            first = (counter.values_list("last_sequence", flat=True).first() or 0) + 1
            told = {"details": self.details, "on": now.date(), "by": self.clerk, "at": now}
            paper_numbers.record_paper_letters(register=self.register, first=first, last=first + 2, **told)


def main(clerk: str, director: str, go: str, moment: str, file: str) -> None:
    import django

    django.setup()
    from centers.models import User

    people = [User.objects.select_related("person").get(pk=int(pk)) for pk in (clerk, director)]
    print("ready", flush=True)
    while not Path(go).exists():
        time.sleep(0.005)
    hand = Hand(*people, datetime.datetime.fromisoformat(moment))
    for act in Path(file).read_text(encoding="utf-8").splitlines():
        hand.do(act)


def start(
    clerk: int, director: int, go: Path, moment: datetime.datetime, file: Path, told: Iterable[str]
) -> subprocess.Popen[str]:
    """The process, waiting for ``go``; on the test's database."""
    from django.conf import settings

    from tests.worker import environment

    file.write_text("\n".join(told), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, str(clerk), str(director), str(go), moment.isoformat(), str(file)],
        cwd=settings.BASE_DIR,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n", process.stderr.read()
    return process


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rcro_portal.settings")
    main(*sys.argv[1:])
